#!/bin/sh
# sidebet check: full surplus extraction.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

run check demos/almost-independent.yaml
tap 'extracted: exit status 0' exits 0
tap 'rank' prints '  rank 2 of 2 (full), smallest singular value 4e-06'
tap 'singular value of the prior' prints 'smallest singular value of the prior 2e-06'
tap 'the answers' sh -c 'grep -qx "extracted by a Bayesian mechanism: yes" "$1" && grep -qx "extracted under ex-post IC: yes" "$1"' sh "$out"
run check --json demos/almost-independent.yaml
tap 'JSON: one line, nothing on standard error' sh -c '[ "$(wc -l <"$1")" -eq 1 ] && [ ! -s "$2" ]' sh "$out" "$err"
tap 'JSON: begins as documented' line_matches '^{"title": "Almost independent", "full_surplus": {"value": 1.749, "exact": "1749/1000"}, "agents": \[{"name": "agent 1", "types": 2, "signals": 2, "rank": 2, "full_rank": true, "smallest_singular_value": [34]\.[0-9]*e-06, "concave": {"holds": true, "side_bets": \[\['
tap 'JSON: the answers' prints '"fse": {"bayesian": true, "ex_post_ic": true}, "prior_smallest_singular_value": '

run check demos/not-concave.yaml
tap 'not concave: exit status 1' exits 1
tap 'not concave: the witness in a sentence' sh -c 'tr -s "\n " " " <"$1" | grep -qF "the mixture 0.5 of type pessimist and 0.5 of type optimist believes what type undecided believes, yet is worth 2, more than its 1.5"' sh "$out"
tap 'not concave: rank' prints 'rank 2 of 3 (not full), smallest singular value 0'
run check demos/not-concave.yaml --json
tap 'not concave as JSON: exit status 1' exits 1
tap 'not concave as JSON: the witness' prints '"concave": {"holds": false, "witness": {"type": "undecided", "mixture": {"pessimist": 0.5, "optimist": 0.5}, "mixture_value": 2'
tap 'not concave as JSON: no payments for all' prints '"linear": {"holds": false, "payments": null'
tap 'not concave as JSON: the answers' prints '"fse": {"bayesian": false, "ex_post_ic": false}'

run check demos/concave.yaml --json
tap 'concave, not linear: exit status 0' exits 0
tap 'concave, not linear: the answers' prints '"fse": {"bayesian": true, "ex_post_ic": false}'
run check demos/concave.yaml
tap 'concave: a table of side bets' line_matches '^    type  *low  *high$'

# Conditionals (.75, .25) and (.25, .75), values 1 and 2: one schedule, 0.5 and 2.5, serves both.
feed 'item: {bidders: [{name: bidder, values: [1, 2]}]}
signal: {name: weather, values: [rain, dry]}
prior: [[3/8, 1/8], [1/8, 3/8]]
' check - --json
tap 'linear: the hand case' prints '"linear": {"holds": true, "payments": [0.5, 2.5], "exact": ["1/2", "5/2"]}'
tap 'linear: beliefs differ' prints '"belief_blocks": [["1"], ["2"]], "types_of_probability_zero": [], "others": ["rain", "dry"]'

run check demos/shared-belief.yaml
tap 'types that share a belief are named' line_matches '^  types .* and .* share one belief$'

feed 'item: {bidders: [{name: bidder, values: [1, 2, 3]}]}
signal: {name: weather, values: [rain, dry]}
prior: [[1/2, 0], [0, 1/2], [0, 0]]
' check -
tap 'a type of probability zero is named' prints 'type 3 has probability zero and is left out'
feed 'item: {bidders: [{name: bidder, values: [1, 2, 3]}]}
signal: {name: weather, values: [rain, dry]}
prior: [[1/2, 0], [0, 1/2], [0, 0]]
' check - --json
tap 'a type of probability zero in JSON' prints '"types_of_probability_zero": ["3"]'

# Both types believe the same; who is worth 2 may report it is worth 1, or may not.
same='item: {bidders: [{name: bidder, values: {low: 1, high: 2}}]}
signal: {name: weather, values: [rain, dry]}
prior: [[1/4, 1/4], [1/4, 1/4]]
reports: {bidder: '
feed "$same{low: [low]}}
" check -
tap 'the higher type may report the lower: exit status 1' exits 1
tap 'who it is that gets in the way' line_matches 'mixture 1 of type high, of'
feed "$same{high: [high]}}
" check -
tap 'only the lower type may report the other: exit status 0' exits 0
tap 'a schedule for each report' line_matches '^    high *2 *2$'
feed "$same{high: [high]}}
" check - --json
tap 'schedules in JSON' line_matches '"schedules": {"payments": \[\[.*\], \[2, 2\]\], "exact": .*, \["2", "2"\]\]}'
finish
