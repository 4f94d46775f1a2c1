#!/bin/sh
# sidebet solve --certificate and sidebet verify: proofs that travel in a file.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"
certificate=$scratch/proof.yaml

for file in demos/*.yaml; do
    run solve "$file" --certificate "$certificate"
    tap "$file: solved" exits 0
    run verify "$certificate" --against "$file"
    tap "$file: its certificate is accepted" exits 0
done
run solve demos/almost-independent.yaml --certificate "$certificate"
tap 'the answer is printed too' prints 'optimal: revenue 1.749 = 1749/1000 (exact)'
tap 'the certificate names its version' grep -q '^certificate: 1$' "$certificate"
tap 'the certificate has fractions' grep -q '^objective: 1749/1000$' "$certificate"
run verify "$certificate"
tap 'accepted: exit status 0' exits 0
tap 'accepted: what is proved' prints 'accepted: the best revenue is 1.749 = 1749/1000;'
tap 'accepted: for which environment' sh -c 'tr "\n" " " <"$1" | grep -q "inside the certificate: Almost independent"' sh "$out"
run verify --json "$certificate"
tap 'JSON: as documented' line_matches '^{"accepted": true, "status": "optimal", "objective": {"value": 1.749, "exact": "1749/1000"}, "complaint": null, "checks": [0-9]*, "title": "Almost independent"}$'
feed "$(cat "$certificate")" verify -
tap 'standard input is read' exits 0

sed 's/1749/1750/' "$certificate" >"$scratch/better.yaml"
run verify "$scratch/better.yaml"
tap 'a better objective: exit status 1' exits 1
tap 'a better objective: refuted' prints 'refuted: '
run verify --json "$scratch/better.yaml"
tap 'a better objective: refuted in JSON' line_matches '^{"accepted": false, "status": "optimal", .*"complaint": "the mechanism'
sed '/^multipliers/,$s/value: [0-9]/value: -1/' "$certificate" >"$scratch/signs.yaml"
run verify "$scratch/signs.yaml"
tap 'wrong signs: refuted, naming the line' line_matches 'refuted: the multiplier on line [0-9]* is negative'

run verify "$certificate" --against demos/nearby-independent.yaml
tap 'about another prior: exit status 1' exits 1
tap 'about another prior: said' prints 'refuted: the certificate is about another environment: other probabilities'
run verify "$certificate" --against demos/almost-independent.yaml --ir ex-post
tap 'about other rules: refuted' prints 'another environment: other rules'
run solve demos/almost-independent.yaml --ir ex-post --certificate "$certificate"
run verify "$certificate" --against demos/almost-independent.yaml --ir ex-post
tap 'rules of the command line are certified' exits 0
run verify "$certificate" --ir ex-post
tap 'rules without --against: exit status 2' exits 2
tap 'rules without --against: why' complains 'a certificate has its own rules'

run solve demos/almost-independent.yaml --ir none --certificate "$certificate"
tap 'unbounded: exit status of the answer' exits 1
run verify "$certificate"
tap 'unbounded: accepted' prints 'accepted: revenue has no bound under the rules;'
feed 'item: {bidders: [{name: b, values: [1, 2]}]}
outside: {b: {1: 3/2}}
prior: [1/2, 1/2]
rules: {payments: none}
' solve - --certificate "$certificate"
tap 'infeasible: exit status of the answer' exits 1
run verify "$certificate"
tap 'infeasible: accepted' prints 'accepted: no mechanism obeys the rules;'

run verify demos/almost-independent.yaml
tap 'no certificate: exit status 2' exits 2
tap 'no certificate: the place and the remedy' complains 'almost-independent.yaml:'
tap 'no certificate: said' complains 'this is no certificate'
run verify "$scratch/none.yaml"
tap 'a missing file: exit status 2' exits 2
run verify
tap 'no file: exit status 2' exits 2
run solve demos/almost-independent.yaml --proof floating --certificate "$scratch/floating.yaml"
tap 'nothing to certify: exit status 2' exits 2
tap 'nothing to certify: no file' sh -c '[ ! -e "$1" ]' sh "$scratch/floating.yaml"
run solve demos/almost-independent.yaml --certificate "$scratch/no/such/folder"
tap 'a file that cannot be written: exit status 3' exits 3
finish
