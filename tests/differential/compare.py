"""One case: what sidebet says of it, against fractions and the other solvers.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later

Fractions decide. Where the certificate holds, and the exported program is the right one number by
number, a solver in double precision that says something else errs, however its tolerances are set:
that is a disagreement explained. In all other cases a disagreement is a problem.
"""
import collections
import json
import os
import subprocess
from fractions import Fraction

import certificates
import enumerate_outcomes
import exports
import peers
import robust_cases
from program import Program
from random_environments import UNSTABLE

SECONDS = 300
NEAR = 1e-6


class Findings:
    def __init__(self, program, folder, names):
        self.program, self.folder, self.peers = program, folder, names
        self.counts, self.problems, self.explained = collections.Counter(), [], []

    def path(self, name):
        return os.path.join(self.folder, name)

    def problem(self, text):
        self.problems.append(text)

    def count(self, name):
        self.counts[name] += 1

    def explain(self, reason, detail):
        self.explained.append((reason, detail))

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def run(self, *words, fine=(0, 1)):
        """(exit status, standard output) of sidebet."""
        try:
            done = subprocess.run([self.program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                  stdin=subprocess.DEVNULL, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            self.problem("no answer within %d s: sidebet %s" % (SECONDS, " ".join(words)))
            return -1, ""
        if done.returncode not in fine:
            self.problem("exit status %d: sidebet %s\n%s" % (done.returncode, " ".join(words), done.stderr[-3000:]))
        return done.returncode, done.stdout

    def ask(self, *words, fine=(0, 1)):
        """The JSON object that sidebet prints, or None where the exit status is not fine."""
        status, text = self.run(*words, fine=fine)
        return json.loads(text) if status in fine else None


def near(a, b):
    return abs(a - b) <= NEAR * (1 + abs(b))


def fraction(number):
    """Of a number in JSON."""
    return None if number is None else certificates.number(number["exact"])


def compare(case, kind, rng, found):
    if kind == "robust":
        robust_cases.compare(case, rng, found)
        return
    program = Program(case.environment, case.rules)
    path = found.write("case.yaml", case.text())
    if kind == "deterministic":
        enumerate_outcomes.compare(case, program, path, found)
        return
    answer = proved_answer(case, program, path, found)
    if answer is None:
        return
    found.count("proved %s" % answer[0])
    floating(case, path, answer, found)
    solvers(case, program, path, rng, answer, found)
    if answer[0] == "optimal" and rng.random() < 0.3:
        smallest_payments(case, path, answer[1], found)
    if kind == "small" and rng.random() < 0.2:
        frontier(case, path, rng, found)
    if rng.random() < 0.3:
        extraction(case, path, found)


def proved_answer(case, program, path, found, name="case"):
    """(status, objective) where the certificate holds in fractions; else None and a problem."""
    certificate = found.path(name + ".certificate")
    said = found.ask("solve", "--json", "--certificate", certificate, path)
    if said is None:
        return None
    if said["proof"] != "exact":
        found.problem("not proved: status %s, proof %s, %s" % (said["status"], said["proof"], said["reason"]))
        return None
    labels = certificates.Labels(case.agents, case.players, case.outcomes)
    try:
        status, objective = certificates.check(certificate, program, labels)
    except certificates.Refuted as refuted:
        found.problem("the certificate of %s does not hold: %s" % (said["status"], refuted))
        return None
    if (status, objective) != (said["status"], fraction(said["objective"])):
        found.problem("the certificate proves %s %s; said is %s %s" % (
            status, objective, said["status"], said["objective"]))
        return None
    found.count("certificates that hold in fractions")
    if found.run("verify", "--against", path, certificate)[0] != 0:
        found.problem("sidebet verify refuses the certificate")
    if status == "optimal":
        mechanism_said(case, program, said, objective, labels, found)
    return status, objective


def values_said(case, said, program, labels):
    """The mechanism in JSON as numbers of the columns."""
    e, values = program.environment, {}
    players = case.agents + (["news"] if e.signal else [])
    for entry in said["mechanism"]:
        k = e.index[labels.profile([entry["profile"][player] for player in players])]
        for name, text in entry["exact"]["allocation"].items():
            values[k * e.outcomes + labels.outcomes[name]] = certificates.number(text)
        for name, text in entry["exact"]["payments"].items():
            if program.pays:
                values[program.payment(k, labels.agents[name])] = certificates.number(text)
    return values


def mechanism_said(case, program, said, objective, labels, found):
    """The mechanism that is printed obeys the rules, and the numbers beside it are its own."""
    e = case.environment
    values = values_said(case, said, program, labels)
    try:
        certificates.obeys(program, values)
    except certificates.Refuted as refuted:
        found.problem("the mechanism printed breaks a rule: %s" % refuted)
    totals = {}
    for name, weights in (("revenue", (1, 0, 1)), ("welfare", (0, 1, 1))):
        costs = Program(e, case.rules.but(weights=weights, ics=["none"] * len(e.types), irs=["none"] * len(e.types),
                                          payments="free" if program.pays else "none")).costs
        totals[name] = certificates.total(costs, values)
    totals["objective"] = certificates.total(program.costs, values)
    totals["full_surplus"] = e.full_surplus()
    totals["max_payment"] = max((abs(v) for c, v in values.items() if program.is_payment(c)), default=Fraction(0))
    if totals["objective"] != objective:
        found.problem("the mechanism printed reaches %s, not %s" % (totals["objective"], objective))
    for name, number in totals.items():
        if fraction(said[name]) != number:
            found.problem("%s is %s, said is %s" % (name, number, said[name]))


def floating(case, path, answer, found):
    """In double precision alone infeasible and unbounded are said only where they are proved."""
    said = found.ask("solve", "--json", "--proof", "floating", path, fine=(0, 1, 3))
    if said is None:
        return
    if said["status"] == "failed":
        found.explain("sidebet in double precision gives up, and says so", said["reason"])
    elif said["status"] != answer[0]:
        found.problem("--proof floating says %s, proved is %s" % (said["status"], answer[0]))
    elif answer[0] == "optimal" and not near(said["objective"]["value"], float(answer[1])):
        detail = "%.12g, proved is %.12g" % (said["objective"]["value"], float(answer[1]))
        if said["proof"] != "floating" or case.shape not in UNSTABLE:
            found.problem("--proof floating says %s (%s)" % (detail, said["proof"]))
        else:
            found.explain("sidebet in double precision, %s" % case.shape, detail)
    else:
        found.count("floating-point answers that agree")


def judge(case, name, said, answer, found):
    """Of a solver in double precision whose program is the right one. answer: what is proved."""
    status, objective = said
    if status == "gave-up":
        found.explain("%s gives up" % name, "proved is %s" % answer[0])
    elif status == "no optimum" and answer[0] in ("infeasible", "unbounded"):
        found.count("%s agrees" % name)
    elif status == answer[0] and (status != "optimal" or near(objective, float(answer[1]))):
        found.count("%s agrees" % name)
    else:
        proved = answer[0] if answer[1] is None else "%s %.12g" % (answer[0], float(answer[1]))
        saying = status if objective is None else "%s %.12g" % (status, objective)
        shape = case.shape if case.shape in UNSTABLE else "benign"
        what = "off" if status == answer[0] else "%s for %s" % (status, answer[0])
        found.explain("%s errs: %s, %s" % (name, shape, what), "it says %s, proved is %s" % (saying, proved))


def exported(case, program, path, kind, found):
    """(file, scale of its objective) of the program that sidebet writes, where it is the right one."""
    read = {"cplex": exports.read_cplex, "mps": exports.read_mps}[kind]
    export = found.path("case." + kind)
    found.run("lp", "--format", kind, "--output", export, path)
    try:
        scale = exports.compare(read(export), program, exports.Names(case.agents, case.players, case.outcomes))
    except exports.Wrong as wrong:
        found.problem("the program exported as %s is another: %s" % (kind, wrong))
        return None
    found.count("exported programs that are the right ones")
    return export, scale


def solvers(case, program, path, rng, answer, found):
    for kind in ("cplex", "mps"):
        written = exported(case, program, path, kind, found)
        if written is None:
            continue
        export, scale = written
        if "glpsol" in found.peers and (kind == "cplex" or rng.random() < 0.25):
            judge_scaled(case, "glpsol", peers.glpsol(export, kind), scale, answer, found)
        if "clp" in found.peers and kind == "mps":
            judge_scaled(case, "clp", peers.clp(export), scale, answer, found)
    if "highs" in found.peers:
        judge(case, "highs", peers.highs(program), answer, found)


def judge_scaled(case, name, said, scale, answer, found):
    status, objective = said
    judge(case, name, (status, None if objective is None else objective / float(scale)), answer, found)


def other_rules(case, found, name, rules):
    """What is proved of the case under other rules."""
    path = found.write(name + ".yaml", case.text(rules))
    return proved_answer(case, Program(case.environment, rules), path, found, name)


def smallest_payments(case, path, objective, found):
    """With the largest payment as a bound the optimum is reached, with a smaller bound it is not."""
    if case.rules.payments not in ("free", "no-deficit", "balanced", "no-subsidies", "bounded"):
        return
    said = found.ask("solve", "--json", "--report-payments", "smallest", path)
    if said is None:
        return
    if said["status"] != "optimal" or fraction(said["objective"]) != objective:
        found.problem("with smallest payments: %s %s" % (said["status"], said["objective"]))
        return
    program = Program(case.environment, case.rules)
    labels = certificates.Labels(case.agents, case.players, case.outcomes)
    values = values_said(case, said, program, labels)
    try:
        certificates.obeys(program, values)
    except certificates.Refuted as refuted:
        found.problem("the mechanism of smallest payments breaks a rule: %s" % refuted)
    if certificates.total(program.costs, values) != objective:
        found.problem("the mechanism of smallest payments is not optimal")
    largest = max((abs(v) for c, v in values.items() if program.is_payment(c)), default=Fraction(0))
    if largest != fraction(said["max_payment"]):
        found.problem("the largest payment is %s, said is %s" % (largest, said["max_payment"]))
    if said["proof"] != "exact":
        found.explain("smallest payments that are not proved", said["reason"])
        return
    if case.rules.payments in ("free", "bounded") and largest > 0:
        below = largest * Fraction(999999, 1000000)
        answer = other_rules(case, found, "below", case.rules.but(payments="bounded", bound=below))
        if answer is not None and answer[0] == "optimal" and answer[1] >= objective:
            found.problem("payments smaller than the smallest, %s, reach the optimum" % largest)
        found.count("smallest payments that are the smallest")


def frontier(case, path, rng, found):
    """The payment-cap frontier at a cap, by its breakpoints and as a program of its own; where
    free payments have no optimum, sidebet says that instead."""
    answer = other_rules(case, found, "free", case.rules.but(payments="free", bound=None))
    if answer is None or answer[0] == "unbounded":
        return
    said = found.ask("cap", "--json", path)
    if said is None or said["proof"] != "exact" or not said["complete"] or not said["breakpoints"]:
        return
    points = [(fraction(p["bound"]), fraction(p["revenue"])) for p in said["breakpoints"]]
    cap = points[-1][0] * Fraction(rng.randint(0, 12), 10) if points[-1][0] else Fraction(1)
    rules = case.rules.but(payments="bounded", bound=cap) if cap else case.rules.but(payments="none")
    answer = other_rules(case, found, "capped", rules)
    if answer is None:
        return
    if cap < points[0][0]:
        wanted = ("infeasible", None)
    elif cap >= points[-1][0]:
        wanted = ("optimal", points[-1][1])
    else:
        (b, low), (c, high) = next(pair for pair in zip(points, points[1:]) if pair[0][0] <= cap < pair[1][0])
        wanted = ("optimal", low + (high - low) * (cap - b) / (c - b))
    if answer != wanted:
        found.problem("the frontier says %s %s at the cap %s, proved is %s %s" % (*wanted, cap, *answer))
    found.count("points of payment-cap frontiers")


def extraction(case, path, found):
    """Full surplus extraction, decided by the conditions and by the optimum."""
    agents = len(case.environment.types)
    said = found.ask("check", "--json", path)
    if said is None:
        return
    for name, ic in (("bayesian", "bayes-nash"), ("ex_post_ic", "ex-post")):
        rules = case.rules.but(ics=[ic] * agents, irs=["ex-interim"] * agents, weights=(1, 0, 1), payments="free",
                               bound=None, deterministic=False)
        answer = other_rules(case, found, name, rules)
        if answer is None:
            continue
        reaches = answer[0] == "optimal" and answer[1] == case.environment.full_surplus()
        verdict = said["fse"][name]
        if verdict is not reaches:
            found.problem("check says %s of %s extraction; the optimum is %s, the full surplus %s" % (
                verdict, name, answer, case.environment.full_surplus()))
        found.count("verdicts on full surplus extraction")
