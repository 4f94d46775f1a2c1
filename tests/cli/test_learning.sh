#!/bin/sh
# sidebet learning: priors that samples cannot tell apart, and what that costs.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"
forecast=demos/learning-is-impossible/forecast.yaml

# ---- the demonstration ----
run learning --json $forecast
tap 'exit status 0' exits 0
tap 'nothing on standard error' quiet
tap 'JSON begins as documented' line_matches '^{"title": "A forecast that is right three times out of four", "full_surplus": {"value": 1.5, "exact": "3/2"}, "samples": 1000, "error": 0.05, "priors": \[{"lambda": {"value": 1, "exact": "1"}, "optimum": {"value": 1.5, "exact": "3/2"}, "extracts": true, "max_payment": {"value": 2.5, "exact": "5/2"}, "total_variation": {"value": 0.25, "exact": "1/4"}, "bhattacharyya_gap": 0.0340741737'
tap 'the limit: 1, independent' line_matches '{"lambda": {"value": 0, "exact": "0"}, "optimum": {"value": 1, "exact": "1"}, "extracts": false, "max_payment": {"value": 1, "exact": "1"}, "total_variation": {"value": 0, "exact": "0"}, "bhattacharyya_gap": 0, "divergence": 0, "tell_least": 0.5, "tell_most": 0.5, "samples_needed": null, "samples_enough": null, '
tap 'the guarantee over all six: 40000899999/40000400000' line_matches '"guarantee": {"value": 1.00001249985[0-9]*, "exact": "40000899999/40000400000"}'
tap 'over the last two: 4800009/4400000, and alone 3/2' sh -c 'grep -q "\"exact\": \"4800009/4400000\"}, \"bound\": 1.09120" "$1"' sh "$out"
tap 'designed for 1/10, at the truth 1: a loss' line_matches '"revenue": \[\[{"value": 1.5, .*\], \[{"value": -0.75, "exact": "-3/4"}, {"value": 1.5, "exact": "3/2"}, {"value": 0.775, "exact": "31/40"}'
tap 'the bound with a thousand samples' line_matches '"bound": 1.0140[0-9]*, "counts": \['
run learning $forecast
tap 'text: the lesson' sh -c 'tr "\n" " " <"$1" | grep -q "From 1000 samples no mechanism can promise more than 1.01409 over the priors with lambda 0.001 and below, though each of them alone is worth 1.5; the limit is worth 1. To tell lambda 0.00001 from it takes at least 2.7e+11 samples."' sh "$out"
tap 'text: within 80 columns' sh -c '! grep -q "^.\{81,\}" "$1"' sh "$out"
run learning --csv $forecast
tap 'CSV: one line a prior' lines 8 "$out"
tap 'CSV: nearer, harder to tell' awk -F, 'NR > 2 && $13 != "" { if ($13 <= before) exit 1; n++ } NR > 1 { before = $13 } END { exit n != 5 }' "$out"
tap 'CSV: fewer priors, more to promise' awk -F, 'NR > 2 && $17 != "" { if ($17 <= before) exit 1; n++ } NR > 1 { before = $17 } END { exit n != 5 }' "$out"
tap 'CSV: the posterior sums to 1' awk -F, 'NR > 1 { sum += $16 } END { exit sum < 1 - 1e-9 || sum > 1 + 1e-9 }' "$out"

run learning --figure "$scratch/learning.svg" $forecast
tap 'a figure' grep -q '</svg>' "$scratch/learning.svg"
run run demos/learning-is-impossible/approach.sb
tap 'the demonstration step by step: every number holds' exits 0
# Every number of its page is one that the program prints.
run learning $forecast
for word in 11.5 101.5 1001.5 10001.5 100001.5 265715 736821 2655 7362 0.0255 0.1812 0.1972 0.1986 0.1987 0.1988 \
    0.7525 -23.25 1.00010249 1.3846696 1.0010015 1.0446106 1.0140879 1.0912022; do
    tap "the page says $word, and so does the program" sh -c 'grep -q -e "$1" "$2" && sed "s/−/-/g" "$3" | grep -q -e "$1"' \
        sh "$word" "$out" demos/learning-is-impossible/README.md
done

# ---- options ----
run learning --lambda 1,1/2 --count 10 --json $forecast
tap 'chosen lambdas and samples' line_matches '"samples": 10, .*"guarantee": {"value": 1.363636363[0-9]*, "exact": "15/11"}'
cp "$out" "$scratch/first"
run learning --lambda 1,1/2 --count 10 --json $forecast
tap 'the same seed, the same sample' sh -c '[ "$(sed "s/\"time_ms.*//" "$1")" = "$(sed "s/\"time_ms.*//" "$2")" ]' sh "$out" "$scratch/first"
run learning --lambda 1,1/2 --count 10 --seed 2 --json $forecast
tap 'another seed, another sample' sh -c '[ "$(grep -o "\"counts.*\]" "$1")" != "$(grep -o "\"counts.*\]" "$2")" ]' sh "$out" "$scratch/first"
run learning --lambda 1 --count 100 $forecast
tap 'alone a prior is no sequence: no lesson' sh -c '! grep -q "no mechanism can promise" "$1"' sh "$out"
run learning --ir ex-post --lambda 1,0.1 --json $forecast
tap 'without bets on the signal there is no jump: 41/40 at 1/10, and 41/40 for both' line_matches '"optimum": {"value": 1.025, "exact": "41/40"}.*"guarantee": {"value": 1.025, "exact": "41/40"}'

run learning --payments none --json $forecast
tap 'without payments nothing is earned, and no more is promised' line_matches '"bound": 0, "counts"'
feed 'item: {bidders: [{name: b, values: [1, 2]}]}
signal: {name: f, values: [low, high]}
outside: {b: {1: -1, 2: -1}}
prior: [[3/8, 1/8], [1/8, 3/8]]' learning --lambda 1,0.1 --json -
tap 'outside options below 0: the bound is above the guarantee, and at most the optimum' line_matches '"guarantee": {"value": 2.1113636[0-9]*, "exact": "929/440"}, "bound": 2.5,.*"bound": 2.5, "counts"'
feed 'item: {bidders: [{name: b, values: [1, 2]}]}
signal: {name: f, values: [low, high]}
outside: {b: {1: 1/2, 2: 1/2}}
prior: [[3/8, 1/8], [1/8, 3/8]]' learning --lambda 1,0.1 -
tap 'outside options above 0: who is meant is said' line_matches '^  (of the mechanisms in which every type takes part)$'
run learning --deterministic true $forecast
tap 'deterministic mechanisms: refused, exit status 2' exits 2
tap 'and how to go on' complains 'choose deterministic: false'
run learning demos/almost-independent.yaml
tap 'two bidders: exit status 2' exits 2
tap 'and why' complains 'several bidders who know the prior could be asked for it'
run learning --lambda 0,1 $forecast
tap 'the limit is always there' complains 'must be above 0 and distinct'
run learning --lambda 9 $forecast
tap 'a lambda that is too large: exit status 2' exits 2
run learning --ir none $forecast
tap 'types that may not stay away: refused' complains 'every type must be free to stay away'
run learning --objective welfare $forecast
tap 'welfare can be had without learning: refused' complains 'objective: revenue'
run learning --points 3 $forecast
tap 'an option of others: exit status 2' exits 2
tap 'nothing printed' silent
finish
