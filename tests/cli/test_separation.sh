#!/bin/sh
# sidebet separation: the distance from each belief to the mixtures of the others.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

table() { # ROW...: one bidder, two signals
    echo 'item: {bidders: [{name: bidder, values: [1, 2, 3]}]}'
    echo 'signal: {name: weather, values: [rain, dry]}'
    echo "prior: [$1]"
}

feed "$(table '[3, 1], [1, 1], [1, 3]')" separation -
tap 'the middle lies in the hull: exit status 1' exits 1
tap 'and is named' line_matches '^  gamma 0 in the 1-norm (exact): not separated: type 2$'
tap 'with the mixture' line_matches '^  type 2: distance 0, believes what is believed by 0.5 of type 1 and 0.5 of type$'
tap 'no vector separates it' sh -c '! grep -q "^    2  " "$1"' sh "$out"
tap 'but one does type 1' line_matches '^    1  *-1 *1$'
two='item: {bidders: [{name: bidder, values: [1, 2]}]}
signal: {name: weather, values: [rain, dry]}
prior: [[3, 1], [1, 3]]'
feed "$two" separation --json -
tap 'apart: exit status 0' exits 0
tap 'JSON begins as documented' line_matches '^{"title": "", "norm": "1-norm", "agents": \[{"name": "bidder", "gamma": {"value": 1, "exact": "1"}, "type": "1", "proof": "exact", "types": \[{"type": "1", "distance": {"value": 1, "exact": "1"}, "separating": \[-1, 1\], "mixture": {"2": 1}, "exact": {"separating": \["-1", "1"\], "mixture": {"2": "1"}}}, '
feed "$two" separation --norm maximum --json -
tap 'in the maximum norm: 1/2' line_matches '"norm": "maximum norm", .*"gamma": {"value": 0.5, "exact": "1/2"}'
feed "$two" separation --norm=one -
tap 'the norm is stated' prints 'gamma 1 in the 1-norm (exact)'

run separation demos/almost-independent.yaml
tap 'several agents: each by name' sh -c '[ "$(grep -c "^agent [12]$" "$1")" -eq 2 ]' sh "$out"
tap 'almost independent: hardly apart' prints 'gamma 2/249999'
run separation --agent 'agent 2' demos/almost-independent.yaml
tap 'one agent alone' sh -c 'grep -q "^agent 2$" "$1" && ! grep -q "^agent 1$" "$1"' sh "$out"
# scipy.optimize.linprog, on densities that are not rounded: 0.02461647981 and 0.00531279826
run separation demos/gaussian.yaml --json
tap 'the bell curve, as scipy has it' line_matches '"gamma": {"value": 0.02461647979'
run separation demos/gaussian.yaml --json --norm maximum
tap 'and in the maximum norm' line_matches '"gamma": {"value": 0.0053127982'
tap 'text: within 80 columns' sh -c '"$SIDEBET_PROGRAM" separation demos/gaussian.yaml >"$1"; ! grep -q "^.\{81,\}" "$1"' sh "$out"
feed "$(table '[1, 1], [0, 0], [0, 0]')" separation -
tap 'one type of positive probability: nothing to separate' prints 'there is nothing to separate'
feed "$(table '[1, 3], [0, 0], [3, 1]')" separation -
tap 'a type of probability zero is left out' prints 'type 2: probability zero, left out'

run separation --agent 'agent 3' demos/almost-independent.yaml
tap 'an unknown agent: exit status 2' exits 2
tap 'and the agents are named' complains 'agent 1'
feed "$two" separation --agent weather -
tap 'the signal has no beliefs' complains 'is the signal'
feed 'item: {bidders: [{name: bidder, values: {low: 1, high: 2}}]}
signal: {name: weather, values: [rain, dry]}
prior: [[3/8, 1/8], [1/8, 3/8]]
reports: {bidder: {low: [low]}}
' separation -
tap 'nobody else may report it' line_matches 'type high: no other type may report it'
tap 'told from those that may report it' line_matches 'type low: distance 1, nearest type high'
run separation --norm two demos/almost-independent.yaml
tap 'an unknown norm: exit status 2' exits 2
tap 'and the norms are named' complains 'choose one or maximum'
run separation --along 3 demos/almost-independent.yaml
tap 'an option of others: exit status 2' exits 2
tap 'nothing printed' silent
finish
