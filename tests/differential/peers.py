"""The other solvers: HiGHS on the program of program.py, glpsol and clp on what sidebet exports.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later

Each gives (status, objective); status: optimal, infeasible, unbounded, "no optimum" where it cannot
tell which, or gave-up. None of them is trusted: see compare.py.
"""
import json
import os
import re
import shutil
import subprocess

try:
    import numpy
    import scipy
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix
except ImportError:
    scipy = None

SECONDS = 60


def available():
    """The names of the solvers that are installed."""
    names = ["highs"] if scipy else []
    return names + [name for name in ("glpsol", "clp") if shutil.which(name)]


def apart(function, *arguments):
    """What a function returns, computed in a process of its own, since HiGHS may end it; else None."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, json.dumps(function(*arguments)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text.decode()) if text else None


def highs(program):
    return tuple(apart(highs_here, program) or ("gave-up", None))


def highs_here(program, fixed=None):
    """fixed: columns whose value is given."""
    # Rows are scaled by their largest number, since that costs nothing and helps in doubles.
    parts = {">=": ([], []), "=": ([], [])}
    for row in program.rows:
        scale = max((abs(v) for v in row.terms.values()), default=1)
        terms = {c: float(v / scale) for c, v in row.terms.items()}
        parts[row.sense][0].append(terms)
        parts[row.sense][1].append(float(row.right / scale))

    def matrix(rows, sign):
        data = [(k, c, sign * v) for k, terms in enumerate(rows) for c, v in terms.items()]
        if not rows:
            return None
        numbers = ([v for _, _, v in data], ([k for k, _, _ in data], [c for _, c, _ in data]))
        return csr_matrix(numbers, shape=(len(rows), program.columns))

    cost = numpy.zeros(program.columns)
    for column, value in program.costs.items():
        cost[column] = -float(value)
    limits = [tuple(None if v is None else float(v) for v in program.limits(column))
              for column in range(program.columns)]
    for column, value in (fixed or {}).items():
        limits[column] = (value, value)
    at_least, equal = parts[">="], parts["="]
    result = linprog(cost, A_ub=matrix(at_least[0], -1), b_ub=[-b for b in at_least[1]] or None,
                     A_eq=matrix(equal[0], 1), b_eq=equal[1] or None, bounds=limits, method="highs",
                     options={"time_limit": SECONDS})
    status = {0: "optimal", 2: "infeasible", 3: "unbounded", 4: "no optimum"}.get(result.status, "gave-up")
    return status, -result.fun if status == "optimal" else None


def _run(arguments):
    try:
        return subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              stdin=subprocess.DEVNULL, errors="replace", timeout=SECONDS, check=False).stdout
    except subprocess.TimeoutExpired:
        return ""


def glpsol(path, kind):
    """kind: cplex or mps."""
    answer = path + ".glpsol"
    output = _run(["glpsol", "--lp" if kind == "cplex" else "--freemps", path, "--write", answer])
    for words, status in (("OPTIMAL LP SOLUTION FOUND", "optimal"), ("OPTIMAL SOLUTION FOUND", "optimal"),
                          ("PROBLEM HAS NO FEASIBLE SOLUTION", "infeasible"),
                          ("NO PRIMAL FEASIBLE SOLUTION", "infeasible"), ("UNBOUNDED", "unbounded"),
                          ("NO DUAL FEASIBLE SOLUTION", "no optimum")):
        if words in output:
            break
    else:
        return "gave-up", None
    if status != "optimal":
        return status, None
    with open(answer, encoding="ascii") as file:
        for line in file:
            if line.startswith("s "):
                value = float(line.split()[-1])
                return status, value if kind == "cplex" else -value
    return "gave-up", None


def clp(path):
    """On free MPS, which sidebet writes as a program to be minimised."""
    output = _run(["clp", path, "-primalTolerance", "1e-9", "-dualTolerance", "1e-9", "-solve", "-quit"])
    match = re.search(r"^Optimal objective (\S+)", output, re.M)
    if match:
        return "optimal", -float(match.group(1))
    for words, status in (("Primal infeasible", "infeasible"), ("PrimalInfeasible", "infeasible"),
                          ("Dual infeasible", "no optimum"), ("DualInfeasible", "no optimum")):
        if words in output:
            return status, None
    return "gave-up", None
