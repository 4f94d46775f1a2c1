#!/bin/sh
# Reproduce the simulations: what mechanisms learned from samples earn.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   sh demos/simulations/run.sh [FOLDER [NAME ...]]
#
# Writes the means and bands (CSV) and the figures (SVG) into FOLDER, this one by default, and shows
# the tables; NAME: only these simulations. SIDEBET names the program, REPETITIONS how often samples
# are drawn for a point. `sh demos/simulations/tables.sh update` then renews the tables of README.md.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here}
[ $# -gt 0 ] && shift
chosen=${*:-samples correlation epsilon simultaneous types first}
sidebet=${SIDEBET:-$here/../../build/sidebet}
repetitions=${REPETITIONS:-100}
samples=10,20,50,100,200,500,1000,2000,5000,10000,20000,50000,100000
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# simulation NAME OPTION...: simulate once, then read the result back for the summary and the figure.
simulation() {
    name=$1
    shift
    case " $chosen " in *" $name "*) ;; *) return 0 ;; esac
    echo "== $name: sidebet simulate $*"
    "$sidebet" simulate "$@" -o "$scratch/$name.csv"
    "$sidebet" merge "$scratch/$name.csv" --csv --figure "$folder/$name.svg" >"$folder/$name.csv"
}

simulation samples --samples $samples --repetitions "$repetitions"
simulation correlation --correlation 0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9 --samples 1000 \
    --repetitions "$repetitions"
simulation epsilon --epsilon 0.0001,0.001,0.002,0.005,0.01,0.02,0.05,0.1,0.2,0.5 --samples 1000 \
    --repetitions "$repetitions"
simulation simultaneous --level simultaneous --samples $samples --repetitions "$repetitions"
# A few repetitions as they are, each mechanism's payments and replies: a test draws them again.
case " $chosen " in
*" first "*)
    rm -f "$folder/first.csv"
    "$sidebet" simulate --samples 10,100,1000,100000 --repetitions 2 -o "$folder/first.csv"
    ;;
esac
# One worker, so that times are not those of two at once.
simulation types --types 4,5,6,8,10,12,15,20 --samples 1000 --repetitions 10 --workers 1
