#!/bin/sh
# The tables of README.md, from the CSV files beside it.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   sh demos/simulations/tables.sh             print them
#   sh demos/simulations/tables.sh update      put them into README.md, each between its marks
# shellcheck disable=SC2016 # awk programs
set -eu
cd "$(dirname "$0")"

# What the columns of a CSV file are called, and numbers as they are shown.
common='
FNR == 1 { for (k = 1; k <= NF; k++) column[$k] = k; next }
function the(name) { return $(column[name]) }
function minus(text) { sub(/^-/, "−", text); return text }
function thousands(number) { return number < 1000 ? number "" : thousands(int(number / 1000)) "," sprintf("%03d", number % 1000) }
function share(   width) {
    width = (the("share_upper") - the("share_lower")) / 2
    return minus(sprintf("%.3f", the("share"))) (width >= 5e-4 ? sprintf(" ± %.3f", width) : "")
}
function significant(number) { return sprintf(number < 1 ? "%.2f" : number < 10 ? "%.1f" : "%.0f", number) }
function duration(seconds) { return seconds < .1 ? significant(seconds * 1000) " ms" : sprintf("%.2f s", seconds) }
'
table() { # NAME PROGRAM FILE...
    name=$1 program=$2
    shift 2
    LC_ALL=C awk -F, "$common $program" "$@"
}

samples() {
    table samples '
        FILENAME == "samples.csv" { cell[the("mechanism"), $1] = share(); held[$1] = the("set_holds_truth") }
        FILENAME == "simultaneous.csv" && the("mechanism") == "robust" { cell["simultaneous", $1] = share(); both[$1] = the("set_holds_truth") }
        END {
            print "| N | ex-post | bayesian | robust | robust, simultaneous | sets that hold the truth: per element | simultaneous |"
            print "|---|---|---|---|---|---|---|"
            count = split("10 20 50 100 200 500 1000 2000 5000 10000 20000 50000 100000", wanted, " ")
            for (k = 1; k <= count; k++) {
                n = wanted[k]
                printf "| %s | %s | %s | %s | %s | %.2f | %.2f |\n", thousands(n), cell["ex-post", n], cell["bayesian", n], cell["robust", n], cell["simultaneous", n], held[n], both[n]
            }
        }' samples.csv simultaneous.csv
}
naive() {
    table naive '
        the("mechanism") == "bayesian" { lines = lines sprintf("| %s | %.3f | %s | %s | %.1f | %.1f | %.1f |\n", thousands($1), the("designed") / the("full_surplus"), share(), significant(the("max_payment")), the("truthful"), the("lying"), the("absent")) }
        END { print "| N | expects | earns | largest payment | types truthful | lying | absent |"; print "|---|---|---|---|---|---|---|"; printf "%s", lines }' samples.csv
}
correlation() {
    table correlation '
        { cell[the("mechanism"), the("correlation")] = share() }
        the("mechanism") == "robust" { order[++count] = the("correlation") }
        END {
            print "| correlation | known-prior | ex-post | bayesian | robust |"
            print "|---|---|---|---|---|"
            for (k = 1; k <= count; k++) { c = order[k]; printf "| %s | %s | %s | %s | %s |\n", c, cell["known-prior", c], cell["ex-post", c], cell["bayesian", c], cell["robust", c] }
        }' correlation.csv
}
epsilon() {
    table epsilon '
        the("mechanism") == "ex-post" { least = share() }
        the("mechanism") == "robust" { lines = lines sprintf("| %s | %s | %.2f |\n", the("epsilon"), share(), the("set_holds_truth")) }
        END { print "| ε | robust | sets that hold the truth |"; print "|---|---|---|"; printf "%s| (ex-post, any ε) | %s | |\n", lines, least }' epsilon.csv
}
types() {
    table types '
        { time[the("mechanism"), the("types")] = duration(the("design_seconds")); cell[the("mechanism"), the("types")] = share() }
        the("mechanism") == "robust" { order[++count] = the("types") }
        function line(head, what, mechanism,   k) { printf "| %s |", head; for (k = 1; k <= count; k++) printf " %s |", what == "time" ? time[mechanism, order[k]] : cell[mechanism, order[k]]; print "" }
        END {
            printf "| types and signals |"; for (k = 1; k <= count; k++) printf " %s |", order[k]; print ""
            printf "|---|"; for (k = 1; k <= count; k++) printf "---|"; print ""
            line("time: robust", "time", "robust"); line("ex-post", "time", "ex-post"); line("bayesian", "time", "bayesian")
            line("revenue: robust", "share", "robust"); line("ex-post", "share", "ex-post"); line("bayesian", "share", "bayesian")
        }' types.csv
}

all='samples naive correlation epsilon types'
if [ "${1:-}" = update ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    cp README.md "$scratch/page"
    for name in $all; do
        $name >"$scratch/table"
        awk -v name="$name" -v file="$scratch/table" '
            $0 == "<!-- table " name " -->" { print; while ((getline line < file) > 0) print line; inside = 1; next }
            $0 == "<!-- end -->" { inside = 0 }
            !inside' "$scratch/page" >"$scratch/next"
        mv "$scratch/next" "$scratch/page"
    done
    cat "$scratch/page" >README.md
else
    for name in $all; do
        echo "<!-- table $name -->"
        $name
        echo "<!-- end -->"
    done
fi
