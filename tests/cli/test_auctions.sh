#!/bin/sh
# sidebet auctions: published numbers, what applies where, JSON.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

run auctions demos/simple-example.yaml
tap 'exit status 0' exits 0
tap 'the best mechanism' line_matches '^ *the best under the rules *1.5 *-$'
tap 'Myerson reaches it' line_matches '^ *myerson *1.5 *1.75$'
tap 'the pivot mechanism' line_matches '^ *vcg *1.25 *1.75$'
tap 'the second price and its reserve price' prints 'Reserve price 2. Ties go to the first.'
run auctions demos/almost-independent.yaml
tap 'correlated: the best extracts everything' line_matches '^ *the best under the rules *1.749'
tap 'correlated: Myerson does not apply' prints 'myerson does not apply: the values are correlated'
run auctions demos/divorce.yaml
tap 'any outcomes: the pivot mechanism' line_matches '^ *vcg '
tap 'any outcomes: no prices of one item' prints 'second-price does not apply: it is for one item only'
cat >"$scratch/thirds.yaml" <<'END'
item: {bidders: [{name: a, values: [1, 2.5]}, {name: b, values: [1, 2.5]}]}
prior: [[1, 1], [1, 0]]
END
run auctions "$scratch/thirds.yaml"
tap 'a table of fractions has no decimals' sh -c '! sed -n "1,/full surplus/p" "$1" | grep -q "[0-9][.][0-9]"' sh "$out"
tap 'but fractions' prints '/3'
run auctions demos/bilateral-trade/two-points.yaml
tap 'trade: the pivot mechanism pays the gains from trade' line_matches '^ *vcg *-1.75 *1.75$'
tap 'trade: and both take part' sh -c '! grep -q "stay away" "$1"' sh "$out"
run auctions demos/simple-example.yaml --json
tap 'JSON: exact numbers' prints '"name": "myerson", "applies": true, "reason": null, "revenue": {"value": 1.5, "exact": "3/2"}'
tap 'JSON: the reserve price' prints '"reserve_price": {"value": 2, "exact": "2"}'
run auctions demos/missing.yaml
tap 'a missing file: exit status 2' exits 2
finish
