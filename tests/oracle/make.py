#!/usr/bin/env python3
"""Make the oracle cases: environments with optima that sidebet had no part in.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later

The linear program is written here once more, from the definitions of the rules, and solved by
HiGHS (scipy.optimize.linprog). Deterministic mechanisms are enumerated: every way to choose one
outcome a profile, each with the best payments. The first 36 cases have one choice of ic and ir for
all agents and no reporting sets, the others differ. Needs numpy and scipy; only run to make new
cases:

    python3 tests/oracle/make.py tests/oracle
"""
import itertools
import random
import sys

import numpy as np
import scipy
from scipy.optimize import linprog

OBJECTIVES = {"revenue": (1, 0, 1), "welfare": (0, 1, 1), "agents": (-1, 1, 0), "designer": (0, 0, 1)}


NAMES = ["ann", "bob", "cid"]

# HiGHS can err, and crash, on unbounded programs: payments are bounded, far away, and an optimum that
# no utilities of these cases could bring is none.
LARGE, BEYOND_REASON = 1e6, 1e4


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
    limits = {"bounded": (-bound, bound), "no-subsidies": (0, LARGE)}.get(payments, (-LARGE, LARGE))
    bounds = [(0, None)] * first + [limits] * (columns - first)
    return cost, upper, upper_bounds, equal, equal_bounds, bounds, first


def solve(e, ics, irs, weights, payments, bound, deterministic):
    cost, upper, upper_bounds, equal, equal_bounds, bounds, first = program(
        e, ics, irs, weights, payments, bound)
    a_upper = np.array(upper) if upper else None
    b_upper = upper_bounds if upper else None

    def best(limits):
        # What HiGHS says after presolve of programs without an optimum can be wrong.
        for method, options in (("highs", {}), ("highs-ds", {"presolve": False})):
            result = linprog(cost, A_ub=a_upper, b_ub=b_upper, A_eq=np.array(equal),
                             b_eq=equal_bounds, bounds=limits, method=method, options=options)
            if result.status == 0:
                break
        if result.status == 0 and -result.fun > BEYOND_REASON:
            return 3, None
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
    names = NAMES
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
    limited = [i for i, sets in enumerate(e.reports) if any(len(r) < len(sets) for r in sets)]
    if limited:
        lines.append("reports:")
    for i in limited:
        sets = [(t, ", ".join("t%d" % (r + 1) for r in sorted(reports)))
                for t, reports in enumerate(e.reports[i]) if len(reports) < e.types[i]]
        lines.append("  %s: {%s}" % (names[i], ", ".join("t%d: [%s]" % (t + 1, r) for t, r in sets)))
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


ICS, IRS = ["bayes-nash", "ex-post", "none"], ["ex-interim", "ex-post", "ex-ante", "none"]
PAYMENTS = ["free", "none", "bounded", "no-subsidies", "no-deficit", "balanced"]
GOALS = ["revenue", "welfare", "agents", "designer", "weights"]


def weights_of(goal, rng):
    """The weights of payments, agents and designer, and how the objective is written."""
    factors = {goal: 1}
    text = goal
    if goal == "weights":
        factors = {name: rng.choice([0.5, 1, 2, 3]) for name in rng.sample(sorted(OBJECTIVES), 2)}
        text = "weights:" + "+".join("%s*%s" % (w, name) for name, w in factors.items())
    return tuple(sum(w * OBJECTIVES[name][k] for name, w in factors.items()) for k in range(3)), text


def random_reports(rng, types):
    return [[{r for r in range(count) if r == t or rng.random() < 0.5} for t in range(count)]
            for count in types]


def by_agent(choices):
    """As in a file: one word where all agents have the same choice."""
    if len(set(choices)) == 1:
        return choices[0]
    return "{%s}" % ", ".join("%s: %s" % pair for pair in zip(NAMES, choices))


def write_case(path, e, rules, status, value, deterministic):
    how = "every deterministic allocation, each with HiGHS" if deterministic else "HiGHS"
    comment = ["status: " + {0: "optimal", 2: "infeasible", 3: "unbounded"}[status]]
    if value is not None:
        comment.append("optimum: %.10g" % (round(value, 9) + 0.0))
    comment.append("source: %s (scipy %s) on the program of make.py" % (how, scipy.__version__))
    with open(path, "w", encoding="utf-8") as file:
        file.write(text_of(e, rules, comment))


def decides(e, ics, irs, answer, *rest):
    """Whether every own choice and the reporting sets matter: without them the answer is another."""
    def differs(environment, some_ics, some_irs):
        status, value = solve(environment, some_ics, some_irs, *rest)
        return status != answer[0] or (status == 0 and abs(value - answer[1]) > 1e-3)
    for choice in set(ics) if len(set(ics)) > 1 else ():
        if not differs(e, [choice] * len(ics), irs):
            return False
    for choice in set(irs) if len(set(irs)) > 1 else ():
        if not differs(e, ics, [choice] * len(irs)):
            return False
    if all(len(reports) == len(sets) for sets in e.reports for reports in sets):
        return True
    free = Environment(e.types, e.signal, e.outcomes, e.utilities, e.designer, e.outside, e.weights)
    return differs(free, ics, irs)


def make_own(folder, first, last):
    """Cases in which agents have choices of their own, or reporting sets, or both (own ic)."""
    rng = random.Random(5)
    made, kinds = first - 1, ["ic", "ir", "reports", "both", "all"]
    while made < last:
        kind = kinds[made % 5]
        deterministic = made % 3 == 2 and kind != "all"
        e = random_environment(rng, deterministic)
        agents = len(e.types)
        if agents == 1 and kind != "reports":
            continue
        if kind in ("reports", "all"):
            e.reports = random_reports(rng, e.types)
            if all(len(reports) == len(sets) for sets in e.reports for reports in sets):
                continue
        ics, irs = [rng.choice(ICS)] * agents, [rng.choice(IRS)] * agents
        if kind in ("ic", "both", "all"):
            ics = [rng.choice(ICS) for _ in ics]
        if kind in ("ir", "both"):
            irs = [rng.choice(IRS) for _ in irs]
        if kind in ("ic", "both", "all") and len(set(ics)) == 1:
            continue
        if kind in ("ir", "both") and len(set(irs)) == 1:
            continue
        if kind == "reports" and ics[0] == "none" or kind == "all" and agents == 3:
            continue
        pay = rng.choice(PAYMENTS)
        bound = rng.choice([1, 2.5])
        weights, goal = weights_of(rng.choice(GOALS), rng)
        status, value = solve(e, ics, irs, weights, pay, bound, deterministic)
        if status != 0 and rng.random() < 0.8:
            continue
        if not decides(e, ics, irs, (status, value), weights, pay, bound, deterministic):
            continue
        made += 1
        rules = [("ic", by_agent(ics)), ("ir", by_agent(irs)), ("objective", goal),
                 ("payments", "bounded:%s" % bound if pay == "bounded" else pay),
                 ("deterministic", str(deterministic).lower())]
        write_case("%s/case-%02d.yaml" % (folder, made), e, rules, status, value, deterministic)


def make_common(folder):
    rng = random.Random(4)
    ics, irs, payments, objectives = ICS, IRS, PAYMENTS, GOALS
    made, number = 0, 0
    while made < 36:
        number += 1
        deterministic = made % 4 == 3
        e = random_environment(rng, deterministic)
        ic, ir = ics[made % 3], irs[(made // 3) % 4]
        pay, goal = payments[(made // 2) % 6], objectives[(made + made // 5) % 5]
        bound = rng.choice([1, 2.5])
        weights, goal_text = weights_of(goal, rng)
        status, value = solve(e, [ic] * len(e.types), [ir] * len(e.types), weights, pay, bound, deterministic)
        if status != 0 and number % 3 != 0:
            continue
        made += 1
        rules = [("ic", ic), ("ir", ir), ("objective", goal_text),
                 ("payments", "bounded:%s" % bound if pay == "bounded" else pay),
                 ("deterministic", str(deterministic).lower())]
        write_case("%s/case-%02d.yaml" % (folder, made), e, rules, status, value, deterministic)


if __name__ == "__main__":
    make_common(sys.argv[1])
    make_own(sys.argv[1], 37, 52)
