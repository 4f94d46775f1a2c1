#!/bin/sh
# sidebet incentives: who would misreport as whom.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

run incentives demos/almost-independent.yaml
tap 'exit status 0' exits 0
tap 'nothing on standard error' quiet
tap 'the nodes' line_matches '^  *1  *2  *stays away  *dual$'
tap 'staying away binds, worth 1' line_matches '├[^ ]*▶┊  *1$'
tap 'type 2 is indifferent about reporting 1' line_matches '│◀[^ ]*┤  *┊  *0$'
tap 'within 80 columns' sh -c '! LC_ALL=C.UTF-8 grep -q "^.\{81,\}" "$1"' sh "$out"
run incentives --agent 'agent 2' demos/almost-independent.yaml
tap 'one agent' sh -c '! grep -q "agent 1" "$1" && grep -q "agent 2" "$1"' sh "$out"
run incentives --ic ex-post --ir ex-post demos/almost-independent.yaml
tap 'ex-post: how many profiles of the others' line_matches '0.499  2 of 2$'
run incentives --ir ex-ante demos/almost-independent.yaml
tap 'ex-ante: before the types' line_matches '^  *before  *1  *2  *stays away'
run incentives demos/gaussian.yaml
tap 'many types: a matrix' line_matches '^  type ↓ as →'
tap 'a row a type' line_matches '^ *10 .*=  *●$'

run incentives --json demos/almost-independent.yaml
tap 'JSON begins as documented' line_matches '^{"status": "optimal", "proof": "exact", "agents": \[{"name": "agent 1", "edges": \[{"type": "1", "report": "2", "stays_away": false, "binding": 0, "places": 1, "slack": {"value": 0.500992, "exact": "7828/15625"}, "dual": {"value": 0, "exact": "0"}}'
tap 'JSON: all edges' sh -c '[ "$(grep -o "\"stays_away\"" "$1" | wc -l)" -eq 8 ]' sh "$out"
if command -v python3 >/dev/null 2>&1; then
    tap 'JSON: well formed' python3 -m json.tool "$out"
else
    skip 'JSON: well formed' 'no python3'
fi
run incentives --json --deterministic true demos/simple-example.yaml
tap 'JSON: a search tells no duals' prints '"dual": null'
run incentives --format dot demos/almost-independent.yaml
tap 'DOT: a graph' line_matches '^digraph incentives {$'
tap 'DOT: an edge' prints 'a1_t1 -> a1_away [label="1"];'
if command -v dot >/dev/null 2>&1; then
    tap 'DOT: graphviz reads it' dot -Tsvg -o "$scratch/graph.svg" "$out"
else
    skip 'DOT: graphviz reads it' 'no graphviz'
fi
run incentives -o "$scratch/graph.dot" --format dot demos/almost-independent.yaml
tap '-o: nothing printed' silent
tap '-o: written' grep -q '^digraph' "$scratch/graph.dot"

run incentives --ir none demos/almost-independent.yaml
tap 'unbounded: exit status 1' exits 1
tap 'unbounded: says so' prints 'The program is unbounded'
run incentives --json --ir none demos/almost-independent.yaml
tap 'unbounded: JSON without agents' prints '"status": "unbounded", "proof": "exact", "agents": [], '
run incentives --format mps demos/almost-independent.yaml
tap 'another format: exit status 2' exits 2
run incentives --json --format dot demos/almost-independent.yaml
tap 'two formats: exit status 2' exits 2
run incentives --agent weather demos/weather.yaml
tap 'the signal: exit status 2' exits 2
run incentives --agent nobody demos/weather.yaml
tap 'no such agent: exit status 2' exits 2
finish
