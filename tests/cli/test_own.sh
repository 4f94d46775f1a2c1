#!/bin/sh
# Rules by agent and reporting sets: options, reports, JSON, certificates.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

# optimum NAME FILE FRACTION OPTION...: by --json, exact, exit status 0.
optimum() {
    name=$1 file=$2 fraction=$3
    shift 3
    run solve --json "$file" "$@"
    tap "$name: $fraction" sh -c '[ "$1" -eq 0 ] && grep -q "\"proof\": \"exact\", \"objective\": {\"value\": [-0-9.e]*, \"exact\": \"$2\"}" "$3"' sh "$status" "$fraction" "$out"
}
# refused NAME TEXT ARGUMENT...: exit status 2, nothing on standard output, TEXT on standard error.
refused() {
    name=$1 text=$2
    shift 2
    run "$@"
    tap "$name" sh -c '[ "$1" -eq 2 ] && [ ! -s "$2" ] && grep -qF -e "$4" "$3"' sh "$status" "$out" "$err" "$text"
}

walk=demos/one-may-walk-away.yaml
optimum 'participation by agent' $walk 583/250
optimum 'one option changes one agent' $walk 1221/500 --ir Ann=ex-interim
optimum 'the option may be repeated' $walk 583/250 --ir Ann=ex-interim --ir Ben=ex-post
optimum 'a choice for all comes first wherever it stands' $walk 583/250 --ir Ben=ex-interim --ir ex-post
optimum 'the last of two for one agent holds' $walk 1999/1000 --ir Ben=none --ir Ben=ex-post
optimum 'agents by position, the value behind an equals sign' $walk 1999/1000 '--ir=#2=ex-post'
optimum 'two words' demos/almost-independent.yaml 1749/1000 --ir 'agent 1=ex-post'
refused 'an agent that is not there' "--ir Anna=none: the environment has no player 'Anna': there is Ann, Ben" solve $walk --ir Anna=none
refused 'a hint with an agent that is' 'as in --ir "Ann=none"' solve $walk --ir Anna=none
refused 'a choice that is not there' 'ex-ante, ex-interim, ex-post or none' solve $walk --ir Ann=late
refused 'a rule that is one for all' 'this rule is one for all agents; only --ic and --ir take AGENT=CHOICE' solve $walk --payments Ann=none
refused 'the signal has no rules' 'this is the signal' solve demos/weather.yaml --ic weather=none
refused 'verify does not take them alone' '--ir says nothing without --against' verify $walk --ir Ann=none
refused 'explore says the same' "--ir Anna=none: the environment has no player 'Anna'" explore --ir Anna=none $walk

run solve $walk --ic Ben=none
tap 'the report says who differs' prints 'rules: ic bayes-nash (Ben: none), ir ex-interim (Ann: ex-post), objective revenue, payments free'
run solve --json $walk
tap 'JSON: a rule by agent is an object' prints '"rules": {"ic": "bayes-nash", "ir": {"Ann": "ex-post", "Ben": "ex-interim"}, "objective": "revenue", "payments": "free", "deterministic": "false"}'
run solve --json $walk --ir none
tap 'JSON: one for all is a word' prints '"ir": "none"'

# Reporting sets.
optimum 'evidence makes trade efficient' demos/receipts.yaml 14/9
optimum 'without it' demos/bilateral-trade/three-points.yaml 40/27
run solve demos/receipts.yaml
tap 'the report has the sets' prints 'reports of seller: {0: [0], 2: [0, 2]}'
run solve --json demos/receipts.yaml
tap 'no rule about the three reports that are not possible' prints '"rows": 33,'
tap 'JSON: the sets are with the rules' prints '"deterministic": "false", "reports": {"seller": {"0": ["0"], "2": ["0", "2"]}}}'

printf '1,1,1\n1,1,1\n1,1,1\n' >"$scratch/prior.csv"
run solve --json demos/receipts.yaml --prior-csv "$scratch/prior.csv"
tap 'another prior keeps the sets' prints '"reports": {"seller": {"0": ["0"], "2": ["0", "2"]}}'
printf 'open demos/receipts.yaml\nimport %s\nshow reports\nexpect welfare 14/9\n' "$scratch/prior.csv" >"$scratch/import.sb"
run run "$scratch/import.sb"
tap 'so does an import' sh -c '[ "$1" -eq 0 ] && grep -q "^  2  yes  yes    -$" "$2"' sh "$status" "$out"
run solve demos/receipts.yaml --ic none
tap 'nested sets are not remarked on' sh -c '! grep -q nested "$1" "$2"' sh "$out" "$err"
sed 's/{0: \[0\], 2: \[0, 2\]}/{0: [2], 2: [4], 4: []}/' demos/receipts.yaml >"$scratch/steps.yaml"
optimum 'sets that are not nested' "$scratch/steps.yaml" 40/27
tap 'are remarked on' prints 'the reporting sets of seller are not nested (0 may report 2, which may report 4, which 0 may not)'

# A certificate carries both.
for file in $walk demos/receipts.yaml; do
    run solve "$file" --certificate "$scratch/proof.yaml"
    run verify "$scratch/proof.yaml" --against "$file"
    tap "the certificate of $file is accepted" exits 0
done
run solve $walk --ir Ben=ex-post --certificate "$scratch/proof.yaml"
run verify "$scratch/proof.yaml" --against $walk
tap 'not against a file with other rules' exits 1
run verify "$scratch/proof.yaml" --against $walk --ir Ben=ex-post
tap 'unless the options say so' exits 0

# What the explorer saves is what it has.
feed "open $walk
ic none Ben
reports Ann 2 only 1
rename Ann Ann Lee
save $scratch/saved.yaml
show rules
show reports
" repl
tap 'show rules says whose choice differs' line_matches '^  Ben: none  (Agents report'
tap 'show reports is a table' line_matches '^  2  yes  yes    -$'
tap 'the file has rules by agent' grep -qF 'rules: {ic: {Ann Lee: bayes-nash, Ben: none}, ir: {Ann Lee: ex-post, Ben: ex-interim}, objective: revenue}' "$scratch/saved.yaml"
tap 'the file has the sets' sh -c 'tr "\n" " " <"$1" | grep -qF "reports:   Ann Lee: {2: [1, 2]}"' sh "$scratch/saved.yaml"
run run tests/scripts/not-all-alike.sb
tap 'the numbers of the demonstration' exits 0
finish
