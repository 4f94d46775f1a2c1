#!/bin/sh
# sidebet geometry: beliefs and values, and the bets between them.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

signals() { # SIGNALS ROWS: one bidder of values 1, 2 and 3
    echo 'item: {bidders: [{name: bidder, values: [1, 2, 3]}]}'
    echo "signal: {name: signal, values: [$1]}"
    echo "prior: [$2]"
}

# The lecture's three pictures.
line='item: {bidders: [{name: bidder, values: [1, 2]}]}
signal: {name: signal, values: [low, high]}
prior: [[3, 1], [1, 3]]'
feed "$line" geometry -
tap 'two points on a line: exit status 0' exits 0
tap 'which is linear' prints 'concave G: yes, linear G: yes'
tap 'the line' line_matches '^  envelope over 2 and 1: 2.5 - 2 place$'
run geometry demos/concave.yaml
tap 'concave and not linear' prints 'concave G: yes, linear G: no'
tap 'one slope' line_matches '^  envelope over undecided and pessimist: 5 - 5 place$'
tap 'and the other' line_matches '^  envelope over optimist and undecided: 10/3 - 5/3 place$'
tap 'a bet, and what it has to spare' prints 'bet of type undecided: 5/3 at low, 10/3 at high; to spare against type'
run geometry demos/not-concave.yaml
tap 'neither: exit status 1' exits 1
tap 'the type that fails' line_matches '^  undecided  *0.5  *1.5  *2  *no$'
tap 'and the mixture above it' prints 'no bet of type undecided: 0.5 of type pessimist and 0.5 of type optimist'
tap 'the answer' prints 'concave G: no, linear G: no'

run geometry --csv demos/not-concave.yaml
tap 'CSV: a header' line_matches '^agent,kind,picture,number,type,x,x_exact,y,y_exact,height,height_exact,envelope,envelope_exact$'
tap 'points' line_matches '^bidder,type,0,,undecided,0.5,1/2,,,1.5,3/2,2,2$'
tap 'the mixture' line_matches '^bidder,mixture,0,,undecided,0.5,1/2,,,2,2,,$'
tap 'lines' line_matches '^bidder,envelope,0,0,optimist,0.2,1/5,,,3,3,,$'
tap 'bets at the corners' line_matches '^bidder,bet,0,,pessimist,0,0,,,3.6666666666666665,11/3,,$'
tap 'as many fields in every line' sh -c '[ "$(awk -F, "{print NF}" "$1" | sort -u)" = 13 ]' sh "$out"
run geometry --json demos/not-concave.yaml
tap 'JSON begins as documented' line_matches '^{"title": "Values not concave in the belief: no full surplus", "agents": \[{"name": "bidder", "projection": "whole", "corners": \["low", "high"\], "components": null, "shared": true, "types": \[{"type": "pessimist", "worth": {"value": 1, "exact": "1"}, "envelope": {"value": 1, "exact": "1"}, "side_bet": "yes", "picture": 0, "place": \[0.8\], "bet": \[0.3333333333333333, 3.6666666666666665\], "slack": {"pessimist": 0, "undecided": 0.5, "optimist": 0}, "mixture": null, "exact": {'

# A type that is not served needs no bet.
feed 'item: {bidders: [{name: bidder, values: [1, 0, 3]}]}
signal: {name: signal, values: [low, high]}
prior: [[4, 1], [1, 1], [1, 4]]' geometry -
tap 'not worth serving: no bet needed, exit status 0' exits 0
tap 'and said' line_matches '^  0  *0.5  *0  *0  *needs none$'

# More signals than can be drawn.
four='4, 3, 2, 1], [1, 2, 3, 4], [2, 2, 3, 3'
feed "$(signals 'a, b, c, d' "[$four]")" geometry -
tap 'four signals: components' prints 'places are the scores on the two directions'
tap 'all of the spread' prints 'which show 100 % of the spread'
feed "$(signals 'a, b, c, d' "[$four]")" geometry --signals c -
tap 'one against the others' prints 'the probabilities of c and all others together, of 4 signals'
feed "$(signals 'a, b, c, d' "[$four]")" geometry --signals=c,a -
tap 'two against the others' prints 'the probabilities of c, a and all others'
feed "$(signals 'a, b, c, d' "[$four]")" geometry --signals c,a,d -
tap 'three among themselves' prints 'given that it is one of them'
feed "$(signals 'a, b, c, d' "[$four]")" geometry --signals c,a,d,b -
tap 'four are too many: exit status 2' exits 2
tap 'and said' complains 'at most three names'
feed "$(signals 'a, b, c, d' "[$four]")" geometry --signals c,e -
tap 'an unknown signal: exit status 2' exits 2
tap 'and the signals are named' complains 'there are a, b, c, d'
feed "$(signals 'a, b' '[1, 2], [2, 1], [1, 1]')" geometry --json --signals components -
tap 'components of two signals: one' line_matches '"projection": "components", "corners": \[\], "components": \[{"share": 1, "loadings": \[0.70710678118654'

# Several agents.
run geometry demos/almost-independent.yaml
tap 'several agents: each by name' sh -c '[ "$(grep -c "^agent [12]$" "$1")" -eq 2 ]' sh "$out"
run geometry --agent 'agent 2' demos/almost-independent.yaml
tap 'one agent alone' sh -c 'grep -q "^agent 2$" "$1" && ! grep -q "^agent 1$" "$1"' sh "$out"
run geometry --signals 1 demos/almost-independent.yaml
tap 'signals of which agent: exit status 2' exits 2
tap 'and asked' complains 'name one, as in --agent "agent 1"'
run geometry demos/shared-belief.yaml
tap 'whose report the heights are about' prints 'heights are what a report of type 5 is worth:'
run geometry --agent weather demos/weather.yaml
tap 'the signal has no beliefs' complains 'is the signal'
run geometry --along 3 demos/weather.yaml
tap 'an option of others: exit status 2' exits 2
tap 'nothing printed' silent
tap 'text: within 80 columns' sh -c '"$SIDEBET_PROGRAM" geometry demos/gaussian.yaml >"$1"; ! grep -q "^.\{81,\}" "$1"' sh "$out"

# Figures.
run geometry demos/not-concave.yaml --figure "$scratch/line.svg"
tap 'a figure: exit status as without' exits 1
tap 'types are points with labels' sh -c 'grep -q ">undecided<" "$1" && grep -q ">mixture<" "$1" && grep -q ">envelope<" "$1" && grep -q ">side bets<" "$1"' sh "$scratch/line.svg"
run geometry demos/three-forecasts.yaml --figure "$scratch/triangle.svg"
tap 'a triangle with its corners' sh -c 'for word in rain fog dry "middle: 2"; do grep -q ">$word<" "$1" || exit 1; done' sh "$scratch/triangle.svg"
tap 'without axes' sh -c '! grep -q ">0.2<" "$1"' sh "$scratch/triangle.svg"
run geometry demos/three-bidders.yaml --figure "$scratch/three.svg"
tap 'a figure of three agents: exit status 2' exits 2
tap 'and asked for one' complains 'name one, as in --agent'
run geometry demos/three-bidders.yaml --agent '#1' --figure "$scratch/one.pdf"
tap 'as PDF' sh -c 'head -c 5 "$1" | grep -q %PDF' sh "$scratch/one.pdf"
finish
