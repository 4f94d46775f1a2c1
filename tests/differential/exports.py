"""What sidebet lp writes, read again and compared with the program of program.py, number by number.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later

A solver that disagrees on an exported program that is the right one errs itself.
"""
import re
from fractions import Fraction

from certificates import number


class Wrong(Exception):
    pass


class Export:
    """rows: name -> (terms, sense, right); limits: column -> (low, high); binary: columns."""

    def __init__(self):
        self.objective, self.rows, self.limits, self.binary = {}, {}, {}, set()


def infinite(text):
    return text.lstrip("+-").lower() in ("inf", "infinity")


def limit(text):
    return None if infinite(text) else number(text)


def read_cplex(path):
    """CPLEX LP as sidebet writes it: every coefficient has its sign and number before it."""
    export, section, statement = Export(), "", ""
    sections = {"maximize": "objective", "subject to": "rows", "bounds": "bounds", "binaries": "binary",
                "binary": "binary", "end": ""}

    def finish():
        if not statement:
            return
        name, _, rest = statement.partition(":")
        words = rest.split()
        right, sense = None, None
        if section == "rows":
            sense, right = words[-2], number(words[-1])
            words = words[:-2]
        terms = {}
        if words[:1] == ["0"]:
            words = ["+"] + words
        if words:
            if len(words) % 3:
                raise Wrong("cannot read the terms of %s" % name)
            for sign, factor, column in zip(words[::3], words[1::3], words[2::3]):
                terms[column] = terms.get(column, 0) + (-1 if sign == "-" else 1) * number(factor)
        if section == "objective":
            export.objective = terms
        else:
            export.rows[name.strip()] = terms, sense, right

    with open(path, encoding="ascii") as file:
        for line in file:
            line = line.rstrip("\n")
            if not line.strip() or line.startswith("\\"):
                continue
            head = line.strip().lower()
            if not line.startswith(" ") and head in sections:
                finish()
                section, statement = sections[head], ""
            elif section in ("objective", "rows"):
                if ":" in line:
                    finish()
                    statement = ""
                statement += " " + line.strip()
                statement = statement.strip()
            elif section == "bounds":
                words = line.split()
                if words[1:] == ["free"]:
                    export.limits[words[0]] = None, None
                elif len(words) == 5:
                    export.limits[words[2]] = limit(words[0]), limit(words[4])
                elif words[1] == "<=" and not re.match(r"[-+0-9.]", words[0]) and not infinite(words[0]):
                    export.limits[words[0]] = Fraction(0), limit(words[2])
                elif words[1] == "<=":
                    export.limits[words[2]] = limit(words[0]), None
                else:
                    raise Wrong("cannot read the bound %r" % line)
            elif section == "binary":
                export.binary.update(line.split())
    return export


def read_mps(path):
    """Free MPS, to be minimised."""
    export, section, integer = Export(), "", False
    senses = {"G": ">=", "L": "<=", "E": "="}
    columns = set()
    with open(path, encoding="ascii") as file:
        for line in file:
            words = line.split()
            if not words or line.startswith("*"):
                continue
            if not line.startswith(" "):
                section = words[0]
            elif section == "ROWS" and words[0] != "N":
                export.rows[words[1]] = ({}, senses[words[0]], Fraction(0))
            elif section == "COLUMNS":
                if len(words) > 1 and words[1] == "'MARKER'":
                    integer = words[2] == "'INTORG'"
                    continue
                if words[0] not in columns:
                    columns.add(words[0])
                    export.limits[words[0]] = Fraction(0), None
                    if integer:
                        export.binary.add(words[0])
                if words[1] == "objective":
                    export.objective[words[0]] = -number(words[2])
                else:
                    export.rows[words[1]][0][words[0]] = number(words[2])
            elif section == "RHS":
                terms, sense, _ = export.rows[words[1]]
                export.rows[words[1]] = terms, sense, number(words[2])
            elif section == "BOUNDS":
                _bound(export, words)
    return export


def _bound(export, words):
    kind, column = words[0], words[2]
    low, high = export.limits.get(column, (Fraction(0), None))
    if kind == "FR":
        low, high = None, None
    elif kind == "MI":
        low = None
    elif kind == "LO":
        low = number(words[3])
    elif kind == "UP":
        high = number(words[3])
    elif kind == "BV":
        low, high = Fraction(0), Fraction(1)
        export.binary.add(column)
    else:
        raise Wrong("a bound of kind %s" % kind)
    export.limits[column] = low, high


class Names:
    """How exports call columns and rows of environments whose labels are made of letters, digits
    and blanks."""

    def __init__(self, agents, players, outcomes):
        self.agents = agents
        self.players, self.outcomes = players, [name.replace(" ", "_") for name in outcomes]

    def profile(self, profile, leave_out=None):
        players = [labels for k, labels in enumerate(self.players) if k != leave_out]
        return ",_".join(labels[t] for labels, t in zip(players, profile))

    def column(self, program, column):
        e = program.environment
        if program.is_payment(column):
            k, i = divmod(column - program.first_payment, program.agents)
            return "x(%s___%s)" % (self.agents[i], self.profile(e.profiles[k]))
        k, o = divmod(column, e.outcomes)
        return "p(%s___%s)" % (self.outcomes[o], self.profile(e.profiles[k]))

    def row(self, name):
        kind = name[0]
        if kind == "probability":
            return "sum___" + self.profile(name[1])
        if kind == "budget":
            return "budget___" + self.profile(name[1])
        i, t, others = name[1], name[2], name[-1]
        text = {"incentive": "IC", "participation": "IR"}[kind] + "_" + self.agents[i]
        if t is not None:
            text += "__" + self.players[i][t]
        if kind == "incentive":
            text += "_as_" + self.players[i][name[3]]
        return text + ("___" + self.profile(others, i) if others else "")


def scale_of(terms, written, what):
    """The positive number by which terms were multiplied; raises Wrong where there is none."""
    scale = Fraction(1)
    written = {column: value for column, value in written.items() if value != 0}
    for column, value in terms.items():
        if column not in written:
            raise Wrong("%s: %s is not there" % (what, column))
        scale = written[column] / value
        break
    if scale <= 0:
        raise Wrong("%s is multiplied by %s" % (what, scale))
    wanted = {column: value * scale for column, value in terms.items()}
    if wanted != written:
        column = next(c for c in set(wanted) | set(written) if wanted.get(c) != written.get(c))
        raise Wrong("%s: %s has %s, not %s" % (what, column, written.get(column), wanted.get(column)))
    return scale


def compare(export, program, names):
    """What the objective is multiplied by; raises Wrong at the first difference."""
    call = {column: names.column(program, column) for column in range(program.columns)}
    if len(set(call.values())) != program.columns:
        raise Wrong("two columns share a name")
    wanted = {}
    for row in program.rows:
        wanted[names.row(row.name)] = row
    if set(wanted) != set(export.rows):
        raise Wrong("rows %s" % sorted(set(wanted) ^ set(export.rows))[:4])
    for name, row in wanted.items():
        terms, sense, right = export.rows[name]
        scale = scale_of({call[c]: v for c, v in row.terms.items()}, terms, name)
        if sense != row.sense or (row.terms and right != row.right * scale):
            raise Wrong("%s is %s %s, not %s %s" % (name, sense, right, row.sense, row.right * scale))
    for column in range(program.columns):
        low, high = program.limits(column)
        binary = program.rules.deterministic and not program.is_payment(column)
        if binary != (call[column] in export.binary):
            raise Wrong("%s: binary, or not" % call[column])
        # A probability of at most 1 is said by its row.
        written = export.limits.get(call[column], (Fraction(0), None))
        if binary and written[1] == 1:
            written = written[0], None
        if written != (low, high):
            raise Wrong("%s has limits %s" % (call[column], written))
    return scale_of({call[c]: v for c, v in program.costs.items()}, export.objective, "the objective")
