#!/bin/sh
# Figures of subcommands: SVG, PDF and PNG.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"
demo=demos/almost-independent.yaml

run sweep --points 1 --decades 3 --csv --figure "$scratch/sweep.svg" $demo
tap 'exit status 0' exits 0
tap 'the answer is printed too' line_matches '^1,1,1.749'
points=$(($(wc -l <"$out") - 1))
if command -v xmllint >/dev/null 2>&1; then
    tap 'SVG: well-formed' xmllint --noout "$scratch/sweep.svg"
else
    skip 'SVG: well-formed' 'no xmllint'
fi
for label in 'Almost independent' Revenue 'Largest payment' 'full surplus' ex-post smallest vertex 'λ^-1.00'; do
    tap "SVG: '$label' is text" grep -q "<text[^>]*>[^<]*$label" "$scratch/sweep.svg"
done
tap 'SVG: powers of ten are raised' grep -q '>10<tspan dy="-[0-9.]*" font-size="[0-9.]*">−[23]</tspan></text>' "$scratch/sweep.svg"
# Revenue, surplus, ex-post, and the two ends of the line at independence; smallest and vertex.
tap "SVG: $points points on each curve" [ "$(grep -c 'class="point"' "$scratch/sweep.svg")" -eq $((3 * points + 2 + 2 * points)) ]
tap 'SVG: six samples at the names' [ "$(grep -c 'class="sample"' "$scratch/sweep.svg")" -eq 6 ]
run sweep --points 1 --decades 3 --csv --figure "$scratch/again.svg" $demo
tap 'SVG: the same again' cmp "$scratch/sweep.svg" "$scratch/again.svg"

for ending in pdf PNG; do
    for name in one two; do
        run sweep --points 1 --decades 2 --json --figure "$scratch/$name.$ending" $demo
        tap "$ending: exit status 0" exits 0
    done
    tap "$ending: the same twice" cmp "$scratch/one.$ending" "$scratch/two.$ending"
    tap "$ending: no folder of this machine" sh -c '! grep -aqF "$1" "$2"' sh "$scratch" "$scratch/one.$ending"
done
tap 'PDF: begins like one' sh -c '[ "$(head -c 5 "$1")" = "%PDF-" ]' sh "$scratch/one.pdf"
tap 'PDF: no time of day' sh -c '! grep -a "D:20\|CreationDate" "$1" | grep -aqv "20000101000000"' sh "$scratch/one.pdf"
tap 'PNG: begins like one' sh -c '[ "$(head -c 8 "$1" | od -An -tx1 | tr -d " \n")" = 89504e470d0a1a0a ]' sh "$scratch/one.PNG"
tap 'PNG: no time of day' sh -c '! grep -aq tIME "$1"' sh "$scratch/one.PNG"

run cap --json --figure "$scratch/cap.svg" $demo
tap 'cap: exit status 0' exits 0
tap 'cap: a point at each breakpoint, and the two ends of the free optimum' [ "$(grep -c 'class="point"' "$scratch/cap.svg")" -eq $(($(grep -o '"bound"' "$out" | wc -l) + 2)) ]
run misbelief --json --along 5 --figure "$scratch/misbelief.svg" $demo demos/simple-example.yaml
tap 'misbelief: exit status 0' exits 0
tap 'misbelief: two curves over the points' [ "$(grep -c 'class="point"' "$scratch/misbelief.svg")" -eq $((2 * $(grep -o '"s":' "$out" | wc -l))) ]
run misbelief --json --figure "$scratch/misbelief.pdf" $demo demos/simple-example.yaml
tap 'misbelief: a figure without --along' [ -s "$scratch/misbelief.pdf" ]
tap 'misbelief: the answer does not change with it' line_matches '"along": \[\]'
feed 'title: "<&> \"q\""
item: {bidders: [{name: a, values: [1, 2]}, {name: b, values: [1, 2]}]}
prior: [[0.35, 0.15], [0.15, 0.35]]
' sweep --json --lambda 0,1/2,1 --figure "$scratch/marks.svg" -
tap 'SVG: marks in a title are escaped' grep -qF '&lt;&amp;&gt;' "$scratch/marks.svg"

# ---- the table and the incentive graph ----
run table prior --figure "$scratch/prior.svg" $demo
tap 'table prior: exit status 0' exits 0
tap 'a heat map: a cell a number' [ "$(grep -c 'class="cell"' "$scratch/prior.svg")" -eq 4 ]
tap 'and the number in it, so that colour is not needed' grep -q '<text[^>]*>0.251</text>' "$scratch/prior.svg"
run table conditionals --format csv --figure "$scratch/beliefs.pdf" $demo
tap 'table conditionals: a PDF' sh -c '[ "$(head -c 5 "$1")" = "%PDF-" ]' sh "$scratch/beliefs.pdf"
run table rules --figure "$scratch/rules.svg" $demo
tap 'another table: exit status 2' exits 2
tap 'another table: says which are drawn' complains 'prior or conditionals'
run sensitivity --json --figure "$scratch/slopes.svg" $demo
tap 'sensitivity: exit status 0' exits 0
tap 'sensitivity: signs are written' grep -q '<text[^>]*>-1 *</text>' "$scratch/slopes.svg"
run incentives --json --figure "$scratch/graph.svg" demos/weather.yaml
tap 'incentives: exit status 0' exits 0
tap 'incentives: an arrow a rule that binds' [ "$(grep -c 'class="head"' "$scratch/graph.svg")" -eq 6 ]
tap 'incentives: with its dual' grep -q '<text[^>]*>0.666667</text>' "$scratch/graph.svg"
tap 'incentives: nodes are named' grep -q '<text[^>]*>stays away</text>' "$scratch/graph.svg"
cp "$out" "$scratch/with.json"
run incentives --json demos/weather.yaml
tap 'incentives: the answer does not change with it' sh -c '[ "$(grep -v time_ms "$1")" = "$(grep -v time_ms "$2")" ]' sh "$out" "$scratch/with.json"
run incentives --figure "$scratch/three.svg" demos/three-bidders.yaml
tap 'incentives of three: which agent is drawn must be said' complains 'as in --agent'
run incentives --figure "$scratch/three.png" --agent Ben demos/three-bidders.yaml
tap 'incentives of one of three: a PNG' [ -s "$scratch/three.png" ]

# ---- refusals ----
refused() { # NAME STATUS WORDS FILE
    run sweep --points 1 --decades 1 --figure "$4" $demo
    tap "$1: exit status $2" exits "$2"
    tap "$1: says $3" complains "$3"
    tap "$1: nothing printed" silent
}
refused 'an unknown ending' 2 'FILE.svg, FILE.pdf or FILE.png' "$scratch/figure.gif"
refused 'no ending' 2 'names no kind of figure' "$scratch/figure"
refused 'a dot in the folder alone' 2 'names no kind of figure' "$scratch/../figure"
refused 'a missing folder' 3 'No such file' "$scratch/none/figure.svg"
mkdir "$scratch/folder.svg"
refused 'a folder' 3 'Is a directory' "$scratch/folder.svg"
run sweep --figure "$scratch/kept.svg" --lambda nonsense $demo
tap 'a refused command leaves no figure' [ ! -e "$scratch/kept.svg" ]
run solve --figure "$scratch/solve.svg" $demo
tap 'solve draws none' exits 2
finish
