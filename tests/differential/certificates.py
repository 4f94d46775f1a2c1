"""Certificates, read and checked with fractions, as sidebet(5) says: nothing of sidebet is used.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later

What is checked is the program of program.py, made from the environment that the certificate should
be about, so that a certificate of another program does not pass.
"""
import re
from fractions import Fraction


class Refuted(Exception):
    pass


def number(text):
    """An integer, a decimal or a fraction of two of these."""
    top, _, bottom = text.partition("/")
    return Fraction(top) / Fraction(bottom) if bottom else Fraction(top)


TOKEN = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([\[\]{},:])|([^\[\]{},:\s][^\[\]{},:]*))""")


def flow(text):
    """A value of YAML in flow style: texts, lists, mappings."""
    tokens = []
    position = 0
    while position < len(text.rstrip()):
        match = TOKEN.match(text, position)
        if not match:
            raise Refuted("cannot read %r" % text)
        position = match.end()
        double, single, mark, plain = match.groups()
        if mark:
            tokens.append(("mark", mark))
        elif double is not None:
            tokens.append(("text", double.replace('\\"', '"')))
        else:
            tokens.append(("text", single.replace("''", "'") if single is not None else plain.strip()))

    def value(at):
        kind, token = tokens[at]
        if kind == "text":
            return token, at + 1
        if token == "[":
            items, at = [], at + 1
            while tokens[at] != ("mark", "]"):
                item, at = value(at)
                items.append(item)
                at += tokens[at] == ("mark", ",")
            return items, at + 1
        if token == "{":
            items, at = {}, at + 1
            while tokens[at] != ("mark", "}"):
                key = tokens[at][1]
                items[key], at = value(at + 2)
                at += tokens[at] == ("mark", ",")
            return items, at + 1
        raise Refuted("cannot read %r" % text)

    return value(0)[0]


def read(path):
    """The parts of a certificate but its environment."""
    parts, section, kind = {"multipliers": {}}, None, None
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if not line.strip() or line.startswith("#"):
                continue
            indent = len(line) - len(line.lstrip())
            if indent == 0:
                section, _, rest = line.partition(":")
                kind = None
                if section == "multipliers" and rest.strip():
                    if flow(rest):
                        raise Refuted("cannot read %r" % line)
                elif rest.strip() and rest.strip() != "|":
                    parts[section] = rest.strip()
                elif section in ("mechanism", "direction"):
                    parts[section] = []
            elif section in ("mechanism", "direction"):
                entry = line.strip()
                if entry.startswith("- "):
                    parts[section].append({})
                    entry = entry[2:]
                key, _, rest = entry.partition(":")
                parts[section][-1][key] = flow(rest)
            elif section == "multipliers":
                if indent == 2:
                    kind = line.strip().rstrip(":")
                    parts["multipliers"][kind] = []
                else:
                    parts["multipliers"][kind].append(flow(line.strip()[2:]))
    return parts


class Labels:
    """What the file calls types, signals, agents and outcomes."""

    def __init__(self, agents, players, outcomes):
        self.agents = {name: k for k, name in enumerate(agents)}
        self.players = [{label: k for k, label in enumerate(labels)} for labels in players]
        self.outcomes = {name: k for k, name in enumerate(outcomes)}

    def profile(self, labels, leave_out=None):
        players = [p for k, p in enumerate(self.players) if k != leave_out]
        if len(labels) != len(players):
            raise Refuted("a profile of %d players" % len(labels))
        return tuple(player[label] for player, label in zip(players, labels))


def point(entries, program, labels):
    """A mechanism, or a direction, as numbers of the columns that are not zero."""
    e, values = program.environment, {}
    for entry in entries:
        k = e.index[labels.profile(entry["at"])]
        for name, text in entry.get("outcomes", {}).items():
            values[k * e.outcomes + labels.outcomes[name]] = number(text)
        for name, text in entry.get("payments", {}).items():
            if not program.pays:
                if number(text) != 0:
                    raise Refuted("a payment where there are none")
                continue
            values[program.payment(k, labels.agents[name])] = number(text)
    return values


def total(terms, values):
    return sum(factor * values.get(column, 0) for column, factor in terms.items())


def obeys(program, values, homogeneous=False):
    """Whether values obey every row and limit exactly; homogeneous: with 0 on the right."""
    for row in program.rows:
        if homogeneous and row.name[0] == "probability":
            continue
        left, right = total(row.terms, values), Fraction(0) if homogeneous else row.right
        if left < right or (row.sense == "=" and left != right):
            raise Refuted("%s: %s is not %s %s" % (row.name, left, row.sense, right))
    for column, value in values.items():
        low, high = program.limits(column)
        if homogeneous:
            high = Fraction(0) if high is not None or not program.is_payment(column) else None
            low = Fraction(0) if low is not None else None
        if (low is not None and value < low) or (high is not None and value > high):
            raise Refuted("column %d: %s is out of bounds" % (column, value))


def multipliers(parts, program, labels):
    """By the name of the row; those left out are 0."""
    found = {}

    def put(name, entry):
        if name in found:
            raise Refuted("%s has two multipliers" % (name,))
        found[name] = number(entry["value"])

    for entry in parts["multipliers"].get("probabilities", []):
        put(("probability", labels.profile(entry["at"])), entry)
    for entry in parts["multipliers"].get("budgets", []):
        put(("budget", labels.profile(entry["at"])), entry)
    for kind, name in (("incentives", "incentive"), ("participation", "participation")):
        for entry in parts["multipliers"].get(kind, []):
            i = labels.agents[entry["agent"]]
            types = labels.players[i]
            t = types[entry["type"]] if "type" in entry else None
            others = labels.profile(entry["others"], i) if "others" in entry else ()
            report = (types[entry["report"]],) if name == "incentive" else ()
            put((name, i, t) + report + (others,), entry)
    names = {row.name for row in program.rows}
    for name in found:
        if name not in names:
            raise Refuted("%s is no rule of this program" % (name,))
    return found


def bound(program, found, costs):
    """The largest value of the Lagrangian; raises where it has none."""
    reduced, constant = dict(costs), Fraction(0)
    for row in program.rows:
        factor = found.get(row.name, 0)
        if factor == 0:
            continue
        if row.sense == ">=" and factor < 0:
            raise Refuted("%s has a negative multiplier" % (row.name,))
        # sum_o p = 1 comes as m (1 - sum p), all others as l (g - b).
        sign = -1 if row.name[0] == "probability" else 1
        constant -= sign * factor * row.right
        for column, term in row.terms.items():
            reduced[column] = reduced.get(column, 0) + sign * factor * term
    for column, value in reduced.items():
        if not program.is_payment(column):
            fine = value <= 0
        elif program.rules.payments == "bounded":
            fine, constant = True, constant + program.rules.bound * abs(value)
        elif program.rules.payments == "no-subsidies":
            fine = value <= 0
        else:
            fine = value == 0
        if not fine:
            raise Refuted("column %d: the Lagrangian grows with it (%s)" % (column, value))
    return constant


def check(path, program, labels):
    """(status, objective or None) of a certificate that holds; else raises Refuted."""
    try:
        return _check(path, program, labels)
    except (KeyError, IndexError, ValueError, ZeroDivisionError) as trouble:
        raise Refuted("cannot read %s: %r" % (path, trouble)) from trouble


def _check(path, program, labels):
    parts = read(path)
    status = parts["status"]
    if status in ("optimal", "unbounded"):
        mechanism = point(parts["mechanism"], program, labels)
        obeys(program, mechanism)
    if status == "optimal":
        objective = number(parts["objective"])
        if total(program.costs, mechanism) != objective:
            raise Refuted("the mechanism reaches %s" % total(program.costs, mechanism))
        most = bound(program, multipliers(parts, program, labels), program.costs)
        if most != objective:
            raise Refuted("the multipliers prove %s, not %s" % (most, objective))
        return status, objective
    if status == "infeasible":
        most = bound(program, multipliers(parts, program, labels), {})
        if most >= 0:
            raise Refuted("the multipliers prove nothing: %s" % most)
        return status, None
    if status == "unbounded":
        direction = point(parts["direction"], program, labels)
        obeys(program, direction, homogeneous=True)
        if total(program.costs, direction) <= 0:
            raise Refuted("the direction improves nothing")
        return status, None
    raise Refuted("status %s" % status)
