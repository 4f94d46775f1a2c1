#!/bin/sh
# sidebet cap: the optimum as a function of the largest payment that is allowed.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

run cap --json demos/almost-independent.yaml
cp "$out" "$scratch/cap"
tap 'exit status 0' exits 0
tap 'nothing on standard error' quiet
tap 'JSON begins as documented' line_matches '^{"breakpoints": \[{"bound": {"value": [0-9.]*, "exact": "[0-9/]*"}, "revenue": {"value": [0-9.]*, "exact": "[0-9/]*"}}, {'
tap 'no payments, no revenue' prints '{"breakpoints": [{"bound": {"value": 0, "exact": "0"}, "revenue": {"value": 0, "exact": "0"}}, '
tap 'the last breakpoint: the full surplus at the smallest payments' line_matches '{"bound": {"value": 31375, "exact": "31375"}, "revenue": {"value": 1.749, "exact": "1749/1000"}}\], '
tap 'complete and exact' line_matches '"proof": "exact", "complete": true, "feasible_at_zero": true'
run cap --csv demos/almost-independent.yaml
cp "$out" "$scratch/cap.csv"
tap 'CSV: a header' sh -c '[ "$(head -n 1 "$1")" = "bound,bound_exact,revenue,revenue_exact,proof" ]' sh "$out"
tap 'CSV: as many lines as breakpoints' sh -c '[ "$(wc -l <"$1")" -eq $(($(grep -o "\"bound\"" "$2" | wc -l) + 1)) ]' sh "$out" "$scratch/cap"
tap 'CSV: concave and nondecreasing' awk -F, 'NR > 2 { slope = ($3 - revenue) / ($1 - bound); if (slope < -1e-12 || (NR > 3 && slope > before * (1 + 1e-9))) exit 1; before = slope }
    NR > 1 { bound = $1; revenue = $3 }' "$out"

# Every breakpoint, and a bound between each two, is what solve says.
at() { # BOUND: the revenue read from the frontier, to 10 digits
    awk -F, -v at="$1" 'NR > 2 && at >= bound && at <= $1 { printf "%.9f", revenue + ($3 - revenue) * (at - bound) / ($1 - bound); exit } NR > 1 { bound = $1; revenue = $3 }' "$scratch/cap.csv"
}
for bound in 1/2 1 3/2 7/4 2 5 10 100 1000 5000 10000 20000 31374; do
    run solve --json --payments "bounded:$bound" demos/almost-independent.yaml
    one=$(sed -n 's/.*"revenue": {"value": \([^,]*\),.*/\1/p' "$out" | awk '{ printf "%.9f", $1 }')
    two=$(at "$(echo "$bound" | awk -F/ '{ print $1 / (NF > 1 ? $2 : 1) }')")
    tap "under $bound: $one, as solve says" [ -n "$one" -a "$one" = "$two" ]
done
# Fifty more, scattered in the logarithm: to nine digits, as `at` reads the line in doubles.
awk 'BEGIN { k = 7; for (i = 0; i < 50; i++) { k = (k * 271 + 131) % 4500; printf "%.3f\n", exp((k - 1) / 4500 * log(31000 * 4)) / 4 } }' >"$scratch/bounds"
while read -r bound; do
    "$SIDEBET_PROGRAM" solve --json --payments "bounded:$bound" demos/almost-independent.yaml |
        sed -n 's/.*"revenue": {"value": \([^,]*\),.*/\1/p' | awk '{ printf "%.9f\n", $1 }'
done <"$scratch/bounds" >"$scratch/solved"
while read -r bound; do
    at "$bound"
    echo
done <"$scratch/bounds" >"$scratch/read"
tap 'fifty scattered bounds were solved' lines 50 "$scratch/solved"
tap 'fifty scattered bounds: the frontier is what solve says' cmp "$scratch/read" "$scratch/solved"
tail -n +2 "$scratch/cap.csv" | cut -d, -f2,4 >"$scratch/points"
while IFS=, read -r bound revenue; do
    [ "$bound" = 0 ] && continue
    run solve --json --payments "bounded:$bound" demos/almost-independent.yaml
    tap "at the breakpoint $bound: exactly $revenue, as solve says" prints "\"revenue\": {\"value\": $(sed -n 's/.*"revenue": {"value": \([^,]*\),.*/\1/p' "$out"), \"exact\": \"$revenue\"}"
done <"$scratch/points"

run cap demos/almost-independent.yaml
tap 'text: a table' line_matches '^ *bound B  *revenue  *gain per unit'
tap 'text: the lesson' sh -c 'tr "\n" " " <"$1" | grep -q "The best revenue, 1.749, needs payments up to B = 31375"' sh "$out"
tap 'text: within 80 columns' sh -c '! grep -q "^.\{81,\}" "$1"' sh "$out"
run cap demos/almost-independent.yaml --ir ex-post --json
tap 'rules of the command line hold' line_matches '"revenue": {"value": 1.499, "exact": "1499/1000"}}\]'
run cap demos/almost-independent.yaml --payments bounded:7 --json
tap 'the payments rule does not matter' line_matches '"revenue": {"value": 1.749, "exact": "1749/1000"}}\]'
feed "$(cat demos/simple-example.yaml)" cap --json -
tap 'standard input is read; independent: 1.5' line_matches '"revenue": {"value": 1.5, "exact": "3/2"}}\]'

run cap
tap 'no file: exit status 2' exits 2
tap 'no file: nothing printed' silent
run cap --json --csv demos/almost-independent.yaml
tap 'two formats: exit status 2' exits 2
run cap --points 3 demos/almost-independent.yaml
tap 'an option of others: exit status 2' exits 2
run cap --ir none demos/almost-independent.yaml
tap 'no optimum with free payments: not 0' sh -c '[ "$1" -ne 0 ]' sh "$status"
tap 'no optimum with free payments: nothing printed' silent
finish
