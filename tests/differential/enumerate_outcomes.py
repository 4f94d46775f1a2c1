"""Deterministic mechanisms: every way to choose an outcome at each profile, each with HiGHS.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later

Mixed-integer solvers in double precision are no oracles; nor is HiGHS, so where it claims a better
mechanism than sidebet's the claim is decided in fractions.
"""
import itertools
from fractions import Fraction

import certificates
import compare as comparing
import exact_simplex
import peers

MOST = 1500


def best_of(program, good_enough):
    """(status, objective, outcomes) by enumeration; stops at a claim beyond good_enough."""
    e, best = program.environment, ("infeasible", None, None)
    for choice in itertools.product(range(e.outcomes), repeat=len(e.profiles)):
        fixed = {k * e.outcomes + o: float(choice[k] == o) for k in range(len(e.profiles)) for o in range(e.outcomes)}
        status, objective = peers.highs_here(program, fixed)
        if status in ("unbounded", "no optimum"):
            exact = exact_simplex.solve(program, {column: Fraction(v) for column, v in fixed.items()})
            status, objective = exact[0], None if exact[1] is None else float(exact[1])
            if status == "unbounded":
                return status, None, choice
        if status == "optimal" and (best[1] is None or objective > best[1]):
            best = status, objective, choice
            if good_enough is not None and objective > good_enough + comparing.NEAR * (1 + abs(good_enough)):
                return best
    return best


def compare(case, program, path, found):
    said = found.ask("solve", "--json", path)
    if said is None:
        return
    if said["proof"] != "exact":
        found.problem("not proved: status %s, %s" % (said["status"], said["reason"]))
        return
    found.count("deterministic, %s" % said["status"])
    objective = comparing.fraction(said["objective"])
    if said["status"] == "optimal":
        labels = certificates.Labels(case.agents, case.players, case.outcomes)
        comparing.mechanism_said(case, program, said, objective, labels, found)
        for entry in said["mechanism"]:
            if set(entry["exact"]["allocation"].values()) - {"0", "1"}:
                found.problem("a lottery in a deterministic mechanism")
    confirmed = enumeration(program, said, objective, found)
    exported(case, program, path, (said["status"], objective), confirmed, found)


def enumeration(program, said, objective, found):
    """Whether trying every choice confirms what is said."""
    e = program.environment
    if "highs" not in found.peers or e.outcomes ** len(e.profiles) > MOST:
        return False
    tried = peers.apart(best_of, program, None if objective is None else float(objective))
    if tried is None:
        found.explain("highs ends in the enumeration", said["status"])
        return False
    status, best, choice = tried
    found.count("deterministic, every choice of outcomes tried")
    if status == said["status"] and (best is None or comparing.near(best, float(objective))):
        return True
    if choice is None:
        found.problem("enumeration finds %s, said is %s %s" % (status, said["status"], objective))
        return False
    fixed = {k * e.outcomes + o: Fraction(choice[k] == o) for k in range(len(e.profiles)) for o in range(e.outcomes)}
    exact = exact_simplex.solve(program, fixed)
    if exact[0] == "infeasible" or (exact[0] == "optimal" and objective is not None and exact[1] <= objective):
        found.explain("highs errs in the enumeration", "it says %s, in fractions it is %s" % (best, exact))
    else:
        found.problem("outcomes %s reach %s, said is %s %s" % (choice, exact, said["status"], objective))
    return False


def exported(case, program, path, answer, confirmed, found):
    """glpsol's branch and bound on the exported program. There is no certificate here: it is known
    to err only where the enumeration confirms sidebet's answer, else nothing is decided."""
    written = comparing.exported(case, program, path, "cplex", found)
    if written is not None and "glpsol" in found.peers:
        export, scale = written
        name = "glpsol (integer)" if confirmed else "NOT DECIDED: glpsol (integer)"
        comparing.judge_scaled(case, name, peers.glpsol(export, "cplex"), scale, answer, found)
