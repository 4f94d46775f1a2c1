"""A simplex method in fractions, for small programs; slow, and right.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later

Two phases on a dense tableau with Bland's rule, which does not cycle.
"""
from fractions import Fraction


def solve(program, fixed=None):
    """(status, objective) of a Program, with columns fixed at numbers."""
    rows = [(row.terms, row.sense, row.right) for row in program.rows]
    limits = {column: program.limits(column) for column in range(program.columns)}
    return maximise(program.costs, rows, limits, fixed or {})


def maximise(costs, rows, limits, fixed):
    """rows: (terms, ">=" or "=", right); limits: column -> (low, high), None where there is none."""
    base = sum((costs.get(column, Fraction(0)) * value for column, value in fixed.items()), Fraction(0))
    # x = low + y, or y - z where x is free; x <= high becomes a row.
    pieces, count = {}, 0
    for column, (low, high) in limits.items():
        if column in fixed:
            continue
        if low is not None:
            pieces[column] = low, ((count, 1),)
            count += 1
        elif high is not None:
            pieces[column] = high, ((count, -1),)
            count += 1
        else:
            pieces[column] = Fraction(0), ((count, 1), (count + 1, -1))
            count += 2
    table = []
    for terms, sense, right in rows + [({column: Fraction(-1)}, ">=", -high)
                                       for column, (low, high) in limits.items()
                                       if column not in fixed and low is not None and high is not None]:
        line, rest = [Fraction(0)] * count, right
        for column, factor in terms.items():
            if column in fixed:
                rest -= factor * fixed[column]
                continue
            at, parts = pieces[column]
            rest -= factor * at
            for place, sign in parts:
                line[place] += sign * factor
        table.append((line, sense, rest))
    goal = [Fraction(0)] * count
    for column, cost in costs.items():
        if column in pieces:
            at, parts = pieces[column]
            base += cost * at
            for place, sign in parts:
                goal[place] += sign * cost
    status, value = _two_phases(goal, table, count)
    return status, None if value is None else value + base


def _two_phases(goal, table, count):
    surplus = sum(sense == ">=" for _, sense, _ in table)
    width = count + surplus + len(table)
    lines, basis, at = [], [], count
    for k, (line, sense, right) in enumerate(table):
        extra = [Fraction(0)] * (width - count)
        if sense == ">=":
            extra[at - count] = Fraction(-1)
            at += 1
        line = line + extra
        if right < 0:
            line, right = [-v for v in line], -right
        line[count + surplus + k] = Fraction(1)
        lines.append(line + [right])
        basis.append(count + surplus + k)
    artificial = [Fraction(0)] * width
    for k in range(len(table)):
        artificial[count + surplus + k] = Fraction(-1)
    if _simplex(artificial, lines, basis, width) is None or any(
            basis[k] >= count + surplus and lines[k][-1] != 0 for k in range(len(basis))):
        return "infeasible", None
    for k in range(len(basis)):
        # An artificial column at 0 leaves, or its row says nothing.
        if basis[k] >= count + surplus:
            column = next((c for c in range(count + surplus) if lines[k][c] != 0), None)
            if column is not None:
                _pivot(lines, basis, k, column)
    keep = [k for k in range(len(basis)) if basis[k] < count + surplus]
    lines, basis = [lines[k][:count + surplus] + lines[k][-1:] for k in keep], [basis[k] for k in keep]
    value = _simplex(goal + [Fraction(0)] * surplus, lines, basis, count + surplus)
    return ("unbounded", None) if value is None else ("optimal", value)


def _pivot(lines, basis, row, column):
    scale = lines[row][column]
    lines[row] = [v / scale if v else v for v in lines[row]]
    mine = lines[row]
    for k, line in enumerate(lines):
        factor = line[column]
        if k != row and factor != 0:
            lines[k] = [a - factor * b if b else a for a, b in zip(line, mine)]
    basis[row] = column


def _simplex(goal, lines, basis, width):
    """The maximum, or None where there is none."""
    while True:
        prices = [goal[b] for b in basis]
        entering = None
        for column in range(width):
            if column in basis:
                continue
            reduced = goal[column] - sum((p * line[column] for p, line in zip(prices, lines) if p and line[column]),
                                         Fraction(0))
            if reduced > 0:
                entering = column
                break
        if entering is None:
            return sum((p * line[-1] for p, line in zip(prices, lines)), Fraction(0))
        leaving = None
        for k, line in enumerate(lines):
            if line[entering] > 0:
                ratio = line[-1] / line[entering]
                if leaving is None or (ratio, basis[k]) < (best, basis[leaving]):
                    leaving, best = k, ratio
        if leaving is None:
            return None
        _pivot(lines, basis, leaving, entering)
