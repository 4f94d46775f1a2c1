#!/usr/bin/env python3
"""Make the oracle cases: environments with optima that sidebet had no part in.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later

The linear program is written here once more, from the definitions of the rules, and solved by
HiGHS (scipy.optimize.linprog). Deterministic mechanisms are enumerated: every way to choose one
outcome a profile, each with the best payments. Needs numpy and scipy; only run to make new cases:

    python3 tests/oracle/make.py tests/oracle
"""
import itertools
import random
import sys

import numpy as np
import scipy
from scipy.optimize import linprog

OBJECTIVES = {"revenue": (1, 0, 1), "welfare": (0, 1, 1), "agents": (-1, 1, 0), "designer": (0, 0, 1)}


class Environment:
    """reports: by agent and type the types that it may report; None: any may report any."""

    def __init__(self, types, signal, outcomes, utilities, designer, outside, weights, reports=None):
        self.reports = reports or [[set(range(count))] * count for count in types]
        self.types, self.signal, self.outcomes = types, signal, outcomes
        self.utilities, self.designer, self.outside = utilities, designer, outside
        sizes = list(types) + ([signal] if signal else [])
        self.profiles = list(itertools.product(*[range(s) for s in sizes]))
        self.weights = weights
        total = sum(weights)
        self.prior = {p: w / total for p, w in zip(self.profiles, weights)}


def program(e, ics, irs, weights, payments, bound):
    """Rows and costs of the design program; columns p(o|profile), then x_i(profile).

    ics and irs: one choice an agent.
    """
    n, m = len(e.types), e.outcomes
    index = {p: k for k, p in enumerate(e.profiles)}
    first = len(e.profiles) * m
    pays = payments != "none"
    columns = first + (len(e.profiles) * n if pays else 0)
    upper, upper_bounds, equal, equal_bounds = [], [], [], []

    def add_utility(row, i, true, profile, report, factor):
        q = list(profile)
        q[i] = report
        k = index[tuple(q)]
        for o in range(m):
            row[k * m + o] += factor * e.utilities[i][true][o]
        if pays:
            row[first + k * n + i] -= factor

    def at_least(row, number):
        upper.append(-row)
        upper_bounds.append(-number)

    for i in range(n):
        ic, ir = ics[i], irs[i]
        everything, promised = np.zeros(columns), 0.0
        for t in range(e.types[i]):
            mine = [p for p in e.profiles if p[i] == t]
            mass = sum(e.prior[p] for p in mine)
            for r in range(e.types[i]):
                if r == t or r not in e.reports[i][t]:
                    continue
                if ic == "bayes-nash" and mass > 0:
                    row = np.zeros(columns)
                    for p in mine:
                        add_utility(row, i, t, p, t, e.prior[p])
                        add_utility(row, i, t, p, r, -e.prior[p])
                    at_least(row, 0)
                elif ic == "ex-post":
                    for p in mine:
                        row = np.zeros(columns)
                        add_utility(row, i, t, p, t, 1)
                        add_utility(row, i, t, p, r, -1)
                        at_least(row, 0)
            interim = np.zeros(columns)
            for p in mine:
                add_utility(interim, i, t, p, t, e.prior[p])
                if ir == "ex-post":
                    row = np.zeros(columns)
                    add_utility(row, i, t, p, t, 1)
                    at_least(row, e.outside[i][t])
            if ir == "ex-interim" and mass > 0:
                at_least(interim, mass * e.outside[i][t])
            everything += interim
            promised += mass * e.outside[i][t]
        if ir == "ex-ante":
            at_least(everything, promised)
    for p in e.profiles:
        k = index[p]
        row = np.zeros(columns)
        row[k * m:(k + 1) * m] = 1
        equal.append(row)
        equal_bounds.append(1)
        if payments in ("no-deficit", "balanced"):
            row = np.zeros(columns)
            row[first + k * n:first + (k + 1) * n] = 1
            if payments == "balanced":
                equal.append(row)
                equal_bounds.append(0)
            else:
                at_least(row, 0)
    w_payments, w_agents, w_designer = weights
    cost = np.zeros(columns)
    for p in e.profiles:
        k = index[p]
        for o in range(m):
            value = w_designer * e.designer[o]
            value += w_agents * sum(e.utilities[i][p[i]][o] for i in range(n))
            cost[k * m + o] -= e.prior[p] * value
        if pays:
            cost[first + k * n:first + (k + 1) * n] -= e.prior[p] * w_payments
    limits = {"bounded": (-bound, bound), "no-subsidies": (0, None)}.get(payments, (None, None))
    bounds = [(0, None)] * first + [limits] * (columns - first)
    return cost, upper, upper_bounds, equal, equal_bounds, bounds, first


def solve(e, ics, irs, weights, payments, bound, deterministic):
    cost, upper, upper_bounds, equal, equal_bounds, bounds, first = program(
        e, ics, irs, weights, payments, bound)
    a_upper = np.array(upper) if upper else None
    b_upper = upper_bounds if upper else None

    def best(limits):
        result = linprog(cost, A_ub=a_upper, b_ub=b_upper, A_eq=np.array(equal), b_eq=equal_bounds,
                         bounds=limits, method="highs")
        return result.status, (-result.fun if result.status == 0 else None)

    if not deterministic:
        return best(bounds)
    found = None
    for choice in itertools.product(range(e.outcomes), repeat=len(e.profiles)):
        fixed = [(float(choice[k // e.outcomes] == k % e.outcomes),) * 2 for k in range(first)]
        status, value = best(fixed + bounds[first:])
        if status == 3:
            return 3, None
        if status == 0 and (found is None or value > found):
            found = value
    return (2, None) if found is None else (0, found)


def nested(values, sizes):
    if len(sizes) == 1:
        return "[" + ", ".join(str(v) for v in values) + "]"
    step = len(values) // sizes[0]
    parts = [nested(values[k * step:(k + 1) * step], sizes[1:]) for k in range(sizes[0])]
    return "[" + ", ".join(parts) + "]"


def text_of(e, rules, comment):
    lines = ["# " + line for line in comment] + ["agents:"]
    names = ["ann", "bob", "cid"]
    for i, count in enumerate(e.types):
        lines.append("  - {name: %s, types: [%s]}" % (names[i], ", ".join("t%d" % (t + 1) for t in range(count))))
    lines.append("outcomes: [%s]" % ", ".join("o%d" % (o + 1) for o in range(e.outcomes)))
    lines.append("utilities:")
    for i, table in enumerate(e.utilities):
        rows = ", ".join("t%d: [%s]" % (t + 1, ", ".join(str(u) for u in row)) for t, row in enumerate(table))
        lines.append("  %s: {%s}" % (names[i], rows))
    lines.append("designer: [%s]" % ", ".join(str(d) for d in e.designer))
    if any(any(row) for row in e.outside):
        lines.append("outside:")
        for i, row in enumerate(e.outside):
            lines.append("  %s: {%s}" % (names[i], ", ".join("t%d: %s" % (t + 1, u) for t, u in enumerate(row))))
    if e.signal:
        lines.append("signal: {name: news, values: [%s]}" % ", ".join("s%d" % (s + 1) for s in range(e.signal)))
    sizes = list(e.types) + ([e.signal] if e.signal else [])
    lines.append("prior: " + nested(e.weights, sizes))
    lines.append("rules: {%s}" % ", ".join("%s: %s" % pair for pair in rules))
    return "\n".join(lines) + "\n"


def random_environment(rng, deterministic):
    agents = rng.choice([1, 2, 2, 3])
    types = [2] * agents if agents == 3 or deterministic else [rng.randint(2, 3) for _ in range(agents)]
    signal = 0
    if agents == 1:
        signal = rng.randint(2, 3)
    elif not deterministic and agents == 2 and rng.random() < 0.4:
        signal = 2
    outcomes = 2 if deterministic and agents == 3 else 3
    utilities = [[[rng.randint(-2, 9) if rng.random() < 0.7 else 0 for _ in range(outcomes)]
                  for _ in range(types[i])] for i in range(agents)]
    designer = [rng.choice([0, 0, 1, -2]) for _ in range(outcomes)]
    outside = [[rng.choice([0, 0, 0, 1]) for _ in range(types[i])] for i in range(agents)]
    profiles = int(np.prod(types)) * max(signal, 1)
    weights = [rng.choice([0, 1, 1, 2, 3, 5]) for _ in range(profiles)]
    weights[0] = weights[0] or 1
    return Environment(types, signal, outcomes, utilities, designer, outside, weights)


def main(folder):
    rng = random.Random(4)
    ics, irs = ["bayes-nash", "ex-post", "none"], ["ex-interim", "ex-post", "ex-ante", "none"]
    payments = ["free", "none", "bounded", "no-subsidies", "no-deficit", "balanced"]
    objectives = ["revenue", "welfare", "agents", "designer", "weights"]
    made, number = 0, 0
    while made < 36:
        number += 1
        deterministic = made % 4 == 3
        e = random_environment(rng, deterministic)
        ic, ir = ics[made % 3], irs[(made // 3) % 4]
        pay, goal = payments[(made // 2) % 6], objectives[(made + made // 5) % 5]
        bound = rng.choice([1, 2.5])
        factors = {goal: 1}
        goal_text = goal
        if goal == "weights":
            factors = {name: rng.choice([0.5, 1, 2, 3]) for name in rng.sample(sorted(OBJECTIVES), 2)}
            goal_text = "weights:" + "+".join("%s*%s" % (w, name) for name, w in factors.items())
        weights = tuple(sum(w * OBJECTIVES[name][k] for name, w in factors.items()) for k in range(3))
        status, value = solve(e, [ic] * len(e.types), [ir] * len(e.types), weights, pay, bound, deterministic)
        answer = {0: "optimal", 2: "infeasible", 3: "unbounded"}[status]
        if answer != "optimal" and number % 3 != 0:
            continue
        made += 1
        rules = [("ic", ic), ("ir", ir), ("objective", goal_text),
                 ("payments", "bounded:%s" % bound if pay == "bounded" else pay),
                 ("deterministic", str(deterministic).lower())]
        how = "every deterministic allocation, each with HiGHS" if deterministic else "HiGHS"
        comment = ["status: " + answer]
        if value is not None:
            comment.append("optimum: %.10g" % value)
        comment.append("source: %s (scipy %s) on the program of make.py" % (how, scipy.__version__))
        with open("%s/case-%02d.yaml" % (folder, made), "w", encoding="utf-8") as file:
            file.write(text_of(e, rules, comment))


if __name__ == "__main__":
    main(sys.argv[1])
