"""The design program, written from the definitions of the rules, in fractions.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later

Nothing here has seen sidebet: an Environment is what random_environments.py made, and a Program is
what the rules say of it. Columns are p(outcome | profile), then the payments x_i(profile). Rows are
named by tuples:

    ("probability", profile)                      the probabilities of a profile sum to 1
    ("incentive", agent, type, report, others)    others: () under interim rules
    ("participation", agent, type, others)        type None: ex-ante
    ("budget", profile)
"""
import itertools
from fractions import Fraction


class Environment:
    """Types, outcomes and the signal by number; prior: from profiles to fractions that sum to 1.

    reports: by agent and type the set of types that it may report.
    """

    def __init__(self, types, signal, utilities, designer, outside, prior, reports=None):
        self.types, self.signal = types, signal
        self.utilities, self.designer, self.outside = utilities, designer, outside
        self.outcomes = len(designer)
        self.reports = reports or [[set(range(count)) for _ in range(count)] for count in types]
        self.sizes = list(types) + ([signal] if signal else [])
        self.profiles = list(itertools.product(*[range(size) for size in self.sizes]))
        self.index = {profile: k for k, profile in enumerate(self.profiles)}
        total = sum(prior.values())
        self.prior = {profile: prior[profile] / total for profile in self.profiles}

    def full_surplus(self):
        """The most that all together can have, less what the agents have by staying away."""
        return sum(self.prior[p] * (max(self.worth(p, o) for o in range(self.outcomes)) -
                                    sum(row[t] for row, t in zip(self.outside, p)))
                   for p in self.profiles)

    def worth(self, profile, outcome):
        """Of an outcome, to all agents and the designer."""
        agents = sum(table[profile[i]][outcome] for i, table in enumerate(self.utilities))
        return agents + self.designer[outcome]


class Rules:
    """ics, irs: one an agent. weights: of payments, agents' values and the designer's own value."""

    def __init__(self, ics, irs, weights, payments="free", bound=None, deterministic=False):
        self.ics, self.irs, self.weights = ics, irs, weights
        self.payments, self.bound, self.deterministic = payments, bound, deterministic

    def but(self, **changes):
        """These rules with other choices."""
        rules = Rules(self.ics, self.irs, self.weights, self.payments, self.bound, self.deterministic)
        for name, value in changes.items():
            setattr(rules, name, value)
        return rules


class Row:
    def __init__(self, name, terms, sense, right):
        self.name, self.sense, self.right = name, sense, right
        self.terms = {column: factor for column, factor in terms.items() if factor != 0}


class Program:
    """Maximise costs over rows (">=" or "="), probabilities >= 0, payments within limits."""

    def __init__(self, environment, rules):
        self.environment, self.rules = environment, rules
        e = environment
        self.agents = len(e.types)
        self.first_payment = len(e.profiles) * e.outcomes
        self.pays = rules.payments != "none"
        self.columns = self.first_payment + (len(e.profiles) * self.agents if self.pays else 0)
        self.low, self.high = {"bounded": (-rules.bound if rules.bound is not None else None, rules.bound),
                               "no-subsidies": (Fraction(0), None)}.get(rules.payments, (None, None))
        self.rows = []
        for k, profile in enumerate(e.profiles):
            self._row(("probability", profile), {k * e.outcomes + o: Fraction(1) for o in range(e.outcomes)},
                      "=", Fraction(1))
        for i in range(self.agents):
            self._incentives(i)
        for i in range(self.agents):
            self._participation(i)
        if rules.payments in ("no-deficit", "balanced"):
            sense = "=" if rules.payments == "balanced" else ">="
            for k, profile in enumerate(e.profiles):
                self._row(("budget", profile), {self.payment(k, i): Fraction(1) for i in range(self.agents)},
                          sense, Fraction(0))
        self.costs = self._costs()

    def payment(self, k, i):
        return self.first_payment + k * self.agents + i

    def _row(self, name, terms, sense, right):
        self.rows.append(Row(name, terms, sense, right))

    def _add(self, terms, i, true, profile, report, factor):
        """factor times the utility of agent i of type true that reports report at a profile."""
        e = self.environment
        told = profile[:i] + (report,) + profile[i + 1:]
        k = e.index[told]
        for o in range(e.outcomes):
            column = k * e.outcomes + o
            terms[column] = terms.get(column, 0) + factor * e.utilities[i][true][o]
        if self.pays:
            column = self.payment(k, i)
            terms[column] = terms.get(column, 0) - factor

    def _incentives(self, i):
        e, ic = self.environment, self.rules.ics[i]
        for t, r in itertools.permutations(range(e.types[i]), 2):
            if ic == "none" or r not in e.reports[i][t]:
                continue
            mine = [p for p in e.profiles if p[i] == t]
            together = {}
            for p in mine:
                terms = {} if ic == "ex-post" else together
                factor = 1 if ic == "ex-post" else e.prior[p]
                if factor != 0:
                    self._add(terms, i, t, p, t, factor)
                    self._add(terms, i, t, p, r, -factor)
                if ic == "ex-post":
                    self._row(("incentive", i, t, r, p[:i] + p[i + 1:]), terms, ">=", Fraction(0))
            if ic == "bayes-nash" and any(e.prior[p] for p in mine):
                self._row(("incentive", i, t, r, ()), together, ">=", Fraction(0))

    def _participation(self, i):
        e, ir = self.environment, self.rules.irs[i]
        everything, promised = {}, Fraction(0)
        for t in range(e.types[i]):
            mine = [p for p in e.profiles if p[i] == t]
            mass, interim = sum(e.prior[p] for p in mine), {}
            for p in mine:
                if ir == "ex-post":
                    terms = {}
                    self._add(terms, i, t, p, t, 1)
                    self._row(("participation", i, t, p[:i] + p[i + 1:]), terms, ">=", e.outside[i][t])
                elif e.prior[p] != 0:
                    self._add(interim, i, t, p, t, e.prior[p])
            if ir == "ex-interim" and mass != 0:
                self._row(("participation", i, t, ()), interim, ">=", mass * e.outside[i][t])
            for column, factor in interim.items():
                everything[column] = everything.get(column, 0) + factor
            promised += mass * e.outside[i][t]
        if ir == "ex-ante":
            self._row(("participation", i, None, ()), everything, ">=", promised)

    def _costs(self):
        e = self.environment
        of_payments, of_agents, of_designer = self.rules.weights
        costs = {}
        for k, p in enumerate(e.profiles):
            for o in range(e.outcomes):
                value = of_designer * e.designer[o]
                value += of_agents * sum(table[p[i]][o] for i, table in enumerate(e.utilities))
                costs[k * e.outcomes + o] = e.prior[p] * value
            if self.pays:
                for i in range(self.agents):
                    costs[self.payment(k, i)] = e.prior[p] * of_payments
        return {column: cost for column, cost in costs.items() if cost != 0}

    def is_payment(self, column):
        return column >= self.first_payment

    def limits(self, column):
        """(low, high) of a column, None where there is none."""
        return (self.low, self.high) if self.is_payment(column) else (Fraction(0), None)
