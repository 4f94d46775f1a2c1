#!/bin/sh
# Figures, data, tables and reports: from the command language, and from the command line.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"
demo=demos/almost-independent.yaml

# script COMMAND...: a session on the demo, in which $1, $2, ... are run.
script() {
    {
        echo "open $demo"
        for line in "$@"; do echo "$line"; done
    } >"$scratch/script.sb"
    run run "$scratch/script.sb"
}
begins() { [ "$(head -c "$2" "$1" | od -An -tx1 | tr -d ' \n')" = "$3" ]; }
well_formed() {
    if command -v python3 >/dev/null 2>&1; then
        python3 -c 'import sys, xml.etree.ElementTree as t; t.parse(sys.argv[1])' "$1"
    else # every tag that is opened is closed
        [ "$(grep -o '<[a-z][a-z]*[^>]*[^/]>' "$1" | wc -l)" -eq "$(grep -o '</[a-z]*>' "$1" | wc -l)" ]
    fi
}

# ---- figures, in every format, of every screen that has one ----
w=$scratch
script 'screen blow-up' "figure $w/sweep.svg" "figure $w/sweep.pdf" "figure $w/sweep.PNG" "data $w/sweep.csv" \
    'curve cap' "figure $w/cap.svg" "data $w/cap.csv" 'screen geometry' "figure $w/geometry.svg" \
    "data $w/geometry.csv" 'screen baselines' "figure $w/baselines.svg" "data $w/baselines.csv" freeze \
    'set 1,1 0.3' 'screen misbelief' "figure $w/misbelief.svg" "data $w/misbelief.csv" \
    'screen table' "figure $w/table.svg" "data $w/table.csv" 'screen incentives' "figure $w/graph.svg" "data $w/graph.csv"
tap 'figures: exit status 0' exits 0
for kind in sweep cap geometry baselines misbelief table graph; do
    tap "$kind.svg: well-formed" well_formed "$w/$kind.svg"
    tap "$kind.svg: SVG with words" grep -q "<text" "$w/$kind.svg"
done
tap 'PDF: begins like one' begins "$w/sweep.pdf" 5 255044462d
tap 'PNG: begins like one' begins "$w/sweep.PNG" 8 89504e470d0a1a0a
tap 'the sweep has two panels' sh -c 'grep -q "Largest payment" "$1" && grep -q "full surplus" "$1"' sh "$w/sweep.svg"
tap 'the baselines are bars with numbers' sh -c 'grep -q ">second-price<" "$1" && grep -q ">1.749<" "$1"' sh "$w/baselines.svg"

# ---- data: the numbers of the subcommands ----
run sweep --csv $demo
tap 'data: a line a point, as sweep --csv prints' [ "$(cut -d, -f1-4 "$w/sweep.csv" | head -12)" = "$(cut -d, -f1-4 "$out" | head -12)" ]
run cap --csv $demo
tap 'data: the frontier, as cap --csv prints it' cmp "$w/cap.csv" "$out"
tap 'data: exact fractions' grep -q ',1749/1000,' "$w/sweep.csv"
tap 'data: geometry' grep -q '^2,0.501002004008016,250/499,.*,500/499,yes$' "$w/geometry.csv"
tap 'data: baselines' grep -q '^ex-post,1.499,1499/1000,' "$w/baselines.csv"

tap 'data: the table' grep -q '^1,1,0.2859.*,300/1049$' "$w/table.csv"
tap 'data: the graph' grep -q '^agent 1,1,stays away,1,1,0,0,1,1$' "$w/graph.csv"
script 'screen lp' "figure $w/lp.svg"
tap 'the screen lp has no plot, and says where to look' complains 'incentives draws which of its rules bind'

# ---- tables ----
script "table mechanism $w/m.tex" "table mechanism $w/m.md" "table mechanism $w/m.csv" "table conditions $w/c.md" \
    "table conditionals $w/c.csv" "table rules $w/r.md" "table results $w/r.csv"
tap 'tables: exit status 0' exits 0
tap 'LaTeX: booktabs' grep -q '^\\toprule$' "$w/m.tex"
tap 'LaTeX: numbers are mathematics' grep -qF '(1, 2) & $0.25$ & $0$ & $1$ & $-62750$ & $+2$ \\' "$w/m.tex"
tap 'LaTeX: begins and ends' [ "$(grep -c '\\begin{tabular}\|\\end{tabular}' "$w/m.tex")" -eq 2 ]
tap 'Markdown: as many pipes in every line' [ "$(grep '^|' "$w/m.md" | tr -cd '|\n' | sort -u | wc -l)" -eq 1 ]
tap 'CSV: exact payments' grep -q '^"(1, 2)",0.25,1/4,0,0,1,1,-62750,-62750,2,2$' "$w/m.csv"
tap 'CSV: beliefs' grep -q ',251/501,' "$w/c.csv"
tap 'conditions: the answer above' grep -q 'Bayesian yes' "$w/c.md"
tap 'rules with their meaning' grep -q '| ic | all | bayes-nash | ' "$w/r.md"
run table mechanism $demo -o "$w/again.tex"
tap 'sidebet table: exit status 0' exits 0
tap 'sidebet table writes the same' cmp "$w/m.tex" "$w/again.tex"
run table prior $demo --format markdown
tap 'sidebet table --format markdown' prints '| 1 | 0.251 | 0.25 |'
run table results $demo
tap 'sidebet table: text' prints 'full surplus'
run table nonsense $demo --format csv
tap 'sidebet table: no such part' exits 2
run table prior $demo --format mps
tap 'sidebet table: a format that is none' complains 'latex, markdown or csv'
run lp $demo --format markdown
tap 'sidebet lp writes no Markdown' exits 2

# ---- refusals ----
script "figure $w/sweep.gif"
tap 'an unknown ending: exit status 2' exits 2
script 'screen blow-up' "figure $w/x.gif"
tap 'an unknown ending: the list' complains 'FILE.svg, FILE.pdf or FILE.png'
script 'screen help' "figure $w/x.svg"
tap 'a screen without a plot says which have one' complains 'every other screen but lp'
script "table prior $w/x.doc"
tap 'tables: the list of endings' complains 'FILE.tex, FILE.md or FILE.csv'
script 'screen blow-up' "data $w/x.xls"
tap 'data: CSV alone' complains 'data FILE.csv'
script "report $w/x.pdf"
tap 'report: HTML alone' complains 'report FILE.html'
script 'screen blow-up' "figure $w/none/x.svg"
tap 'a missing folder' complains 'No such file'
script "table lp $w/x.csv"
tap 'what is no table' complains 'no table but words'
echo mine >"$w/kept.svg"
script 'screen blow-up' "figure $w/kept.svg"
tap 'an existing file is kept' [ "$(cat "$w/kept.svg")" = mine ]
tap 'and how to replace it is said' complains 'figure! FILE'
script 'screen blow-up' "figure! $w/kept.svg"
tap 'figure! replaces it' grep -q '<svg' "$w/kept.svg"
tap 'nothing else is left' [ -z "$(ls "$w" | grep -F -e .tmp -e x. | head -1)" ]
if [ -w /dev/full ]; then
    run table prior $demo --format csv -o /dev/full
    tap 'a full disk is told' complains 'No space left'
    run report $demo -o /dev/full
    tap 'a full disk is told of the report' exits 3
fi

# ---- the report ----
script "set 1,1 0.3" freeze "set 1,2 0.2" "report $w/session.html"
tap 'report: exit status 0' exits 0
script "set 1,1 0.3" freeze "set 1,2 0.2" "report $w/session2.html"
tap 'report: the same twice' cmp "$w/session.html" "$w/session2.html"
tap 'report: links to nothing outside' sh -c '! grep -q "https\{0,1\}:\|src=\|@import\|url(" "$1"' sh "$w/session.html"
for words in '<!DOCTYPE html>' 'lang="en"' 'prefers-color-scheme: dark' '@media print' 'scope="col"' \
    'scope="row"' '<figcaption>' 'role="img"' '<title>Revenue; Largest payment</title>' 'id="misbelief"' \
    'set 1,2 0.2' 'Step by step' 'full surplus' 'binding rule' 'sidebet 0'; do
    tap "report: $words" grep -qF -e "$words" "$w/session.html"
done
tap 'report: no folder of this machine but in the script' sh -c '! grep -v "^open" "$1" | grep -qF "$2"' sh "$w/session.html" "$w"
if command -v python3 >/dev/null 2>&1; then
    tap 'report: every tag is closed in order' python3 - "$w/session.html" <<'PYTHON'
import sys
from html.parser import HTMLParser
class Tags(HTMLParser):
    open = []
    ids = set()
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        assert attributes.get("id") not in self.ids
        self.ids |= {attributes["id"]} if "id" in attributes else set()
        if tag not in ("meta", "br"):
            self.open.append(tag)
    def handle_startendtag(self, tag, attributes):
        pass
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
tags = Tags()
page = open(sys.argv[1], encoding="utf-8").read()
tags.feed(page)
assert not tags.open
assert all(link[1:] in tags.ids for link in __import__("re").findall(r'href="([^"]*)"', page))
PYTHON
else
    skip 'report: every tag is closed in order' 'no python3'
fi
cat >"$w/weather.sb" <<'SCRIPT'
robust box 1/10
simulate samples 20
simulate repetitions 2
simulate start
SCRIPT
run report demos/weather.yaml "$w/weather.sb" -o "$w/weather.html"
tap 'sidebet report with a script: exit status 0' exits 0
tap 'nothing is printed beside it' silent
tap 'report: the robust run' grep -qF 'The falling bound' "$w/weather.html"
tap 'report: its price' grep -qF 'The price of robustness' "$w/weather.html"
tap 'report: the simulation' grep -qF 'Time of a design' "$w/weather.html"
feed 'title: "<script>&\"x\""
item: {bidders: [{name: "<b>", values: [1, 2]}, {name: b, values: [1, 2]}]}
prior: [[0.35, 0.15], [0.15, 0.35]]
' report -
tap 'report: what looks like markup is escaped' prints '<h1>&lt;script&gt;&amp;&quot;x&quot;</h1>'
tap 'report: nowhere markup' sh -c '! grep -qF -e "<script" -e "<b>" "$1"' sh "$out"
run report "$w/none.sb"
tap 'report: a script that is not there' exits 2

# ---- the figures of the demos are what the program draws ----
mkdir "$w/demos"
command='sh demos/figures/make.sh'
sh demos/figures/make.sh "$w/demos" >"$out" 2>"$err"
status=$?
tap 'make.sh: exit status 0' exits 0
for drawn in "$w"/demos/*.svg; do
    tap "demos/figures/${drawn##*/} is up to date" cmp "$drawn" "demos/figures/${drawn##*/}"
done
finish
