#!/bin/sh
# The short forms of environments: the same answers as other ways to write the same, and certificates.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

# optimum NAME TEXT FRACTION OPTION...: by --json, exact, exit status 0.
optimum() {
    name=$1 text=$2 fraction=$3
    shift 3
    feed "$text" solve --json - "$@"
    tap "$name: $fraction" sh -c '[ "$1" -eq 0 ] && grep -qF "\"status\": \"optimal\", \"proof\": \"exact\"" "$3" && grep -q "\"objective\": {\"value\": [-0-9.e]*, \"exact\": \"$2\"}" "$3"' sh "$status" "$fraction" "$out"
}

# Published: who gets the painting (the long form of it is demos/divorce.yaml).
painting='division:
  assets: [{name: painting, otherwise: [to the museum, cut for Alice, cut for Bob]}]
  agents:
    - {name: Alice, values: {low: [2, 1.5, -9, -10], high: [100, 40, -9, -10]}}
    - {name: Bob, values: {low: [2, 1.5, -10, -9], high: [100, 40, -10, -9]}}
prior: {independent: [[0.8, 0.2], [0.8, 0.2]]}
rules: {ic: bayes-nash, ir: none, objective: welfare, payments: none}
'
optimum 'divorce as a division, Bayes-Nash' "$painting" 914/25
optimum 'divorce as a division, dominant' "$painting" 3571/100 --ic ex-post
optimum 'divorce as a division, deterministic' "$painting" 829/25 --deterministic true
optimum 'divorce as a division, deterministic and dominant' "$painting" 108/5 --deterministic true --ic ex-post

# One unit, or items of which there is one, are one item.
lecture='prior: [[0.251, 0.250], [0.250, 0.249]]
'
optimum 'one unit' "units: {count: 1, bidders: [{values: [1, 2]}, {values: [1, 2]}]}
$lecture" 1749/1000
optimum 'one of several items' "items: {names: [it], bidders: [{values: [[1], [2]]}, {wants: [it], values: [1, 2]}]}
$lecture" 1749/1000
optimum 'one of several items, ex-post' "items: {names: [it], bidders: [{values: [[1], [2]]}, {wants: [it], values: [1, 2]}]}
$lecture" 1499/1000 --ic ex-post --ir ex-post
optimum 'as many units as bidders: each by itself' "units: {count: 2, bidders: [{values: [1, 2]}, {values: [1, 3]}]}
prior: {independent: [[0.5, 0.5], [0.5, 0.5]]}
" 5/2
optimum 'a reserve for each unit' "units: {count: 2, bidders: [{values: [1, 2]}, {values: [1, 3]}], reserve: 5}
prior: {independent: [[0.5, 0.5], [0.5, 0.5]]}
" 10
optimum 'a reserve for one item' "items: {names: [x, y], bidders: [{values: [[1, 1]]}], reserves: [5, 0]}
prior: [1]
" 6
# Who wants both pays for both or nothing.
optimum 'single-minded' "items: {names: [x, y], bidders: [{name: a, wants: [x, y], values: [3, 4]}, {name: b, wants: [x], values: [2]}, {name: c, wants: [y], values: [2]}]}
prior: [[[0.5]], [[0.5]]]
" 4

# With values known there is nothing to learn.
optimum 'a public good worth its cost' "public-good: {cost: 3, agents: [{values: [2]}, {values: [2]}]}
prior: [[1]]
" 1
optimum 'trade at a gain' "trade: {buyer: {values: [5]}, seller: {costs: [3]}}
prior: [[1]]
" 2

# A certificate has the short form in it.
for form in two-items public-good division bilateral-trade/three-points; do
    run solve demos/$form.yaml --certificate "$scratch/certificate.yaml"
    tap "$form: a certificate is written" exits 0
    run verify "$scratch/certificate.yaml"
    tap "$form: and verified" exits 0
done
run check demos/three-bidders.yaml
tap 'three bidders: conditions' exits 0
run check demos/two-units.yaml
tap 'units: conditions' exits 1

cd tests/broken || exit 3
run solve form-too-many-outcomes.yaml
tap 'too many outcomes' exits 2
finish
