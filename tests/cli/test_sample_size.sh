#!/bin/sh
# sidebet sample-size: a bound by explicit steps, and what is measured beside it.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"
forecast=demos/learning-is-impossible/forecast.yaml

run sample-size --within .1 --json $forecast
cp "$out" "$scratch/json"
tap 'exit status 0' exits 0
tap 'nothing on standard error' quiet
# gamma 1, values 1 apart: delta = .1 / (2 * 1.1)
tap 'JSON begins as documented' line_matches '^{"title": "A forecast that is right three times out of four", "full_surplus": {"value": 1.5, "exact": "3/2"}, "within": {"value": 0.1, "exact": "1/10"}, "epsilon": 0.05, "bound": {"gamma": {"value": 1, "exact": "1"}, "type": "bad", "value_range": {"value": 1, "exact": "1"}, "types": 2, "signals": 2, "rarest": {"value": 0.5, "exact": "1/2"}, "radius_by_gamma": {"value": 0.045454545454545456, "exact": "1/22"}, "samples_of_each_by_gamma": 5583.'
tap 'the steps by hand: 2 * 22^2 (2 ln 2 + ln 80), and y - sqrt(2 y ln 80) = that, y = N / 2' sh -c '
    sed "s/.*\"samples_of_each_by_gamma\": \([0-9.]*\), \"samples_by_gamma\": \([0-9.]*\),.*/\1 \2/" "$1" |
        awk "{ each = 2 * 22 * 22 * (2 * log(2) + log(80)); y = \$2 / 2; if (\$1 < each - 1e-6 || \$1 > each + 1e-6) exit 1; gap = y - sqrt(2 * y * log(80)) - each; exit gap < -1e-6 || gap > 1e-6 }"' sh "$out"
tap 'each change of a number asks for more' sh -c '
    base=$(sed "s/.*\"samples_by_gamma\": \([0-9.]*\), \"spread\".*/\1/" "$1")
    grep -o "\"what\": \"[a-z ]*\", \"samples_by_gamma\": [0-9.]*" "$1" | sed "s/.*: //" |
        awk -v base="$base" "{ if (\$1 <= base) exit 1; n++ } END { exit n != 6 }"' sh "$out"
run sample-size --within .1 --csv $forecast
tap 'CSV: one line a number of samples' lines 5 "$out"
tap 'CSV: from ten thousand samples the ball keeps its promise, every time' awk -F, '$1 == 10000 { found = $11 == $2 && $13 == $2 && $3 > 1.4 && $3 <= 1.5 } END { exit !found }' "$out"
tap 'CSV: the Bayesian mechanism does not, however many there are' awk -F, 'NR > 1 && $5 >= 1.4 { exit 1 }' "$out"
tap 'CSV: more samples, smaller distance, and within the bound' awk -F, 'NR > 2 && $14 >= before { exit 1 } NR > 1 { before = $14; if ($14 > $15) exit 1 }' "$out"
sed 's/"time_ms.*//' "$scratch/json" >"$scratch/first"
run sample-size --within .1 --json $forecast
tap 'the same seed, the same numbers' sh -c 'sed "s/\"time_ms.*//" "$1" | cmp - "$2"' sh "$out" "$scratch/first"
run sample-size --within .1 --json --seed 2 $forecast
tap 'another seed, others' sh -c '! sed "s/\"time_ms.*//" "$1" | cmp - "$2"' sh "$out" "$scratch/first"
run sample-size --within .1 $forecast
tap 'text: the answer' sh -c 'tr "\n" " " <"$1" | tr -s " " | grep -q "by this program.s own bound, 11619 samples will do"' sh "$out"
tap 'text: within 80 columns' sh -c '! grep -q "^.\{81,\}" "$1"' sh "$out"
run sample-size --within .1 --samples 10,20 --repetitions 3 --csv $forecast
tap 'chosen samples and repetitions' sh -c '[ "$(cut -d, -f1,2 "$1" | tr "\n" " ")" = "samples,repetitions 10,3 20,3 " ]' sh "$out"
run sample-size --within .1 --samples 10,20 --repetitions 2 --figure "$scratch/samples.svg" $forecast
tap 'a figure' grep -q '</svg>' "$scratch/samples.svg"
run sample-size --within .5 --samples 100 --repetitions 2 demos/gaussian.yaml
tap 'ten types: linear programs find a better bound than gamma' line_matches 'in all by gamma, 8431734 by the programs$'

run sample-size --within .1 --samples 10 --repetitions 2 demos/weather.yaml
tap 'no full surplus extraction: exit status 1' exits 1
tap 'and why' sh -c 'tr "\n" " " <"$1" | tr -s " " | grep -q "no number of samples will do.*type 1 has no side bet"' sh "$out"
run sample-size $forecast
tap 'no loss: exit status 2' exits 2
run sample-size --within .1,.2 $forecast
tap 'one loss at a time' complains 'one number'
run sample-size --within .1 --epsilon 1 $forecast
tap 'epsilon is a probability: refused' exits 2
run sample-size --within .1 --samples few $forecast
tap 'samples are numbers: refused' exits 2
run sample-size --within .1 demos/almost-independent.yaml
tap 'two bidders: refused' exits 2
tap 'nothing printed' silent
finish
