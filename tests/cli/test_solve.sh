#!/bin/sh
# sidebet solve: published optima, rules, the plain report.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

# optimum NAME FILE VALUE FRACTION OPTION...: by --json, exact, exit status 0.
optimum() {
    name=$1 file=$2 value=$3 fraction=$4
    shift 4
    run solve --json "$file" "$@"
    tap "$name: optimal, exact, $fraction" sh -c '[ "$1" -eq 0 ] && grep -qF "\"status\": \"optimal\", \"proof\": \"exact\", \"objective\": {\"value\": $2, \"exact\": \"$3\"}" "$4"' sh "$status" "$value" "$fraction" "$out"
}
optimum 'uniform' demos/simple-example.yaml 1.5 3/2
optimum 'almost independent' demos/almost-independent.yaml 1.749 1749/1000
optimum 'a nearby independent prior' demos/nearby-independent.yaml 1.499 1499/1000
optimum 'Myerson, correlated' demos/myerson-correlated.yaml 70 70
optimum 'Myerson, ex-post incentives' demos/myerson-correlated.yaml 70 70 --ic ex-post
optimum 'Myerson, ex-post both' demos/myerson-correlated.yaml 66.66666666666667 200/3 --ic ex-post --ir ex-post
optimum 'Myerson, ex-post IR' demos/myerson-correlated.yaml 66.66666666666667 200/3 --ir=ex-post
optimum 'welfare without payments' demos/divorce.yaml 36.56 914/25
optimum 'welfare without payments, ex-post' demos/divorce.yaml 35.71 3571/100 --ic ex-post
optimum 'welfare' demos/almost-independent.yaml 1.749 1749/1000 --objective welfare
optimum 'no payments, no revenue' demos/almost-independent.yaml 0 0 --payments none
optimum 'a cap on payments' demos/almost-independent.yaml 1.749 1749/1000 --payments bounded:31375
tap 'the cap is kept' sh -c 'grep -o "\"max_payment\": {\"value\": [0-9.]*" "$1" | grep -o "[0-9.]*\$" | awk "{ exit \$1 <= 31375 ? 0 : 1 }"' sh "$out"
run solve --json demos/almost-independent.yaml --payments bounded:31374
tap 'a tighter cap costs revenue' sh -c '! grep -qF "\"exact\": \"1749/1000\"}, \"welfare\"" "$1"' sh "$out"

run solve --json demos/almost-independent.yaml
tap 'JSON: one line' lines 1 "$out"
tap 'JSON: nothing on standard error' quiet
tap 'JSON: begins as documented' line_matches '^{"title": "Almost independent", "status": "optimal", "proof": "exact", "objective": {"value": 1.749, "exact": "1749/1000"}, "revenue": {"value": 1.749, "exact": "1749/1000"}, "welfare": {"value": 1.749, "exact": "1749/1000"}, "full_surplus": {"value": 1.749, "exact": "1749/1000"}, "max_payment": {"value": [0-9.]*, "exact": "[0-9/]*"}, "mechanism": \[{"profile": {"agent 1": "1", "agent 2": "1"}, "probability": "251/1000", "allocation": {"agent 1 gets it": [01]'
tap 'JSON: four profiles' sh -c '[ "$(grep -o "\"profile\":" "$1" | wc -l)" -eq 4 ]' sh "$out"
tap 'JSON: binding, time and size follow' line_matches '"binding": \[{"description": "agent .*\], "time_ms": [0-9.]*, "explanation": \[\], "notes": \[\], "reason": null, "largest_violation": 0, "rules": {"ic": "bayes-nash", .*"size": {"columns": 20, "rows": 12, '
if command -v python3 >/dev/null 2>&1; then
    tap 'JSON: a parser reads it' python3 -c 'import json, sys; answer = json.load(open(sys.argv[1])); assert len(answer["mechanism"]) == 4' "$out"
else
    skip 'JSON: a parser reads it' 'no python3'
fi

run solve demos/almost-independent.yaml
tap 'text: the optimum with its proof' prints 'optimal: revenue 1.749 = 1749/1000 (exact)'
tap 'text: compared with the full surplus' prints 'full surplus 1.749 = 1749/1000: all of it is extracted'
tap 'text: the largest payment is called a vertex' line_matches '^largest payment [0-9.].* at this vertex'
# Twenty-five types and three signals: payments are put together after the outcomes, and are no vertex.
{
    echo 'item: {bidders: [{name: bidder, values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25]}]}'
    echo 'signal: {name: signal, values: [low, middle, high]}'
    echo 'prior:'
    type=0
    while [ "$type" -lt 25 ]; do
        type=$((type + 1))
        echo "  - [$type, $((26 - type)), $((type * type % 7 + 1))]"
    done
} >"$scratch/side-bets.yaml"
run solve "$scratch/side-bets.yaml"
tap 'text: fees and side bets are not called a vertex' sh -c '! grep -q "at this vertex" "$1" && grep -q "^largest payment .* in this mechanism; " "$1"' sh "$out"
printf 'open %s\nshow results\nshow mechanism\n' "$scratch/side-bets.yaml" >"$scratch/side-bets.sb"
run run "$scratch/side-bets.sb"
tap 'text: nor by what a script shows' sh -c '! grep -q vertex "$1" && grep -q "largest payment (found)" "$1" && grep -q "fees and side bets" "$1"' sh "$out"
run solve demos/almost-independent.yaml
tap 'text: what a probability means' line_matches 'probability that agent 1 gets the item at (2, 1): *1$'
tap 'text: what a payment means' line_matches "agent [12]'s payment at ([12], [12]): *-[0-9.]*\$"
tap 'text: binding rules' line_matches '^  agent 1 of type [12] takes part  *1$'
tap 'text: nothing on standard error' quiet
run solve demos/simple-example.yaml
tap 'text: part of the full surplus' prints 'full surplus 1.75 = 7/4: 85.71% of it is extracted'
run solve demos/myerson-correlated.yaml --ir ex-post
tap 'text: a fraction that is no decimal' prints 'optimal: revenue 200/3, about 66.666667 (exact)'
run solve demos/divorce.yaml
tap 'text: outcomes by name' line_matches 'probability of museum at (low, low): *1$'
tap 'text: no payments to report' prints 'Nobody pays anything.'
run solve demos/gaussian.yaml
tap 'text: tables for two players' prints "bidder's payment at (bidder down, signal across):"
tap 'text: within 80 columns' sh -c '! grep -q "^.\{81,\}" "$1"' sh "$out"
COLUMNS=40
export COLUMNS
run solve demos/almost-independent.yaml
tap 'text: one line a variable where a table is too wide' prints 'probability that agent 1 gets the item at (2, 1): 1'
unset COLUMNS

run solve demos/almost-independent.yaml --ir none
tap 'unbounded: exit status 1' exits 1
tap 'unbounded: said and proved' prints 'unbounded (exact)'
tap 'unbounded: why' prints 'without individual rationality the payments of agent'
tap 'unbounded: which rule mends it' prints 'with `ir: ex-interim` there is an optimum: 1.749'
run solve demos/almost-independent.yaml --ir none --json
tap 'unbounded as JSON: exit status 1' exits 1
tap 'unbounded as JSON: nulls and no mechanism' prints '"status": "unbounded", "proof": "exact", "objective": null, "revenue": null, "welfare": null, "full_surplus": {"value": 1.749, "exact": "1749/1000"}, "max_payment": null, "mechanism": [], "binding": []'

run solve demos/almost-independent.yaml --proof floating --json
tap 'floating: no number is called exact' line_matches '"proof": "floating", "objective": {"value": 1\.[0-9]*, "exact": null}'
tap 'floating: exit status 0' exits 0
run solve demos/almost-independent.yaml --proof floating
tap 'floating: said in words' line_matches '^optimal: revenue 1\.[0-9]* (floating)'

feed "$(cat demos/simple-example.yaml)" solve -
tap 'standard input is read' prints 'revenue 1.5 = 3/2 (exact)'
printf '0.25,0.25\n0.25,0.25\n' >"$scratch/uniform.csv"
run solve --prior-csv "$scratch/uniform.csv" demos/almost-independent.yaml
tap 'a prior out of a CSV table' prints 'revenue 1.5 = 3/2 (exact)'
run solve --prior-csv "$scratch/none.csv" demos/almost-independent.yaml
tap 'a missing CSV table: exit status 2' exits 2
tap 'a missing CSV table is named' complains none.csv
feed 'item: {bidders: [{name: a, values: [1, 2]}, {name: b, values: [1, 2]}]}
prior: [[2, 2], [2, 2]]
' solve -
tap 'a note goes to standard error' complains 'sidebet: note: '
tap 'and the answer to standard output' prints 'revenue 1.5 = 3/2'
feed 'item: {bidders: [{name: "Zo\"e", values: [1, 2]}, {name: é, values: [1, 2]}]}
prior: [[2, 2], [2, 2]]
' solve - --json
tap 'JSON: notes are part of the object' line_matches '"notes": \["[^"]'
tap 'JSON: quotes are escaped, other characters kept' prints '"Zo\"e gets it": 1, "é gets it": 0'

# Rules for payments, objectives, deterministic mechanisms.
optimum 'deterministic, dominant strategies' demos/divorce.yaml 21.6 108/5 --ic ex-post --deterministic true
optimum 'deterministic, Bayes-Nash' demos/divorce.yaml 33.16 829/25 --deterministic true
run solve demos/divorce.yaml --deterministic true
tap 'no blanks at the ends of lines' sh -c '! grep -q " $" "$1"' sh "$out"
tap 'the rule is on the report' prints 'payments none, deterministic true'
run solve demos/receipts.yaml
tap 'an agent that is called seller pays too' prints 'negative: the agent is paid'
run solve demos/divorce.yaml --deterministic true --certificate "$scratch/none.cert"
tap 'no certificate of a search: exit status 2' exits 2
tap 'no certificate of a search: the remedy' complains 'choose deterministic: false'
trade='agents: [{name: buyer, types: [low, high]}, {name: owner, types: [cheap, dear]}]
outcomes: [trade, keep]
utilities: {buyer: {low: [1, 0], high: [5, 0]}, owner: {cheap: [0, 0], dear: [-4, 0]}}
prior: [[1, 1], [1, 1]]
rules: {objective: welfare, payments: %s}
'
feed "$(printf "$trade" balanced)" solve -
tap 'balanced trade loses welfare' prints 'welfare 5/3, about 1.6666667 (exact)'
feed "$(printf "$trade" no-deficit)" solve -
tap 'so does trade without a deficit' prints 'welfare 5/3, about 1.6666667 (exact)'
feed "$(printf "$trade" free)" solve - --objective weights:revenue+0.5*welfare
tap 'a sum of objectives' prints 'optimal: weighted objective 1.875 = 15/8 (exact)'
run solve demos/almost-independent.yaml --objective weights:profit
tap 'a wrong sum: exit status 2' exits 2
tap 'a wrong sum: the remedy' complains 'revenue, welfare, agents'

# What a search found that did not come to its end is not called an optimum.
awk 'BEGIN {
	print "item:"
	print "  bidders:"
	for (b = 1; b <= 2; b++) {
		printf "    - {name: bidder %d, values: [", b
		for (k = 1; k <= 13; k++) printf "%s%d", (k > 1 ? ", " : ""), 9 * k + (k * k * (b + 2)) % 8
		print "]}"
	}
	for (p = 0; p < 169; p++) total += 1 + (p * p * 37 + p * 11) % 97
	print "prior:"
	for (x = 0; x < 13; x++) {
		printf "  - ["
		for (y = 0; y < 13; y++) {
			p = 13 * x + y
			printf "%s%d/%d", (y ? ", " : ""), 1 + (p * p * 37 + p * 11) % 97, total
		}
		print "]"
	}
}' >"$scratch/long.yaml"
long="$scratch/long.yaml --deterministic true --ir ex-post --time-limit 1"
run solve $long
tap 'a search that met its limit: exit status' exits 0
tap 'a search that met its limit: best found' line_matches '^best found: revenue [0-9./, a-z]* (not proved optimal)$'
tap 'a search that met its limit: bound and gap' line_matches 'no deterministic mechanism does better than [0-9.]* (gap [0-9.e-]* %)$'
tap 'a search that met its limit: optimal is not said' sh -c '! grep -q ^optimal "$1"' sh "$out"
run solve --json $long
tap 'a search that met its limit: JSON' prints '"status": "incumbent", "proof": "floating"'
tap 'a search that met its limit: bound and gap in JSON' line_matches '"search": {"bound": [0-9.]*, "nodes": [0-9]*, "gap": [0-9.e-]*}'
run solve --json --deterministic true demos/divorce.yaml
tap 'a search that came to its end: no gap' line_matches '"status": "optimal", "proof": "exact".*"gap": 0}'

# The size of programs is known before they are built.
run solve demos/gaussian.yaml --ic ex-post --deterministic true --memory-limit 1
tap 'a program that is too large: exit status' exits 3
tap 'a program that is too large: how large' complains '300 variables, 1010 rows and 4000 nonzeros and need about'
tap 'a program that is too large: the remedy' complains '--memory-limit raises the limit'
# Of one whose incentive rows are made when they are needed: what those take, not the whole.
{
	printf 'items:\n  names: [a, b, c, d]\n  bidders:\n'
	for bidder in x y; do
		printf '    - {name: %s, values: {' $bidder
		for type in 1 2 3 4 5 6 7 8 9 10; do
			printf 't%s: [%s, %s, %s, %s], ' $type $type $((11 - type)) $((type * type % 11)) 5
		done
		printf '}}\n'
	done
	printf 'prior:\n'
	for x in 1 2 3 4 5 6 7 8 9 10; do
		printf '  - ['
		for y in 1 2 3 4 5 6 7 8 9; do
			printf '%s/170, ' $((x == y ? 8 : 1))
		done
		printf '%s/170]\n' $((x == 10 ? 8 : 1))
	done
} >"$scratch/items.yaml"
run solve "$scratch/items.yaml" --memory-limit 10
tap 'rows made when they are needed: the limit lets them pass' prints 'optimal: revenue'
tap 'rows made when they are needed: both sizes are said' complains '(about 57 MB); its incentive rows are made when they are needed: about 3 MB'
run solve "$scratch/items.yaml" --memory-limit 1
tap 'rows made when they are needed: refused where they are too many' exits 3
tap 'rows made when they are needed: both sizes in the refusal' complains '300 rows and 258900 nonzeros (about 57 MB); with its incentive rows made when they are needed it would need about 3 MB, more than the limit of 1 MB'
run lp --format mps "$scratch/items.yaml" --memory-limit 10
tap 'the program in print is whole, and refused' exits 3
run solve demos/gaussian.yaml --memory-limit 0
tap 'no limit of nothing' exits 2
# ---- what is read is never written to ----
cp demos/weather.yaml "$scratch/read.yaml"
ln -s read.yaml "$scratch/link.yaml"
for option in --certificate; do
    run solve "$scratch/read.yaml" $option "$scratch/link.yaml"
    tap "$option: not over the file that is read" exits 2
    tap "$option: said" complains 'would overwrite a file that is read'
    tap "$option: the file is as it was" cmp -s demos/weather.yaml "$scratch/read.yaml"
done
run sample "$scratch/read.yaml" --count 3 -o "$scratch/read.yaml"
tap 'sample -o: not over the file that is read' complains 'would overwrite a file that is read'
run robust "$scratch/read.yaml" --box 0.01 --save-steps "$scratch/read.yaml"
tap '--save-steps: not over the file that is read' complains 'would overwrite a file that is read'
run simulate "$scratch/read.yaml" --repetitions 1 --samples 10 -o "$scratch/read.yaml"
tap 'simulate -o: not over the file that is read' complains 'would overwrite a file that is read'
mv "$scratch/read.yaml" "$scratch/read.svg"
run sweep "$scratch/read.svg" --figure "$scratch/read.svg"
tap '--figure: not over the file that is read' complains 'would overwrite a file that is read'
tap 'the file is as it was' cmp -s demos/weather.yaml "$scratch/read.svg"

run solve demos/division.yaml
tap 'not revenue: compared with the largest welfare' line_matches '^largest welfare 16: 96.25% of it is reached$'
cat >"$scratch/division.commands" <<'END'
open demos/division.yaml
solve
show results
END
run run "$scratch/division.commands"
tap 'the same words in one line' prints 'welfare 15.4, largest welfare 16, '
tap 'and in a table' line_matches '^ *largest welfare  *16  *exact$'
tap 'which is not the full surplus' sh -c '! grep -q "full surplus" "$1"' sh "$out"
finish
