"""HiGHS, by way of scipy, on a program as bench_speed writes it: its seconds and its optimum.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later
"""
import sys
import time

import numpy
from scipy.optimize import linprog
from scipy.sparse import csr_matrix


def read(path):
    """Cost, rows A x >= b, rows A x = b, and which columns may be negative."""
    cost, free, rows = {}, set(), []
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
    return cost, free, rows


def matrix(rows, columns):
    """Sparse rows and their right sides."""
    data, where, starts, sides = [], [], [0], []
    for terms, _, side in rows:
        data += [value for _, value in terms]
        where += [column for column, _ in terms]
        starts.append(len(data))
        sides.append(side)
    return csr_matrix((data, where, starts), shape=(len(rows), columns)), numpy.array(sides)


def main():
    cost, free, rows = read(sys.argv[1])
    columns = 1 + max(max(column for column, _ in terms) for terms, _, _ in rows)
    costs = numpy.zeros(columns)
    for column, value in cost.items():
        costs[column] = -value
    above, sides = matrix([row for row in rows if row[1] == ">="], columns)
    equal, equal_sides = matrix([row for row in rows if row[1] == "="], columns)
    bounds = [(None if column in free else 0, None) for column in range(columns)]
    began = time.process_time()
    found = linprog(costs, A_ub=-above, b_ub=-sides, A_eq=equal, b_eq=equal_sides, bounds=bounds,
                    method="highs", options={"time_limit": float(sys.argv[2])})
    seconds = time.process_time() - began
    print(seconds, -found.fun if found.status == 0 else "nan")


main()
