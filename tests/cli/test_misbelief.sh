#!/bin/sh
# sidebet misbelief: a mechanism designed for one prior meets another.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"
belief=demos/almost-independent.yaml truth=demos/simple-example.yaml

run misbelief --json $belief $belief
tap 'the belief is true: exit status 0' exits 0
tap 'the belief is true: revenue is as designed' line_matches '^{"designed_revenue": {"value": 1.749, "exact": "1749/1000"}, "revenue": {"value": 1.749, "exact": "1749/1000"}, "truth_optimum": {"value": 1.749, "exact": "1749/1000"}, "agents": \[{"name": "agent 1", "types": \[{"type": "1", "action": "truth", "report": "1", "utility": {"value": 0, "exact": "0"}'
tap 'the belief is true: nobody leaves or lies' sh -c '! grep -qE "\"(misreport|exit)\"" "$1"' sh "$out"

for kind in vertex smallest; do
    run misbelief --json --report-payments $kind $belief $truth
    tap "$kind: exit status 0" exits 0
    tap "$kind: said so" line_matches "\"payments_kind\": \"$kind\""
    tap "$kind: designed to earn 1.749 where 1.5 is the best" line_matches '"designed_revenue": {"value": 1.749, "exact": "1749/1000"}, .*"truth_optimum": {"value": 1.5, "exact": "3/2"}'
    tap "$kind: earns less than 1.5" sh -c 'sed -n "s/.*, \"revenue\": {\"value\": \([^,]*\), .*\"truth_optimum\".*/\1/p" "$1" | awk "{ exit \$1 < 1.5 ? 0 : 1 }"' sh "$out"
    tap "$kind: somebody misreports or stays away" sh -c 'grep -qE "\"action\": \"(misreport|exit)\"" "$1"' sh "$out"
    tap "$kind: everything exact" line_matches '"proof": "exact"'
    # A best reply is at least the truth and the outside option.
    if command -v python3 >/dev/null 2>&1; then
        tap "$kind: replies are best" python3 -c '
import json, sys
from fractions import Fraction as F
for agent in json.load(open(sys.argv[1]))["agents"]:
    for t in agent["types"]:
        best, truth, outside = (F(t[k]["exact"]) for k in ("utility", "truth_utility", "outside"))
        assert best >= truth and best >= outside
        assert (t["report"] is None) == (t["action"] == "exit")
        assert t["action"] != "truth" or t["report"] == t["type"] and best == truth
        assert t["action"] != "exit" or best == outside > truth' "$out"
    else
        skip "$kind: replies are best" 'no python3'
    fi
done

# By hand: one bidder worth 1 or 2, two signals, beliefs .75 .25 / .25 .75, and the mechanism that
# asks 1/2 on signal 1 and 5/2 on signal 2 of everybody. If the truth is .5 .5 for both, the price is
# 3/2: type 1 stays away, type 2 gains 1/2; the seller gets half of 3/2.
cat >"$scratch/belief.yaml" <<'END'
item: {bidders: [{name: bidder, values: [1, 2]}]}
signal: {name: weather, values: [rain, dry]}
prior: [[3/8, 1/8], [1/8, 3/8]]
rules: {ic: ex-post, ir: ex-interim}
END
cat >"$scratch/truth.yaml" <<'END'
item: {bidders: [{name: bidder, values: [1, 2]}]}
signal: {name: weather, values: [rain, dry]}
prior: [[1/4, 1/4], [1/4, 1/4]]
rules: {ic: ex-post, ir: ex-interim}
END
run misbelief --json "$scratch/belief.yaml" "$scratch/truth.yaml"
tap 'by hand: designed 3/2, earns 3/4, could earn 1' line_matches '^{"designed_revenue": {"value": 1.5, "exact": "3/2"}, "revenue": {"value": 0.75, "exact": "3/4"}, "truth_optimum": {"value": 1, "exact": "1"}'
tap 'by hand: type 1 stays away' line_matches '{"type": "1", "action": "exit", "report": null, "utility": {"value": 0, "exact": "0"}, "truth_utility": {"value": -0.5, "exact": "-1/2"}'
tap 'by hand: type 2 tells the truth' line_matches '{"type": "2", "action": "truth", "report": "2", "utility": {"value": 0.5, "exact": "1/2"}'
run misbelief "$scratch/belief.yaml" "$scratch/truth.yaml"
tap 'text: the earnings' sh -c 'grep -q "^designed revenue 1.5 = 3/2 (exact)$" "$1" && grep -q "^revenue under the truth 0.75 = 3/4$" "$1" && grep -q "own optimum 1$" "$1"' sh "$out"
tap 'text: what the types do' sh -c 'grep -q "bidder of type 1  *stays away  *0  *-0.5  *0$" "$1" && grep -q "bidder of type 2  *tells the truth  *0.5  *0.5  *0$" "$1"' sh "$out"
tap 'text: the lesson' sh -c 'tr "\n" " " <"$1" | grep -q "Designed to earn 1.5, the mechanism earns 0.75 under the truth, where knowing it would earn 1; of 2 types 1 still tells the truth, 0 misreport and 1 stays away"' sh "$out"
tap 'text: the safe radius' line_matches '^safe radius '

run misbelief --csv "$scratch/belief.yaml" "$scratch/truth.yaml"
tap 'CSV: the replies' sh -c '[ "$(cat "$1")" = "agent,type,action,report,utility,utility_exact,truth_utility,truth_utility_exact,outside,outside_exact
bidder,1,exit,,0,0,-0.5,-1/2,0,0
bidder,2,truth,2,0.5,1/2,0.5,1/2,0,0" ]' sh "$out"
run misbelief --csv --along 4 "$scratch/belief.yaml" "$scratch/truth.yaml"
tap 'along: from the designed revenue' line_matches '^0,0,1.5,3/2,1.5,3/2$'
tap 'along: through the truth' line_matches '^1,1,0.75,3/4,1,1$'
tap 'along: and as far beyond' sh -c '[ "$(wc -l <"$1")" -eq 10 ] && grep -q "^2,2," "$1"' sh "$out"
run misbelief --csv --along 2 demos/almost-independent.yaml "$scratch/corner.yaml"
tap 'along: a missing file is named' complains corner.yaml
printf 'item: {bidders: [{name: agent 1, values: [1, 2]}, {name: agent 2, values: [1, 2]}]}\nprior: [[1, 0], [0, 1]]\n' >"$scratch/corner.yaml"
run misbelief --csv --along 2 $belief "$scratch/corner.yaml"
tap 'along: ends where a probability would be negative' sh -c '[ "$(tail -n 1 "$1" | cut -d, -f1)" = 1 ]' sh "$out"
run misbelief --json --along 2 "$scratch/belief.yaml" "$scratch/truth.yaml"
tap 'along: in JSON' line_matches '"along": \[{"s": {"value": 0, "exact": "0"}, "revenue": {"value": 1.5, "exact": "3/2"}, "truth_optimum": {"value": 1.5, "exact": "3/2"}}, '
run misbelief --json --slack 0,1/10 $belief $truth
tap 'slack: what it costs' line_matches '"slacks": \[{"slack": {"value": 0, "exact": "0"}, "status": "optimal", "proof": "exact", "objective": {"value": 1.749, "exact": "1749/1000"}, "cost": {"value": 0, "exact": "0"}, '
tap 'slack: a tenth costs a tenth for each agent' line_matches '{"slack": {"value": 0.1, "exact": "1/10"}, "status": "optimal", "proof": "exact", "objective": {"value": 1.549, "exact": "1549/1000"}, "cost": {"value": 0.2, "exact": "1/5"}, '
run misbelief --slack 0.1 $belief $truth
tap 'slack: a table' line_matches '^ *slack  *optimum  *cost  *largest payment  *safe radius  *true revenue$'
tap 'text: within 80 columns' sh -c '! grep -q "^.\{81,\}" "$1"' sh "$out"
run misbelief --proof floating --json $belief $truth
tap 'floating: no number is called exact' line_matches '^{"designed_revenue": {"value": [0-9.]*, "exact": null}, "revenue": {"value": [-0-9.e]*, "exact": null}'
run misbelief --ir ex-post --json $belief $truth
tap 'rules of the command line hold for both' line_matches '^{"designed_revenue": {"value": 1.499, .*"truth_optimum": {"value": 1.5, .*"ir": "ex-post"'

refused() { # NAME WORDS ARGUMENT...
    what=$1 words=$2
    shift 2
    run "$@"
    tap "$what: exit status 2" exits 2
    tap "$what: nothing printed" silent
    tap "$what: says $words" complains "$words"
}
refused 'one file' 'needs a BELIEF TRUTH' misbelief $belief
refused 'three files' 'one argument too many' misbelief $belief $truth $truth
refused 'another environment' agent misbelief $belief "$scratch/truth.yaml"
refused 'steps of nothing' 'a whole number from 1' misbelief --along 0 $belief $truth
refused 'negative slack' 'is negative' misbelief --slack -1 $belief $truth
refused 'two tables in CSV' 'leave out one of them' misbelief --csv --along 2 --slack 0 $belief $truth
run misbelief --ir none $belief $truth
tap 'no mechanism to freeze: exit status 1' exits 1
tap 'no mechanism to freeze: says why' complains 'is unbounded'
tap 'no mechanism to freeze: nothing printed' silent
finish
