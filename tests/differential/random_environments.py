"""Random environments and rules, and the files that say them.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later

What a file in a short form stands for is written out here once more.
"""
import itertools
from fractions import Fraction

from program import Environment, Rules

AGENTS = ["ann", "bob", "cid", "dan"]
OBJECTIVES = {"revenue": (1, 0, 1), "welfare": (0, 1, 1), "agents": (-1, 1, 0), "designer": (0, 0, 1)}
ICS, IRS = ["bayes-nash", "ex-post", "none"], ["ex-interim", "ex-post", "ex-ante", "none"]
PAYMENTS = ["free", "none", "bounded", "no-subsidies", "no-deficit", "balanced"]
# How the table of the prior comes about. In those of UNSTABLE a small change of a number, such as
# rounding it to a double, can move the optimum far.
PRIORS = ["plain", "zeros", "null type", "duplicates", "mixtures", "independent", "diagonal",
          "near independence", "near duplicates", "normal", "wild"]
UNSTABLE = {"duplicates", "mixtures", "independent", "near independence", "near duplicates", "normal", "wild"}


class Case:
    """An environment, its rules, the text of its file, and what things are called there."""

    def __init__(self, kind, shape, environment, rules, names, sections):
        self.kind, self.shape, self.environment, self.rules = kind, shape, environment, rules
        self.agents, self.players, self.outcomes = names
        self.sections = sections

    def text(self, rules=None):
        lines = self.sections + ["rules: " + rules_text(rules or self.rules, self.agents)]
        return "\n".join(lines) + "\n"


def exact(value):
    """As an integer, a decimal where that is exact, or a fraction."""
    if value.denominator == 1:
        return str(value.numerator)
    rest, digits = value.denominator, 0
    while rest % 10 == 0 or rest % 5 == 0 or rest % 2 == 0:
        rest //= 10 if rest % 10 == 0 else 5 if rest % 5 == 0 else 2
        digits += 1
    if rest != 1:
        return "%d/%d" % (value.numerator, value.denominator)
    shifted = abs(value.numerator) * 10**digits // value.denominator
    text = str(shifted).rjust(digits + 1, "0")
    return ("-" if value < 0 else "") + text[:-digits] + "." + text[-digits:]


def rules_text(rules, agents):
    def by_agent(choices):
        if len(set(choices)) == 1:
            return choices[0]
        return "{%s}" % ", ".join("%s: %s" % pair for pair in zip(agents, choices))
    payments = "bounded:" + exact(rules.bound) if rules.payments == "bounded" else rules.payments
    return "{ic: %s, ir: %s, objective: %s, payments: %s, deterministic: %s}" % (
        by_agent(rules.ics), by_agent(rules.irs), objective_text(rules.weights), payments,
        str(rules.deterministic).lower())


def objective_text(weights):
    for name, factors in OBJECTIVES.items():
        if weights == factors:
            return name
    of_payments, of_agents, of_designer = weights
    # payments = revenue - designer, the agents' values = welfare - designer.
    parts = (("revenue", of_payments), ("welfare", of_agents), ("designer", of_designer - of_payments - of_agents))
    text = "weights:" + "+".join("%s*%s" % (exact(Fraction(w)), name) for name, w in parts if w != 0)
    return text.replace("+-", "-")


def nested(values, sizes):
    if len(sizes) == 1:
        return "[" + ", ".join(exact(v) for v in values) + "]"
    step = len(values) // sizes[0]
    return "[" + ", ".join(nested(values[k * step:(k + 1) * step], sizes[1:]) for k in range(sizes[0])) + "]"


# ---- sizes ----

def random_sizes(rng, kind):
    """Types of each agent, and the number of signals or 0."""
    if kind == "large":
        if rng.random() < 0.5:
            return [rng.randint(8, 18)], rng.randint(2, 18)
        return [rng.randint(5, 9), rng.randint(5, 9)], 0
    if kind == "robust":
        return [rng.randint(1, 4)], rng.randint(2, 4)
    if kind == "deterministic":
        return rng.choice([([2], 2), ([3], 2), ([2], 3), ([2, 2], 0), ([3, 2], 0), ([2, 2, 2], 0), ([2, 2], 2)])
    agents = rng.choice([1, 1, 1, 2, 2, 2, 2, 3, 3, 4])
    if agents == 1:
        return [rng.randint(1, 6)], rng.randint(1, 6)
    if agents == 2:
        return [rng.randint(1, 4), rng.randint(1, 4)], rng.choice([0, 0, 0, 2, 3])
    if agents == 3:
        return [rng.randint(1, 3) for _ in range(3)], rng.choice([0, 0, 0, 2])
    return [rng.randint(1, 2) for _ in range(4)], 0


# ---- priors ----

def random_prior(rng, shape, sizes, first):
    """Weights by profile, as they are written in the file; first: how many of the players are agents."""
    profiles = list(itertools.product(*[range(size) for size in sizes]))

    def integers(low, high):
        return {p: Fraction(rng.randint(low, high)) for p in profiles}

    def slices(agent):
        return [[p for p in profiles if p[agent] == t] for t in range(sizes[agent])]

    weights = integers(1, 20)
    agent = rng.randrange(first)
    parts = slices(agent)
    if shape == "zeros":
        weights = {p: Fraction(rng.choice([0, 0, 1, 2, 5])) for p in profiles}
    elif shape == "null type":
        for p in parts[rng.randrange(len(parts))]:
            weights[p] = Fraction(0)
    elif shape in ("duplicates", "near duplicates") and len(parts) > 1:
        a, b = rng.sample(range(len(parts)), 2)
        factor = Fraction(rng.randint(1, 4))
        for p, q in zip(parts[a], parts[b]):
            weights[q] = weights[p] * factor
        if shape == "near duplicates":
            for q in parts[b]:
                weights[q] += Fraction(rng.randint(0, 9), 10 ** rng.randint(3, 12))
    elif shape == "mixtures" and len(parts) > 2:
        a, b, c = rng.sample(range(len(parts)), 3)
        for p, q, r in zip(parts[a], parts[b], parts[c]):
            weights[r] = weights[p] * rng.choice([1, 1]) + weights[q]
    elif shape in ("independent", "near independence"):
        marginals = [[rng.randint(1, 9) for _ in range(size)] for size in sizes]
        product = {p: Fraction(1) for p in profiles}
        for p in profiles:
            for k, t in enumerate(p):
                product[p] *= marginals[k][t]
        near = Fraction(0) if shape == "independent" else Fraction(1, 10 ** rng.randint(2, 12))
        weights = {p: product[p] + near * weights[p] for p in profiles}
    elif shape == "diagonal":
        weights = {p: Fraction(rng.randint(1, 9) if len(set(t % min(sizes) for t in p)) == 1 else 0) for p in profiles}
    elif shape == "normal":
        digits = rng.choice([4, 8, 12])
        weights = {p: normal(p, sizes, digits) for p in profiles}
    elif shape == "wild":
        weights = {p: Fraction(10) ** rng.randint(-9, 9) * rng.randint(1, 9) for p in profiles}
    if not any(weights.values()):
        weights[profiles[0]] = Fraction(1)
    if rng.random() < 0.3:
        # Decimals or fractions that sum to 1.
        total = sum(weights.values())
        weights = {p: w / total for p, w in weights.items()}
    return weights


def normal(profile, sizes, digits):
    """A bell around the diagonal, rounded."""
    places = [4 * t / (size - 1) - 2 if size > 1 else 0.0 for t, size in zip(profile, sizes)]
    distance = sum((a - b) ** 2 for a, b in itertools.combinations(places, 2)) + sum(a * a for a in places)
    return Fraction(round(2.718281828459045 ** (-distance / 3) * 10**digits), 10**digits)


# ---- values ----

def random_number(rng):
    kind = rng.random()
    if kind < 0.7:
        return Fraction(rng.randint(-2, 9))
    if kind < 0.9:
        return Fraction(rng.randint(-20, 99), 10)
    return Fraction(rng.randint(-9, 30), rng.randint(2, 7))


def random_values(rng, count):
    """Of an item: rarely negative, sometimes alike."""
    return [abs(random_number(rng)) if rng.random() < 0.95 else random_number(rng) for _ in range(count)]


def mapping(labels, values):
    return "{%s}" % ", ".join("%s: %s" % (label, exact(v)) for label, v in zip(labels, values))


def value_form(rng, form, types, names):
    """The lines of a short form, its outcomes, utilities and the designer's values."""
    values = [random_values(rng, count) for count in types]
    labels = [["t%d" % (t + 1) for t in range(count)] for count in types]
    bidders = ", ".join("{name: %s, values: %s}" % (n, mapping(l, v)) for n, l, v in zip(names, labels, values))
    reserve = rng.choice([Fraction(0), Fraction(0), abs(random_number(rng))])
    count = len(types)
    if form == "public-good":
        utilities = [[[v, Fraction(0)] for v in mine] for mine in values]
        line = "public-good: {cost: %s, agents: [%s]}" % (exact(reserve), bidders)
        return [line], ["provided", "not provided"], utilities, [-reserve, Fraction(0)]
    if form == "trade":
        line = "trade: {buyer: {name: %s, values: %s}, seller: {name: %s, costs: %s}}" % (
            names[0], mapping(labels[0], values[0]), names[1], mapping(labels[1], values[1]))
        utilities = [[[v, Fraction(0)] for v in values[0]], [[-v, Fraction(0)] for v in values[1]]]
        return [line], ["trade", "no trade"], utilities, [Fraction(0)] * 2
    if form == "units":
        units = rng.randint(1, min(2, count))
        sets = [s for size in range(units, -1, -1) for s in itertools.combinations(range(count), size)]
        outcomes = [" and ".join(names[i] for i in s) + (" get one" if len(s) > 1 else " gets one") if s
                    else "nobody gets one" for s in sets]
        line = "units: {count: %d, bidders: [%s], reserve: %s}" % (units, bidders, exact(reserve))
    else:
        units, sets = 1, [(i,) for i in range(count)] + [()]
        outcomes = ["%s gets it" % names[i] for i in range(count)] + ["nobody gets it"]
        line = "item: {bidders: [%s], reserve: %s}" % (bidders, exact(reserve))
    utilities = [[[v if i in s else Fraction(0) for s in sets] for v in mine] for i, mine in enumerate(values)]
    return [line], outcomes, utilities, [reserve * (units - len(s)) for s in sets]


def long_form(rng, types, names, few):
    outcomes = rng.randint(2, 2 if few else 4)
    labels = ["o%d" % (o + 1) for o in range(outcomes)]
    utilities = [[[random_number(rng) if rng.random() < 0.7 else Fraction(0) for _ in range(outcomes)]
                  for _ in range(count)] for count in types]
    designer = [rng.choice([Fraction(0), Fraction(0), random_number(rng)]) for _ in range(outcomes)]
    lines = ["agents:"]
    for name, count in zip(names, types):
        lines.append("  - {name: %s, types: [%s]}" % (name, ", ".join("t%d" % (t + 1) for t in range(count))))
    lines += ["outcomes: [%s]" % ", ".join(labels), "utilities:"]
    for name, table in zip(names, utilities):
        rows = ", ".join("t%d: [%s]" % (t + 1, ", ".join(map(exact, row))) for t, row in enumerate(table))
        lines.append("  %s: {%s}" % (name, rows))
    lines.append("designer: [%s]" % ", ".join(map(exact, designer)))
    return lines, labels, utilities, designer


def random_reports(rng, types):
    return [[{r for r in range(count) if r == t or rng.random() < 0.5} for t in range(count)]
            for count in types]


def random_rules(rng, agents):
    def choices(of, usual):
        if rng.random() < 0.5:
            return [usual] * agents
        if rng.random() < 0.5:
            return [rng.choice(of)] * agents
        return [rng.choice(of) for _ in range(agents)]
    goal = rng.choice(["revenue", "revenue", "revenue", "welfare", "agents", "designer", "weights"])
    if goal == "weights":
        factors = {name: Fraction(rng.choice([1, 2, 3, 5]), 2) for name in rng.sample(sorted(OBJECTIVES), 2)}
        weights = tuple(sum(w * OBJECTIVES[name][k] for name, w in factors.items()) for k in range(3))
    else:
        weights = OBJECTIVES[goal]
    payments = rng.choice(["free", "free"] + PAYMENTS)
    bound = Fraction(rng.randint(1, 60), rng.choice([1, 2, 10])) if payments == "bounded" else None
    return Rules(choices(ICS, "bayes-nash"), choices(IRS, "ex-interim"), weights, payments, bound)


def random_case(rng, kind):
    """kind: small, large, deterministic or robust."""
    types, signal = random_sizes(rng, kind)
    shape = rng.choice(PRIORS)
    names = AGENTS[:len(types)]
    forms = ["long", "long", "item", "item", "units", "public-good"] + (["trade"] if len(types) == 2 else [])
    form = rng.choice(["item", "item", "long"]) if kind == "large" else rng.choice(forms)
    if form == "long":
        sections, outcomes, utilities, designer = long_form(rng, types, names, len(types) > 2 or kind != "small")
    else:
        sections, outcomes, utilities, designer = value_form(rng, form, types, names)
    outside = [[rng.choice([Fraction(0)] * 3 + [random_number(rng)]) if rng.random() < 0.4 else Fraction(0)
                for _ in range(count)] for count in types]
    if any(any(row) for row in outside):
        sections.append("outside:")
        for name, row in zip(names, outside):
            sections.append("  %s: %s" % (name, mapping(["t%d" % (t + 1) for t in range(len(row))], row)))
    sizes = types + ([signal] if signal else [])
    if signal:
        sections.append("signal: {name: news, values: [%s]}" % ", ".join("s%d" % (s + 1) for s in range(signal)))
    prior = random_prior(rng, shape, sizes, len(types))
    sections.append("prior: " + nested(list(prior.values()), sizes))
    reports = random_reports(rng, types) if rng.random() < 0.2 else None
    if reports:
        lines = []
        for name, sets in zip(names, reports):
            some = ["t%d: [%s]" % (t + 1, ", ".join("t%d" % (r + 1) for r in sorted(may)))
                    for t, may in enumerate(sets) if len(may) < len(sets)]
            if some:
                lines.append("  %s: {%s}" % (name, ", ".join(some)))
        sections += ["reports:"] + lines if lines else []
    environment = Environment(types, signal, utilities, designer, outside, prior, reports)
    rules = random_rules(rng, len(types))
    rules.deterministic = kind == "deterministic"
    players = [["t%d" % (t + 1) for t in range(count)] for count in types]
    players += [["s%d" % (s + 1) for s in range(signal)]] if signal else []
    return Case(form, shape, environment, rules, (names, players, outcomes), sections)
