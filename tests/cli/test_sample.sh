#!/bin/sh
# sidebet sample: draws from a prior as CSV.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

weather='item: {bidders: [{name: bidder, values: {low: 1, "a, b": 2}}]}
signal: {name: weather, values: [rain, dry, hail]}
prior: [[2, 1, 0], [0, 1, 4]]'
printf '%s\n' "$weather" >"$scratch/weather.yaml"

run sample --count 5 "$scratch/weather.yaml"
tap 'it draws' exits 0
tap 'a header and five lines' lines 6 "$out"
tap 'the header names the players' line_matches '^bidder,weather$'
run sample --count 200 --seed 7 "$scratch/weather.yaml"
cp "$out" "$scratch/first.csv"
tap 'labels are quoted where they must be' line_matches '^"a, b",hail$'
tap 'a pair of probability zero never comes' sh -c '! grep -q "^low,hail$\|^\"a, b\",rain$" "$1"' sh "$out"
run sample --count 200 --seed=7 "$scratch/weather.yaml"
tap 'the same seed, the same samples' cmp -s "$out" "$scratch/first.csv"
run sample --count 200 --seed 8 "$scratch/weather.yaml"
tap 'another seed, others' sh -c '! cmp -s "$1" "$2"' sh "$out" "$scratch/first.csv"
run sample --count 200 --seed 7 --counts "$scratch/weather.yaml"
tap 'counts: a line a pair' lines 5 "$out"
tap 'with a third column' line_matches '^bidder,weather,count$'
tap 'that adds up' awk -F, 'NR > 1 { sum += $NF } END { exit sum != 200 }' "$out"
tap 'to what was drawn in order' sh -c '[ "$(grep -c "^low,rain$" "$1")" -eq "$(sed -n "s/^low,rain,//p" "$2")" ]' sh "$scratch/first.csv" "$out"
run sample --count 200 --seed 7 -o "$scratch/out.csv" "$scratch/weather.yaml"
tap 'into a file' cmp -s "$scratch/out.csv" "$scratch/first.csv"
tap 'and nothing on standard output' silent
run sample --count 200 --seed 7 --output "$scratch/missing/out.csv" "$scratch/weather.yaml"
tap 'a file that cannot be written: exit status 3' exits 3
tap 'is named' complains 'missing/out.csv'
run sample --count 100000000 --counts --seed 1 "$scratch/weather.yaml"
tap 'a hundred million, as counts' sh -c '[ "$(sed -n "s/^low,rain,//p" "$1")" -gt 24980000 ]' sh "$out"

run sample "$scratch/weather.yaml"
tap 'how many must be said: exit status 2' exits 2
tap 'with an example' complains 'add --count 1000'
run sample --help
tap 'help shows what a letter takes' line_matches '^  -o, --output FILE'
run sample --count 0 "$scratch/weather.yaml"
tap 'none is not a number' complains 'whole number from 1'
run sample --count 20000000 "$scratch/weather.yaml"
tap 'too many to list' complains 'add --counts'
tap 'a sentence before the remedy' sh -c '! grep -q "[?];" "$1"' sh "$err"
run sample --count 3 --seed 18446744073709551615 "$scratch/weather.yaml"
tap 'the largest seed' exits 0
run sample --count 3 --seed 18446744073709551616 "$scratch/weather.yaml"
tap 'is below 2^64' complains '--seed takes a whole number below 2^64'
run sample --count 10 --seed -1 "$scratch/weather.yaml"
tap 'a seed is a whole number' complains '--seed'
run sample --count 10 demos/almost-independent.yaml
tap 'two agents: exit status 2' exits 2
tap 'are not sampled' complains 'one agent and a signal'
run sample --count 10 --box 0.1 "$scratch/weather.yaml"
tap 'an option of others: exit status 2' exits 2
finish
