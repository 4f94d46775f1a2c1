#!/bin/sh
# Memory that runs out at some request or other of the whole program: a sentence and status 3.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/faults/failing_memory.c is preloaded: requests of all libraries count, GMP's and FLINT's too.
. "$(dirname "$0")/lib.sh"

preloaded=$(dirname "$SIDEBET_PROGRAM")/tests/failing_memory.so
tries=${SIDEBET_MEMORY_TRIES:-30}
demo=demos/almost-independent.yaml signal=demos/weather.yaml
cat >"$scratch/script.sb" <<EOF
open $PWD/$demo
set 1,1 0.3
show prior
undo
redo
ir ex-post
save! $scratch/saved.yaml
EOF
"$SIDEBET_PROGRAM" solve --certificate "$scratch/certificate" "$demo" >/dev/null 2>&1
"$SIDEBET_PROGRAM" sample --count 50 "$signal" >"$scratch/samples.csv" 2>/dev/null

# What takes time is not the same twice; where GLPK fails the exact solver may find another of the
# best mechanisms.
steady() { sed 's/"mechanism": .*"time_ms"/"time_ms"/; s/"size": {[^}]*}//; s/[0-9.e-]* m\{0,1\}s\([^a-z]\|$\)/\1/g; s/"time_ms": [0-9.e-]*//' "$1"; }

# survives ARGUMENT...: every try ends as without a failure, or with status 3 and the sentence.
survives() {
    COUNT_IN=$scratch/count LD_PRELOAD=$preloaded "$SIDEBET_PROGRAM" "$@" </dev/null >"$scratch/wanted" 2>"$err"
    usual=$?
    requests=$(cat "$scratch/count")
    [ "$usual" -le 1 ] && [ "$requests" -gt 100 ] || return 1
    steady "$scratch/wanted" >"$scratch/wanted.steady"
    refused=0 try=0
    while [ "$try" -lt "$tries" ]; do
        try=$((try + 1))
        FAIL_AT=$((requests * try / tries)) LD_PRELOAD=$preloaded "$SIDEBET_PROGRAM" "$@" </dev/null >"$out" 2>"$err"
        status=$?
        command="sidebet $* with request $((requests * try / tries)) of $requests refused"
        if [ "$status" -eq 3 ]; then
            grep -q 'not enough memory' "$err" "$out" || return 1
            refused=$((refused + 1))
        else
            [ "$status" -eq "$usual" ] || return 1
            steady "$out" | cmp -s - "$scratch/wanted.steady" || return 1
        fi
        if [ -e "$scratch/saved.yaml" ]; then # the old or the new text, never less
            grep -q '^rules: ' "$scratch/saved.yaml" || return 1
        fi
    done
    [ "$refused" -gt $((tries / 3)) ]
}

COUNT_IN=$scratch/count LD_PRELOAD=$preloaded "$SIDEBET_PROGRAM" --version >"$out" 2>"$err"
# What counts the lines that run asks for memory when the program ends, and takes it for granted.
if ! [ -e "$scratch/count" ] || [ "$(cat "$scratch/count")" -eq 0 ] || grep -q __gcov_ "$SIDEBET_PROGRAM"; then
    skip 'memory that runs out' 'malloc() cannot be replaced, or not refuse, in this build'
    finish
    exit
fi
tap 'solve' survives solve "$demo"
tap 'solve in double precision' survives solve --proof floating "$demo"
tap 'solve with smallest payments' survives solve --json --report-payments smallest "$signal"
tap 'solve deterministic' survives solve --deterministic true "$demo"
tap 'solve with a certificate' survives solve --certificate "$scratch/another" "$demo"
tap 'verify' survives verify "$scratch/certificate"
tap 'check' survives check "$signal"
tap 'sweep' survives sweep --points 1 --decades 2 "$demo"
tap 'cap' survives cap "$demo"
tap 'sensitivity' survives sensitivity "$demo"
tap 'lp' survives lp --format cplex "$demo"
tap 'robust' survives robust --box 0.1 --json "$signal"
tap 'geometry' survives geometry "$signal"
tap 'estimate' survives estimate --samples "$scratch/samples.csv" "$signal"
tap 'simulate' survives simulate --samples 10 --repetitions 2 --types 3 --workers 2
tap 'a script' survives run "$scratch/script.sb"
finish
