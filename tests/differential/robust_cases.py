"""Robust mechanisms: the rules at every vertex of the set of beliefs, found in fractions.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later

sidebet makes such rows by cutting planes, or dualises; here all of them are written down at once.
"""
import itertools
from fractions import Fraction

import certificates
import compare as comparing
import exact_simplex
import peers
from program import Program
from random_environments import exact

# Rows times columns up to which the program is solved in fractions where HiGHS is not there.
SMALL = 900


class BeliefSet:
    """Of one type: low <= q <= high, sum q = 1, and constraints (coefficients, low, high)."""

    def __init__(self, low, high, constraints):
        self.low, self.high, self.constraints = low, high, constraints

    def holds(self, q):
        return sum(q) == 1 and all(a <= v <= b for a, v, b in zip(self.low, q, self.high)) and all(
            (at_least is None or dot(c, q) >= at_least) and (at_most is None or dot(c, q) <= at_most)
            for c, at_least, at_most in self.constraints)

    def vertices(self):
        """By every choice of rows that bind."""
        n = len(self.low)
        rows = []
        for k in range(n):
            unit = [Fraction(j == k) for j in range(n)]
            rows += [(unit, self.low[k]), (unit, self.high[k])]
        for c, at_least, at_most in self.constraints:
            rows += [(c, b) for b in (at_least, at_most) if b is not None]
        found = set()
        for some in itertools.combinations(rows, n - 1):
            q = solve_square([([Fraction(1)] * n, Fraction(1))] + list(some))
            if q is not None and self.holds(q):
                found.add(tuple(q))
        return sorted(found)


def dot(a, b):
    return sum((x * y for x, y in zip(a, b)), Fraction(0))


def solve_square(rows):
    """The one solution of as many equations as unknowns, or None."""
    n = len(rows)
    lines = [list(terms) + [right] for terms, right in rows]
    for k in range(n):
        pivot = next((j for j in range(k, n) if lines[j][k] != 0), None)
        if pivot is None:
            return None
        lines[k], lines[pivot] = lines[pivot], lines[k]
        lines[k] = [v / lines[k][k] for v in lines[k]]
        for j in range(n):
            if j != k and lines[j][k] != 0:
                lines[j] = [a - lines[j][k] * b for a, b in zip(lines[j], lines[k])]
    return [line[-1] for line in lines]


class RobustProgram(Program):
    """Interim rules hold at every vertex of the type's set; worst case: one more column a type, at
    most what the seller expects of it at each vertex."""

    def __init__(self, environment, rules, sets, worst_case):
        ic, ir = rules.ics[0], rules.irs[0]
        super().__init__(environment, rules.but(ics=["none" if ic == "bayes-nash" else ic],
                                                irs=["none" if ir == "ex-interim" else ir]))
        e = environment
        self.epigraph = self.columns
        vertices = [s.vertices() if s else [] for s in sets]
        for t in range(e.types[0]):
            for q in vertices[t]:
                if ic == "bayes-nash":
                    for r in sorted(e.reports[0][t] - {t}):
                        terms = {}
                        for s, weight in enumerate(q):
                            self._add(terms, 0, t, (t, s), t, weight)
                            self._add(terms, 0, t, (t, s), r, -weight)
                        self._row(("incentive", t, r, q), terms, ">=", Fraction(0))
                if ir == "ex-interim":
                    terms = {}
                    for s, weight in enumerate(q):
                        self._add(terms, 0, t, (t, s), t, weight)
                    self._row(("participation", t, q), terms, ">=", e.outside[0][t])
        if worst_case:
            self._worst_case(vertices)

    def _worst_case(self, vertices):
        e = self.environment
        of_payments, of_agents, of_designer = self.rules.weights
        masses = [sum(e.prior[(t, s)] for s in range(e.signal)) for t in range(e.types[0])]
        self.columns += e.types[0]
        self.costs = {self.epigraph + t: mass for t, mass in enumerate(masses) if mass}
        for t in range(e.types[0]):
            if not masses[t]:
                continue
            for q in vertices[t]:
                terms = {self.epigraph + t: Fraction(-1)}
                for s, weight in enumerate(q):
                    k = e.index[(t, s)]
                    for o in range(e.outcomes):
                        terms[k * e.outcomes + o] = weight * (of_agents * e.utilities[0][t][o] +
                                                              of_designer * e.designer[o])
                    if self.pays:
                        terms[self.payment(k, 0)] = weight * of_payments
                self._row(("objective", t, q), terms, ">=", Fraction(0))

    def limits(self, column):
        return (None, None) if column >= self.epigraph else super().limits(column)

    def complete(self, values):
        """The epigraph columns as large as the rows allow."""
        for row in self.rows:
            if row.name[0] == "objective":
                column = self.epigraph + row.name[1]
                level = certificates.total(row.terms, {**values, column: Fraction(0)})
                values[column] = min(values.get(column, level), level)


def random_sets(case, rng):
    """(sets by type, None where a type has none; the lines that say them)"""
    e = case.environment
    n, types = e.signal, e.types[0]
    masses = [sum(e.prior[(t, s)] for s in range(n)) for t in range(types)]
    estimates = [[e.prior[(t, s)] / mass for s in range(n)] if mass else None for t, mass in enumerate(masses)]
    constraints, lines = [[] for _ in range(types)], []
    if rng.random() < 0.35:
        for _ in range(rng.randint(1, 2)):
            add_constraint(rng, estimates, constraints, lines)
    extra = ["  extra:"] + lines if lines else []
    if rng.random() < 0.7:
        radius = Fraction(rng.choice([0, 1, 1000] + [rng.randint(1, 40)] * 6), rng.choice([100, 1000]))
        sets = [None if q is None else BeliefSet([max(Fraction(0), v - radius) for v in q],
                                                 [min(Fraction(1), v + radius) for v in q], constraints[t])
                for t, q in enumerate(estimates)]
        return sets, ["robust:", "  box: " + exact(radius)] + extra
    low, high = [], []
    for q in estimates:
        # Of a type of probability zero any table will do that some belief obeys.
        q = q or [Fraction(1, n)] * n
        low.append([max(Fraction(0), v - Fraction(rng.randint(0, 30), 100)) for v in q])
        high.append([min(Fraction(1), v + Fraction(rng.randint(0, 30), 100)) for v in q])
    tables = ["  %s: [%s]" % (name, ", ".join("[%s]" % ", ".join(map(exact, row)) for row in table))
              for name, table in (("lower", low), ("upper", high))]
    return [BeliefSet(a, b, constraints[t]) for t, (a, b) in enumerate(zip(low, high))], ["robust:"] + tables + extra


def add_constraint(rng, estimates, constraints, lines):
    """A constraint on the belief of a type that its estimate obeys."""
    t = rng.randrange(len(estimates))
    if estimates[t] is None:
        return
    coefficients = [Fraction(rng.randint(-2, 3)) for _ in estimates[t]]
    at = dot(coefficients, estimates[t])
    at_least = at - Fraction(rng.randint(0, 20), 100) if rng.random() < 0.6 else None
    at_most = at + Fraction(rng.randint(0, 20), 100) if at_least is None or rng.random() < 0.3 else None
    constraints[t].append((coefficients, at_least, at_most))
    text = "    - {type: t%d, coefficients: [%s]" % (t + 1, ", ".join(map(exact, coefficients)))
    for name, value in (("at-least", at_least), ("at-most", at_most)):
        text += "" if value is None else ", %s: %s" % (name, exact(value))
    lines.append(text + "}")


def compare(case, rng, found):
    case.rules.irs = ["ex-interim"] if case.rules.irs[0] == "ex-ante" else case.rules.irs
    sets, lines = random_sets(case, rng)
    case.sections += lines
    path = found.write("case.yaml", case.text())
    worst_case = rng.random() < 0.4
    program = RobustProgram(case.environment, case.rules, sets, worst_case)
    goal = "worst-case" if worst_case else "estimate"
    answers = {}
    for method in ("cuts", "compact"):
        said = found.ask("robust", "--json", "--objective", goal, "--method", method, path)
        if said is None:
            return
        if said["proof"] != "exact":
            found.problem("robust, %s, not proved: %s, %s" % (method, said["status"], said["reason"]))
            return
        answers[method] = said["status"], comparing.fraction(said["objective"])
        if said["status"] == "optimal":
            mechanism(case, program, said, method, found)
    answer = answers["cuts"]
    if answers["compact"] != answer:
        found.problem("cutting planes say %s %s, the compact program %s %s" % (*answer, *answers["compact"]))
    found.count("robust, %s" % answer[0])
    upper_bound(case, program, answer, found)


def mechanism(case, program, said, method, found):
    """The mechanism printed holds at every vertex, and is worth what is said."""
    labels = certificates.Labels(case.agents, case.players, case.outcomes)
    values = comparing.values_said(case, said, program, labels)
    program.complete(values)
    try:
        certificates.obeys(program, values)
    except certificates.Refuted as refuted:
        found.problem("the robust mechanism (%s) breaks a rule: %s" % (method, refuted))
    if certificates.total(program.costs, values) != comparing.fraction(said["objective"]):
        found.problem("the robust mechanism (%s) is worth %s, said is %s" % (
            method, certificates.total(program.costs, values), said["objective"]))
    found.count("robust mechanisms that hold at every vertex")


def upper_bound(case, program, answer, found):
    """Nothing does better: by HiGHS, and in fractions where HiGHS disagrees or the program is small."""
    status, objective = answer
    if "highs" in found.peers:
        said = peers.highs(program)
        if said[0] == "no optimum" and status != "optimal" or said[0] == status and (
                objective is None or comparing.near(said[1], float(objective))):
            found.count("highs agrees (robust)")
            return
    elif len(program.rows) * program.columns > SMALL:
        return
    truth = exact_simplex.solve(program)
    if truth != answer:
        found.problem("robust: in fractions %s %s, said is %s %s" % (*truth, *answer))
        return
    found.count("robust optima found in fractions")
    if "highs" in found.peers:
        comparing.judge(case, "highs (robust)", said, answer, found)
