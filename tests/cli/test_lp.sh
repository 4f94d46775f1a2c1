#!/bin/sh
# sidebet lp: the program as text, and for other solvers.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

run lp demos/almost-independent.yaml
cp "$out" "$scratch/text"
tap 'exit status 0' exits 0
tap 'nothing on standard error' quiet
tap 'what is maximised, in general' line_matches '^maximise Σ\[ψ\] π(ψ) \[Σ\[i\] x_i(ψ)\]$'
tap 'and in numbers' prints '  = 0.251 [x(agent 1 | 1, 1) + x(agent 2 | 1, 1)] + 0.25 [x(agent 1 | 1, 2)'
tap 'a heading for each rule and agent' prints 'Bayes-Nash incentive compatibility of agent 1 (2 rows)'
tap 'a binding row with its slack and dual' line_matches '^\* IR agent 1: 2  *slack 0  *dual 1$'
tap 'a row with slack, exactly' line_matches '^  IC agent 1: 1 as 2  *slack 0.500992  *dual 0$'
tap 'the row in numbers' sh -c 'tr -s "\n " " " <"$1" | grep -qF "0.25 [2 p(agent 1 gets it | 2, 1) − x(agent 1 | 2, 1) − 2 p(agent 1 gets it | 1, 1) + x(agent 1 | 1, 1)] + 0.249 [2 p("' sh "$out"
tap 'the optimum' prints 'optimum 1.749 = 1749/1000 (exact)'
tap 'the duals of the probabilities: their sum is the optimum' sh -c '[ "$(sed -n "s/^  sum .*dual //p" "$1" | awk "{ sum += \$1 } END { print sum }")" = 1.749 ]' sh "$out"
tap 'within 80 columns' sh -c '! LC_ALL=C.UTF-8 grep -q "^.\{81,\}" "$1"' sh "$out"
tap 'no no-break spaces are left' sh -c '! grep -q "$(printf "\302\240")" "$1"' sh "$out"
run lp -o "$scratch/written" demos/almost-independent.yaml
tap '-o: nothing printed' silent
tap '-o: what was printed' cmp "$scratch/text" "$scratch/written"

run lp --symbolic demos/almost-independent.yaml
tap '--symbolic: the rules' prints 'Σ[θ_-i] π(θ_i, θ_-i) [U_i(θ_i; θ_i, θ_-i) − U_i(r; θ_i, θ_-i)] ≥ 0'
tap '--symbolic: no rows' sh -c '! grep -q slack "$1"' sh "$out"
tap '--symbolic: nothing solved' sh -c '! grep -q optimum "$1"' sh "$out"

run lp --ir none demos/almost-independent.yaml
tap 'unbounded: exit status 1' exits 1
tap 'unbounded: says so' prints 'The program is unbounded: there are no slacks and no duals.'
run lp --deterministic true demos/simple-example.yaml
tap 'deterministic: no duals' sh -c '! grep -q "dual 0" "$1"' sh "$out"
tap 'deterministic: slacks' line_matches '^\* IR agent 1: 1  *slack 0$'
tap 'deterministic: 0 or 1' prints 'subject to p(o | ψ) in {0, 1}'

# Written for another solver, read and solved by it: the same optimum, times what the file says.
same_optimum() { # FILE OPTIONS...
    file=$1
    shift
    run solve --json "$@" "$file"
    objective=$(sed -n 's/.*"objective": {"value": \([^,]*\),.*/\1/p;s/^{"status": "optimal".*"revenue": {"value": \([^,]*\),.*/\1/p' "$out" | head -n 1)
    run lp --format cplex "$@" "$file"
    factor=$(sed -n 's/^\\ the objective is multiplied by //p' "$out")
    cp "$out" "$scratch/program.lp"
    run lp --format mps "$@" "$file"
    cp "$out" "$scratch/program.mps"
    mps_factor=$(sed -n 's/^\* to be minimised; the objective is multiplied by //p' "$out")
    if ! command -v glpsol >/dev/null 2>&1; then
        skip "glpsol finds the optimum of $file $*" 'no glpsol'
        return
    fi
    glpsol --lp "$scratch/program.lp" -o "$scratch/solution" >"$scratch/log" 2>&1
    one=$(sed -n 's/^Objective: .* = \([-0-9.e+]*\) .*/\1/p' "$scratch/solution")
    glpsol --freemps "$scratch/program.mps" -o "$scratch/solution" >"$scratch/log" 2>&1
    two=$(sed -n 's/^Objective: .* = \([-0-9.e+]*\) .*/\1/p' "$scratch/solution")
    tap "glpsol finds the optimum $objective of $file $*" awk -v wanted="$objective" -v one="$one" -v two="$two" \
        -v factor="${factor:-1}" -v mps="${mps_factor:-1}" 'BEGIN {
            if (wanted == "" || one == "" || two == "") exit 1
            a = one / factor - wanted; b = two / mps - wanted; scale = 1e-6 * (1 + (wanted < 0 ? -wanted : wanted))
            exit !(a < scale && a > -scale && b < scale && b > -scale) }'
}
same_optimum demos/almost-independent.yaml
same_optimum demos/not-concave.yaml
same_optimum demos/weather.yaml
same_optimum demos/three-bidders.yaml
same_optimum demos/weather.yaml --ic ex-post --ir ex-post
same_optimum demos/almost-independent.yaml --payments bounded:10/3
same_optimum demos/almost-independent.yaml --payments balanced --objective welfare
same_optimum demos/lottery.yaml --deterministic true
same_optimum demos/two-items.yaml --payments no-subsidies

run lp --format cplex --deterministic true demos/simple-example.yaml
tap 'cplex: binary columns are named' line_matches '^Binary$'
run lp --format mps --deterministic true demos/simple-example.yaml
tap 'mps: between markers' line_matches "'MARKER' 'INTORG'"
run lp --format latex demos/weather.yaml
tap 'latex: alignments' line_matches '^\\begin{align\*}$'
tap 'latex: fractions' prints '\tfrac{1}{12}\,\bigl['
if command -v pdflatex >/dev/null 2>&1; then
    { printf '%s\n' '\documentclass{article}\usepackage{amsmath}\begin{document}'; cat "$out"; printf '%s\n' '\end{document}'; } >"$scratch/program.tex"
    tap 'latex: compiles' sh -c 'cd "$1" && pdflatex -interaction=nonstopmode -halt-on-error program.tex' sh "$scratch"
else
    skip 'latex: compiles' 'no pdflatex'
fi

run lp --format dot demos/weather.yaml
tap 'another format: exit status 2' exits 2
run lp --format tex demos/weather.yaml
tap 'an unknown format: exit status 2' exits 2
run lp --symbolic --format mps demos/weather.yaml
tap 'symbolic for a solver: exit status 2' exits 2
cp demos/weather.yaml "$scratch/weather.yaml"
run lp -o "$scratch/weather.yaml" "$scratch/weather.yaml"
tap 'what is read is not overwritten' exits 2
tap 'it is as it was' cmp demos/weather.yaml "$scratch/weather.yaml"
run lp --memory-limit 1 --format mps demos/gaussian.yaml --ic ex-post
tap 'a program that is too large: refused' sh -c '[ "$1" -ne 0 ]' sh "$status"

# ---- labels that have in them what stands between labels are in quotes ----
feed 'item:
  bidders:
    - {name: "a, b", values: {"lo | w": 1, "hi\"": 2}}
    - {name: b, values: {"1, 2": 1, "(1, 2)": 2}}
prior: [[0.35, 0.15], [0.15, 0.35]]
' lp -
tap 'labels: a bar is quoted' prints 'x("a, b" | "lo | w", "1, 2")'
tap 'labels: quotes are doubled, and what is in parentheses is plain' prints '"hi""", (1, 2))'
tap 'labels: names of rules too' prints 'IC "a, b": "hi""" as "lo | w"'

finish
