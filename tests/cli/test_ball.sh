#!/bin/sh
# sidebet ball: beliefs near the prior for which one mechanism is nearly optimal.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

# Type 2 pays its value 2; type 1's bet has spread M with M = 1 + 2 M delta where it must keep type 2
# away, else M = 1. The expected loss, delta M, is 1/10 at delta = 1/12; 2 delta M is at 1/20.
two='item: {bidders: [{name: bidder, values: [1, 2]}]}
signal: {name: weather, values: [rain, dry]}
prior: [[3/8, 1/8], [1/8, 3/8]]'
feed "$two" ball --within 1/10 --json -
tap 'exit status 0' exits 0
tap 'nothing on standard error' quiet
tap 'JSON begins as documented' line_matches '^{"title": "", "full_surplus": {"value": 1.5, "exact": "3/2"}, "balls": \[{"within": {"value": 0.1, "exact": "1/10"}, "promise": "truthful", "radius": {"value": 0.08333333, "exact": "8333333/100000000"}, "largest": false, '
tap 'the promise of revenue: kept by the same bets, so no smaller a radius' line_matches '"promise": "revenue", "radius": {"value": 0.08333333, "exact": "8333333/100000000"}, "largest": false, "guaranteed": {"value": 1.40000000[0-9]*, "exact": "58333334/41666667"}'
tap 'the optimal mechanism keeps nothing' line_matches '"optimum": {"revenue": {"value": 1.5, "exact": "3/2"}, "kept": \[{"unlimited": false, "radius": {"value": 0, "exact": "0"}, "first_to_go": "bidder of type 1 takes part"'
feed "$two" ball --within 1/10 -
tap 'text: the ball' sh -c 'tr "\n" " " <"$1" | tr -s " " | grep -q "for all beliefs within 0.08333333 of the prior.s in the 1-norm (exact; the largest to six digits), one mechanism earns at least 1.4"' sh "$out"
tap 'text: its prices' line_matches '^    1  *0.3000000096  *2.6999999904$'

run ball --within .01,.03,.1,.3,1 --csv demos/gaussian.yaml
tap 'CSV: one line a loss and promise' lines 11 "$out"
tap 'CSV: a header' sh -c '[ "$(head -n 1 "$1")" = within,within_exact,promise,radius,radius_exact,guaranteed,guaranteed_exact,spread,spread_exact,kept,kept_exact,proof ]' sh "$out"
tap 'CSV: more loss, more room' awk -F, 'NR > 1 { if ($4 <= before[$3]) exit 1; before[$3] = $4 } END { exit NR < 11 }' "$out"
tap 'CSV: the promise of revenue alone is the weaker one' awk -F, '$3 == "truthful" { radius = $4 } $3 == "revenue" { if ($4 < radius) exit 1; n++ } END { exit n != 5 }' "$out"
tap 'CSV: what is measured is no less than what is guaranteed' awk -F, '$3 == "truthful" { if ($10 < $4) exit 1; n++ } END { exit n != 5 }' "$out"
tap 'CSV: guaranteed is the full surplus but for the loss' awk -F, 'NR > 1 { if ($6 < 5.5 - $1 - 1e-12) exit 1 }' "$out"
run ball --within .01,.1 demos/gaussian.yaml
tap 'several losses: a table' line_matches '^  0.1  *0.007506969  *0.007506969  *0.007690445 '
run ball --within 1 demos/gaussian.yaml
tap 'text: within 80 columns' sh -c '! grep -q "^.\{81,\}" "$1"' sh "$out"

run ball --within .01,.1,1 --figure "$scratch/ball.svg" demos/gaussian.yaml
tap 'a figure' grep -q '</svg>' "$scratch/ball.svg"
run ball --within .1 demos/weather.yaml
tap 'no full surplus extraction, no ball: exit status 1' exits 1
tap 'and the type is named' sh -c 'tr "\n" " " <"$1" | tr -s " " | grep -q "no ball: the full surplus cannot be extracted: type 1 has no side bet"' sh "$out"
feed 'item: {bidders: [{name: bidder, values: [1, 2, 3]}]}
signal: {name: weather, values: [rain, dry]}
prior: [[.24, .06], [.2, .2], [.06, .24]]' ball --within .1 --json -
tap 'without margins: radius 3/100, the largest, at spread 5/3' line_matches '"promise": "revenue", "radius": {"value": 0.03, "exact": "3/100"}, "largest": true, "guaranteed": {"value": [0-9.]*, "exact": "19/10"}, "spread": {"value": 1.66[0-9]*, "exact": "5/3"}'
feed 'item: {bidders: [{name: bidder, values: [1, 2, 3]}]}
signal: {name: weather, values: [rain, dry]}
prior: [[.24, .06], [.2, .2], [.06, .24]]' ball --within .1 -
tap 'a mixture worth just as much: exit status 0, by revenue' exits 0
tap 'and said so' line_matches '^  no ball: a mixture of other types believes what type 2 believes and is worth'
feed "$two
rules: {ic: ex-post}" ball --within .1 -
tap 'rules of the file are replaced, with a note' complains 'taken for this: ic bayes-nash'

run ball demos/gaussian.yaml
tap 'no loss: exit status 2' exits 2
tap 'and how to write it' complains 'write it like --within 0.1'
run ball --within 0 demos/gaussian.yaml
tap 'nothing may be lost: refused' exits 2
run ball --within .1 demos/almost-independent.yaml
tap 'two bidders: refused, with a remedy' complains 'describe the other bidders as the signal'
run ball --within .1 --json --csv demos/gaussian.yaml
tap 'two formats: exit status 2' exits 2
tap 'nothing printed' silent
finish
