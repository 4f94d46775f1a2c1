#!/bin/sh
# Double-precision solvers beside sidebet on the table .25+d .25 / .25 .25-d, d = 1e-1 ... 1e-15.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   sh demos/near-independence/compare.sh [joint|conditional [K]]      d down to 1e-K
#
# The optimum is 1.75 - d, all of the surplus, for every d. Each solver gets the same linear program
# with its default settings, in CPLEX LP format (or, HiGHS, as arrays by scipy): allocation
# probabilities, free payments, Bayes-Nash incentive and ex-interim participation rows. `joint`
# multiplies each row by its type's probability, so that every coefficient is a short decimal;
# `conditional` (the default) is how the program is usually written. Prints a table in Markdown;
# answers that are off by more than a tenth are bold, and a solver that is not there says so.
# SIDEBET (build/sidebet), PYTHON (python3) choose the programs.
set -u
cd "$(dirname "$0")/../.." || exit 3
rows=${1:-conditional}
case $rows in joint | conditional) ;; *) echo "compare.sh: rows are joint or conditional, not '$rows'" >&2; exit 2 ;; esac
last=${2:-15}
SIDEBET=${SIDEBET:-build/sidebet}
[ -x "$SIDEBET" ] || { echo "compare.sh: there is no $SIDEBET: say make, or SIDEBET=PROGRAM" >&2; exit 3; }
for PYTHON in ${PYTHON:-python3 /usr/bin/python3} false; do
    "$PYTHON" -c 'import scipy.optimize' >/dev/null 2>&1 && break
done
scratch=$(mktemp -d) || exit 3
trap 'rm -rf "$scratch"' EXIT
LC_ALL=C
export LC_ALL

# 0.25 plus or minus 10^-k as exact decimals.
high() { awk -v k="$1" 'BEGIN { if (k == 1) print "0.35"; else if (k == 2) print "0.26"; else { printf "0.25"; for (i = 3; i < k; i++) printf "0"; print "1" } }'; }
low() { awk -v k="$1" 'BEGIN { if (k == 1) print "0.15"; else if (k == 2) print "0.24"; else { printf "0.24"; for (i = 3; i < k; i++) printf "9"; print "9" } }'; }

environment() { # HIGH LOW
    cat <<END
item: {bidders: [{name: agent 1, values: [1, 2]}, {name: agent 2, values: [1, 2]}]}
prior: [[$1, 0.25], [0.25, $2]]
END
}

# The program itself. aIJ, bIJ: the item goes to agent 1, 2 at (I, J); xIJ, yIJ: what they pay.
program() { # HIGH LOW ROWS
    awk -v high="$1" -v low="$2" -v rows="$3" '
    function term(c, v) { if (c != 0) printf " %s %.17g %s%s", c < 0 ? "-" : "+", c < 0 ? -c : c, v, (++terms % 6 ? "" : "\n ") }
    function at(agent, own, other) { return agent == 1 ? own other : other own }
    # sign times the interim utility of type t of an agent that reports r
    function utility(agent, t, r, sign,    o, w) {
        for (o = 1; o <= 2; o++) {
            w = p[at(agent, t, o)] / (rows == "joint" ? 1 : p[at(agent, t, 1)] + p[at(agent, t, 2)])
            term(sign * w * t, (agent == 1 ? "a" : "b") at(agent, r, o))
            term(-sign * w, (agent == 1 ? "x" : "y") at(agent, r, o))
        }
    }
    BEGIN {
        p["11"] = high + 0; p["12"] = p["21"] = 0.25; p["22"] = low + 0
        print "Maximize"; printf " revenue:"
        for (c in p) { term(p[c], "x" c); term(p[c], "y" c) }
        print "\nSubject To"
        for (c in p) printf " once%s: a%s + b%s <= 1\n", c, c, c
        for (agent = 1; agent <= 2; agent++) for (t = 1; t <= 2; t++) {
            terms = 0; printf " ir%d%d:", agent, t; utility(agent, t, t, 1); print " >= 0"
            terms = 0; printf " ic%d%d:", agent, t; utility(agent, t, t, 1); utility(agent, t, 3 - t, -1); print " >= 0"
        }
        print "Bounds"
        for (c in p) printf " x%s free\n y%s free\n", c, c
        print "End"
    }'
}

glpk() { # FILE OPTION...
    command -v glpsol >/dev/null 2>&1 || { echo 'not installed'; return; }
    file=$1
    shift
    rm -f "$scratch/answer"
    glpsol --lp "$file" -w "$scratch/answer" "$@" >"$scratch/log" 2>&1
    ! grep -q 'PROBLEM HAS UNBOUNDED SOLUTION' "$scratch/log" || { echo unbounded; return; }
    awk '$1 == "s" { found = 1; if ($5 == "f" && $6 == "f") printf "%.12g\n", $7; else print "no optimum" }
        END { if (!found) print "no answer" }' "$scratch/answer" 2>/dev/null || echo 'no answer'
}
clp_answer() { # FILE
    command -v clp >/dev/null 2>&1 || { echo 'not installed'; return; }
    clp "$1" solve quit >"$scratch/log" 2>&1
    answer=$(sed -n 's/^Optimal objective \(-*[0-9.e+-]*\) .*/\1/p' "$scratch/log" | tail -n 1)
    # It minimises the negative of what is maximised.
    [ -n "$answer" ] && echo "$answer" | awk '{ printf "%.12g\n", $1 < 0 ? -$1 : $1 }' || echo 'no optimum'
}
highs() { # HIGH LOW ROWS
    [ "$PYTHON" != false ] || { echo 'not installed'; return; }
    "$PYTHON" - "$@" <<'END'
import sys
from scipy.optimize import linprog
high, low, rows = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
p = [[high, 0.25], [0.25, low]]
index = {}
for name in 'abxy':
    for i in range(2):
        for j in range(2):
            index[name, i, j] = len(index)
def profile(agent, own, other):
    return (own, other) if agent == 0 else (other, own)
def utility(row, agent, t, r, sign):
    total = sum(p[i][j] for i, j in (profile(agent, t, o) for o in range(2)))
    for o in range(2):
        i, j = profile(agent, t, o)
        w = p[i][j] / (1 if rows == 'joint' else total)
        i, j = profile(agent, r, o)
        row[index['ab'[agent], i, j]] += sign * w * (t + 1)
        row[index['xy'[agent], i, j]] -= sign * w
cost = [0.0] * 16
upper, limits = [], []
for i in range(2):
    for j in range(2):
        cost[index['x', i, j]] = cost[index['y', i, j]] = -p[i][j]
        row = [0.0] * 16
        row[index['a', i, j]] = row[index['b', i, j]] = 1
        upper.append(row); limits.append(1)
for agent in range(2):
    for t in range(2):
        row = [0.0] * 16
        utility(row, agent, t, t, -1)
        upper.append(row[:]); limits.append(0)
        utility(row, agent, t, 1 - t, 1)
        upper.append(row); limits.append(0)
answer = linprog(cost, upper, limits, bounds=[(0, None)] * 8 + [(None, None)] * 8, method='highs')
print('%.12g' % -answer.fun if answer.status == 0 else 'unbounded' if answer.status == 3 else 'no optimum')
END
}
exact() { # HIGH LOW, then the member of the JSON
    environment "$1" "$2" | "$SIDEBET" solve --json --report-payments smallest - 2>/dev/null |
        sed -n "s/.*\"$3\": {\"value\": \([^,]*\), \"exact\": \"\([^\"]*\)\".*/\1 \2/p"
}
mark() { # ANSWER EXACT: bold where it is wrong
    awk -v answer="$1" -v right="$2" 'BEGIN {
        wrong = answer ~ /^[-0-9]/ ? (answer - right > 0.1 || right - answer > 0.1) : answer != "not installed"
        print wrong ? "**" answer "**" : answer }'
}

echo "Rows: $rows."
echo
echo '| d | exact optimum (sidebet) | smallest largest payment | GLPK | glpsol --exact | CLP | HiGHS |'
echo '|---|---|---|---|---|---|---|'
for k in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    [ "$k" -le "$last" ] || break
    h=$(high $k) l=$(low $k)
    program "$h" "$l" "$rows" >"$scratch/program.lp"
    optimum=$(exact "$h" "$l" objective)
    payment=$(exact "$h" "$l" max_payment)
    value=${optimum% *}
    printf '| 1e-%d | %s | %s | %s | %s | %s | %s |\n' "$k" "$value" "${payment#* }" \
        "$(mark "$(glpk "$scratch/program.lp")" "$value")" \
        "$(mark "$(glpk "$scratch/program.lp" --exact)" "$value")" \
        "$(mark "$(clp_answer "$scratch/program.lp")" "$value")" \
        "$(mark "$(highs "$h" "$l" "$rows")" "$value")"
done
