#!/bin/sh
# sidebet estimate: posterior means, intervals, measured coverage.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

cat >"$scratch/weather.yaml" <<'END'
title: The weather
item: {bidders: [{name: bidder, values: [1, 2, 3]}]}
signal: {name: weather, values: [rain, dry]}
prior: [[3, 1], [1, 1], [1, 3]]
END
cat >"$scratch/samples.csv" <<'END'
bidder,weather,count
1,rain,18
3,rain,2
3,dry,5
END
file=$scratch/weather.yaml samples=$scratch/samples.csv

run estimate "$file" --samples "$samples"
tap 'it estimates' exits 0
tap 'says from what' line_matches '^  25 samples of bidder and weather, alpha = 1; with probability 0.95 each$'
tap 'and what the intervals are' line_matches '^    interval holds by itself (Beta quantiles)$'
# Beta(19, 1): 0.025^(1/19) = 0.8235, and 0.975^(1/19) = 0.9987
tap 'the mean of a type and its interval' line_matches '^  1 *rain *18 *0.612903 *0.950000 *0.823533 *0.998668$'
tap 'a pair without samples' line_matches '^  *dry *0 *0.032258 *0.050000 *0.001332 *0.176467$'
tap 'what is assumed of an unseen type' prints 'no sample has the type '"'2'"': nothing is known of its belief but alpha = 1'
tap 'and of pairs' prints '1 of the 4 pairs of the types that were seen have no sample'
tap 'within 80 columns' sh -c '! grep -q "^.\{81,\}" "$1"' sh "$out"
run estimate "$file" --samples "$samples" --json
tap 'JSON begins as documented' line_matches '^{"title": "The weather", "alpha": {"value": 1, "exact": "1"}, "epsilon": 0.05, "level": "per-element", "intervals": "beta", "draws": null, "seed": 1, "samples": 25, "element_level": 0.95, "unseen": 1, "types": \[{"type": "1", "count": 18, "marginal": {"value": 0.6451612903225806, "exact": "20/31"}, "signals": \[{"signal": "rain", "count": 18, "joint": {"value": 0.6129032258064516, "exact": "19/31"}, "mean": {"value": 0.95, "exact": "19/20"}, "lower": {"value": 0.823'
tap 'and ends so' line_matches '"remarks": \["no sample .*\], "coverage": null, "notes": \["the prior sums to 10.*"\], "time_ms": [0-9.e-]*}$'
run estimate "$file" --samples "$samples" --csv
tap 'CSV: a header and a line a pair' lines 7 "$out"
tap 'its columns' line_matches '^type,signal,count,joint,joint_exact,mean,mean_exact,lower,lower_exact,upper,upper_exact$'
tap 'exact means' line_matches '^1,rain,18,0.6129032258064516,19/31,0.95,19/20,'
run estimate "$file" --samples "$samples" --alpha 1/2 --csv
tap 'another alpha' line_matches '^1,rain,18,0.6607142857142857,37/56,0.9736842105263158,37/38,'
run estimate "$file" --samples "$samples" --level simultaneous --json
tap 'simultaneous: a higher level for each' line_matches '"level": "simultaneous",.*"element_level": 0.991666'
run estimate "$file" --samples "$samples" --level row --epsilon 0.1 --json
tap 'row' line_matches '"epsilon": 0.1, "level": "row",.*"element_level": 0.95,'
run estimate "$file" --samples "$samples" --intervals quantiles --draws 1000 --seed 3 --json
cp "$out" "$scratch/one"
tap 'quantiles of draws' line_matches '"intervals": "quantiles", "draws": 1000, "seed": 3,'
run estimate "$file" --samples "$samples" --intervals quantiles --draws 1000 --seed 3 --json
tap 'are the same again' sh -c 'for file; do sed "s/\"time_ms.*//" "$file" >"$file.cut"; done; cmp -s "$1.cut" "$2.cut"' sh "$out" "$scratch/one"
run estimate "$file" --samples "$samples" --intervals quantiles --draws 100 --level simultaneous
tap 'few draws are remarked on' prints 'take more draws, or Beta intervals'

run estimate "$file" --samples "$samples" -o "$scratch/estimated.yaml" --csv
tap 'the estimate as an environment' exits 0
tap 'with its prior' grep -q '19/31' "$scratch/estimated.yaml"
tap 'and its intervals' grep -q '^  lower:$' "$scratch/estimated.yaml"
run estimate "$scratch/estimated.yaml" --samples "$samples" --csv -o "$scratch/again.yaml"
tap 'which is an environment' cmp -s "$scratch/estimated.yaml" "$scratch/again.yaml"

# What is sampled comes back: 20000 draws, all 6 beliefs inside at level 1 - 1e-6.
"$SIDEBET_PROGRAM" sample "$file" --count 20000 --seed 5 >"$scratch/drawn.csv" 2>/dev/null
run estimate "$file" --samples "$scratch/drawn.csv" --epsilon 1e-6 --level simultaneous --csv
tap 'what is drawn is estimated' awk -F, 'NR == 2 || NR == 7 { if (!($8 < 0.75 && 0.75 < $10 && $10 - $8 < 0.06)) bad = 1 } END { exit bad || NR != 7 }' "$out"
cp "$out" "$scratch/one"
feed "$(cat "$scratch/drawn.csv")" estimate "$file" --samples - --epsilon 1e-6 --level simultaneous --csv
tap 'also from standard input' cmp -s "$out" "$scratch/one"
feed '' estimate "$file" --samples -
tap 'an empty one is refused: exit status 2' exits 2
tap 'with its place' complains 'standard input:1:1: the table is empty'

run estimate "$file" --coverage 400 --count 100 --json
tap 'coverage alone' line_matches '"samples": null, .*"types": null, "remarks": \[\], "coverage": {"repetitions": 400, "samples": 100, "element": 0.9[3-7][0-9]*, '
run estimate "$file" --coverage 400 --count 100 --level simultaneous
tap 'simultaneous intervals keep their promise' awk '/repetitions in which all do \(promised\)/ { found = ($7 >= 0.95) } END { exit !found }' "$out"
tap 'and say what it is' line_matches '^    promised that all intervals hold at once$'
run estimate "$file" --coverage 50 --samples "$samples"
tap 'as many samples as there are' prints 'Coverage: 50 times 25 samples from the prior itself'
run estimate "$file" --coverage 50 --count 30 --csv
tap 'coverage as CSV' line_matches '^repetitions,samples,element,row,table$'
run estimate "$file" --coverage 50 --count 30 --seed 1 --csv
cp "$out" "$scratch/one"
run estimate "$file" --coverage 50 --count 30 --csv
tap 'the same seed, the same coverage' cmp -s "$out" "$scratch/one"

for nothing in 'bidder,weather' 'bidder,weather,count
1,rain,0'; do
    feed "$nothing
" estimate "$file" --samples -
    tap 'no sample: exit status 2' exits 2
    tap 'no sample: the remedy' complains 'standard input: there is no sample to estimate from; write a line for each sample'
done
run estimate "$file" --coverage 50 --count 30
tap 'coverage of what is possible: no remark' sh -c '! grep -q "probability 0" "$1"' sh "$err"
run estimate demos/weather.yaml --coverage 50 --count 30
tap 'coverage: a pair of probability 0 is always missed' complains '1 pair of the prior has probability 0'
tap 'coverage: so no repetition has all' line_matches '^    repetitions in which all do  *0.0000 '
run estimate "$file"
tap 'without samples: exit status 2' exits 2
tap 'with the remedy' complains 'add --samples FILE'
run estimate "$file" --coverage 10
tap 'coverage of how many?' complains 'add --count 200'
run estimate "$file" --count 10 --samples "$samples"
tap 'a count of what?' complains '--count is about'
run estimate "$file" --samples "$samples" --coverage 5 --csv
tap 'two tables in one' complains 'choose --json'
run estimate "$file" --samples "$samples" --draws 1000
tap 'draws of what?' complains 'add --intervals quantiles'
run estimate "$file" --samples "$samples" --epsilon 0.1,0.2
tap 'one epsilon' complains 'give each only once'
run estimate "$file" --samples "$samples" --epsilon 1
tap 'epsilon below 1' exits 2
run estimate "$file" --samples "$samples" --alpha 1e9
tap 'alpha out of range' complains 'from 1e-6 to 1e6'
run estimate "$file" --samples "$samples" --level all
tap 'an unknown level names the others' complains 'per-element, row or simultaneous'
run estimate "$file" --samples "$samples" --json --csv
tap 'two formats' exits 2
run estimate "$file" --samples "$scratch/missing.csv"
tap 'no such file: exit status 2' exits 2
printf 'bidder,weather\n1,rain\n1,snow\n' >"$scratch/wrong.csv"
run estimate "$file" --samples "$scratch/wrong.csv"
tap 'a wrong label: exit status 2' exits 2
tap 'with its place' complains 'wrong.csv:3:3: weather has no value '"'snow'"': there is rain, dry'
tap 'nothing printed' silent
run estimate demos/almost-independent.yaml --samples "$samples"
tap 'two agents: exit status 2' exits 2
finish
