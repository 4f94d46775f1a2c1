"""HiGHS, by way of scipy, on a program as peers.h writes it: seconds, optimum, iterations.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later

    highs.py FILE SECONDS    the program, and how much processor time solving it may take
    highs.py                 the versions, or `absent`
"""
import resource
import sys
import time

try:
    import numpy
    import scipy
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix
except ImportError:
    print("absent")
    sys.exit(0)


def read(path):
    """Cost, rows, which columns may be negative, and upper bounds."""
    cost, free, upper, rows = {}, set(), {}, []
    for line in open(path, encoding="utf-8"):
        words = line.split()
        if words[0] == "obj:":
            cost = {int(words[k + 1][1:]): float(words[k]) for k in range(1, len(words), 2)}
        elif words[0].startswith("r"):
            terms = words[1:-2]
            rows.append(([(int(terms[k + 1][1:]), float(terms[k]))
                          for k in range(0, len(terms), 2)], words[-2], float(words[-1])))
        elif words[-1] == "free":
            free.add(int(words[0][1:]))
        elif len(words) == 3 and words[1] == "<=":
            upper[int(words[0][1:])] = float(words[2])
    return cost, free, upper, rows


def matrix(rows, columns):
    """Sparse rows and their right sides; None where there are none."""
    data, where, starts, sides = [], [], [0], []
    for terms, relation, side in rows:
        sign = -1 if relation == ">=" else 1
        data += [sign * value for _, value in terms]
        where += [column for column, _ in terms]
        starts.append(len(data))
        sides.append(sign * side)
    if not rows:
        return None, None
    return csr_matrix((data, where, starts), shape=(len(rows), columns)), numpy.array(sides)


def main():
    cost, free, upper, rows = read(sys.argv[1])
    columns = 1 + max(max(column for column, _ in terms) for terms, _, _ in rows)
    costs = numpy.zeros(columns)
    for column, value in cost.items():
        costs[column] = -value
    above, sides = matrix([row for row in rows if row[1] != "="], columns)
    equal, equal_sides = matrix([row for row in rows if row[1] == "="], columns)
    bounds = [(None if column in free else 0, upper.get(column)) for column in range(columns)]
    limit = int(time.process_time() + float(sys.argv[2])) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    # Under a limit the process's clock is the kernel's tick; the thread's is not.
    began = time.thread_time()
    found = linprog(costs, A_ub=above, b_ub=sides, A_eq=equal, b_eq=equal_sides, bounds=bounds,
                    method="highs")
    seconds = time.thread_time() - began
    print(seconds, -found.fun if found.status == 0 else "nan", found.nit)


if len(sys.argv) < 2:
    print("HiGHS of scipy", scipy.__version__)
else:
    main()
