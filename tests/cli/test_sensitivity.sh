#!/bin/sh
# sidebet sensitivity: slopes, jumps and kinks in text, JSON and CSV.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

run sensitivity demos/almost-independent.yaml
tap 'text: exit status 0' exits 0
tap 'text: a slope on both sides' line_matches '^ *(1, 1)  *0.251  *smooth  *-1  *-1$'
tap 'text: nothing on standard error' quiet
run sensitivity demos/simple-example.yaml
tap 'text: a jump and the slope behind it' line_matches '^ *(1, 2)  *0.25  *jump  *jump 0.25, then 1  *jump 0.25, then 1$'
tap 'text: the jump in words' prints 'revenue is 1.5 here and jumps by'
run sensitivity demos/shared-belief.yaml
tap 'text: a jump on one side only' line_matches '(5, 0)  *1/6  *jump  *-23  *jump 1/3, then 1$'

run sensitivity demos/simple-example.yaml --json --mass scale
tap 'JSON: one line' lines 1 "$out"
tap 'JSON: as documented' line_matches '^{"cells": \[{"profile": {"agent 1": "1", "agent 2": "1"}, "kind": "jump", "down": {"derivative": {"value": -1, "exact": "-1"}, "jump": {"value": 0.25, "exact": "1/4"}}, "up": {'
tap 'JSON: what follows' line_matches '\], "title": "[^"]*", "mass": "scale", "at_independence": true, "remarks": \["[^"]*"\], "rules": {.*}, "notes": \[\], "time_ms": [0-9.]*}$'
run sensitivity demos/almost-independent.yaml --json
tap 'JSON: no jump is null' line_matches '"kind": "smooth", "down": {"derivative": {"value": -1, "exact": "-1"}, "jump": null}'
if command -v python3 >/dev/null 2>&1; then
    tap 'JSON: a parser reads it' python3 -c 'import json, sys; assert len(json.load(open(sys.argv[1]))["cells"]) == 4' "$out"
else
    skip 'JSON: a parser reads it' 'no python3'
fi
run sensitivity demos/almost-independent.yaml --csv --mass free
tap 'CSV: the header' line_matches '^agent 1,agent 2,kind,down,down_exact,down_jump,down_jump_exact,up,up_exact,up_jump,up_jump_exact$'
tap 'CSV: a row' line_matches '^1,1,smooth,-0.749,-749/1000,0,0,-0.749,-749/1000,0,0$'
tap 'CSV: four profiles' lines 5 "$out"

feed 'item: {bidders: [{name: b, values: [1, 2]}]}
prior: [1/2, 1/2]
' sensitivity - --mass scale
tap 'a kink' line_matches '^ *(1)  *0.5  *kink  *-2  *0$'
feed 'item: {bidders: [{name: b, values: [1, 2]}]}
prior: [0, 1]
' sensitivity - --mass scale
tap 'an edge' line_matches '^ *(1)  *0  *edge  *-  *-2$'
tap 'a fixed probability' line_matches '^ *(2)  *1  *fixed  *-  *-$'

run sensitivity demos/almost-independent.yaml --ir none
tap 'no optimum: exit status 1' exits 1
tap 'no optimum: said' complains 'there is no proved optimum'
run sensitivity demos/almost-independent.yaml --mass both
tap 'an unknown mode: exit status 2' exits 2
tap 'an unknown mode: the choices' complains 'choose free, scale, row or marginals'
run sensitivity demos/almost-independent.yaml --csv --json
tap 'two formats: exit status 2' exits 2
run sensitivity
tap 'no file: exit status 2' exits 2
finish
