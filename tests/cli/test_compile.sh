#!/bin/sh
# What is written for other programs goes through them: LaTeX through pdflatex and lualatex, DOT
# through dot. Where one of them is not installed, its tests say that they were skipped.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

# Every character that means something to TeX, graphviz or both; then letters of other scripts.
cat >"$scratch/signs.yaml" <<'END'
title: "100% \"odd\" & #1_{x}^y~z \\ ünïcödé λ × …"
item:
  bidders:
    - {name: "A#1 %&_{}~^\\ é", values: {"[lo|w, x]": 1, "*h_i^gh --#2": 2}}
    - {name: "B$ <x> ß `q' \"z\" µ Ω", values: {"α ≤ β": 1, "\\n {€}": 2}}
prior: [[0.35, 0.15], [0.15, 0.35]]
END
sed -e 's/A#1 /А日本 /' -e 's/ünï/Šбв/' "$scratch/signs.yaml" >"$scratch/scripts.yaml"

# compiles PROGRAM FILE.tex: as part of a document that has what the comments in it ask for.
compiles() {
    {
        printf '%s\n' '\documentclass{article}' '\usepackage[a3paper,landscape,margin=5mm]{geometry}' \
            '\usepackage{amsmath,booktabs}'
        grep -qF '% \usepackage[T1]{fontenc}' "$2" && echo '\usepackage[T1]{fontenc}'
        printf '%s\n' '\begin{document}'
        cat "$2"
        printf '%s\n' '' '\end{document}'
    } >"$scratch/document.tex"
    (cd "$scratch" && timeout 120 "$1" -interaction=nonstopmode -halt-on-error document.tex >"$out" 2>"$err") &&
        ! grep -q '^LaTeX Warning: .*[Mm]issing' "$out"
}
has_package() { kpsewhich booktabs.sty >/dev/null 2>&1 && kpsewhich amsmath.sty >/dev/null 2>&1; }

parts='prior conditionals values results mechanism smallest conditions binding sweep cap auctions'
if command -v pdflatex >/dev/null 2>&1 && has_package; then
    for file in demos/weather.yaml demos/three-bidders.yaml demos/public-good.yaml "$scratch/signs.yaml"; do
        name=$(basename "$file")
        rm -f "$scratch/lp.tex"
        run lp --format latex -o "$scratch/lp.tex" "$file"
        tap "pdflatex: the program of $name" compiles pdflatex "$scratch/lp.tex"
    done
    : >"$scratch/tables.tex"
    for part in $parts; do
        run table "$part" --format latex "$scratch/signs.yaml"
        tap "the table $part: exit status 0" exits 0
        { cat "$out"; echo; } >>"$scratch/tables.tex"
    done
    tap 'pdflatex: every table, with every sign' compiles pdflatex "$scratch/tables.tex"
    printf '%s\n' '\nonsense' >"$scratch/wrong.tex"
    if compiles pdflatex "$scratch/wrong.tex"; then wrong=0; else wrong=1; fi
    tap 'pdflatex: and this test would see it' [ "$wrong" -eq 1 ]
else
    skip 'LaTeX through pdflatex' 'no pdflatex with amsmath and booktabs'
fi
run lp --format latex -o "$scratch/lp.tex" "$scratch/scripts.yaml"
tap 'letters without fonts: a comment says which program has them' grep -q '^% .*LuaLaTeX' "$scratch/lp.tex"
run table mechanism --format latex -o "$scratch/m.tex" "$scratch/scripts.yaml"
tap 'and so in tables' grep -q '^% .*LuaLaTeX' "$scratch/m.tex"
run table mechanism --format latex -o "$scratch/plain.tex" demos/weather.yaml
tap 'and not elsewhere' sh -c '! grep -q "LuaLaTeX\|fontenc" "$1"' sh "$scratch/plain.tex"
if command -v lualatex >/dev/null 2>&1 && has_package; then
    tap 'lualatex: the program in other scripts' compiles lualatex "$scratch/lp.tex"
    tap 'lualatex: a table in other scripts' compiles lualatex "$scratch/m.tex"
else
    skip 'LaTeX through lualatex' 'no lualatex with amsmath and booktabs'
fi

if command -v dot >/dev/null 2>&1; then
    for file in demos/weather.yaml demos/three-bidders.yaml "$scratch/signs.yaml" "$scratch/scripts.yaml"; do
        name=$(basename "$file")
        run incentives --format dot -o "$scratch/graph.dot" "$file"
        tap "dot: the graph of $name" sh -c 'dot -Tsvg "$1" >"$2" 2>"$3" && [ ! -s "$3" ]' sh \
            "$scratch/graph.dot" "$scratch/graph.svg" "$err"
    done
    tap 'dot: labels are as they were' grep -qF 'B$ &lt;x&gt; ß `q&#39; &quot;z&quot; µ Ω' "$scratch/graph.svg"
    tap 'dot: a backslash is none of its own' grep -qF '>\n {€}<' "$scratch/graph.svg"
else
    skip 'DOT through dot' 'no graphviz'
fi
finish
