# What the tests of the command line share; sourced.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A test file runs the program with `run`, then asserts with `tap`; it ends with `finish`. Output: TAP.
set -u
cd "$(dirname "$0")/../.." || exit 3
SIDEBET_PROGRAM=${SIDEBET_PROGRAM:-build/sidebet}
case $SIDEBET_PROGRAM in /*) ;; *) SIDEBET_PROGRAM=$PWD/$SIDEBET_PROGRAM ;; esac
LC_ALL=C
export SIDEBET_PROGRAM LC_ALL
unset COLUMNS
scratch=$(mktemp -d) || exit 3
trap 'rm -rf "$scratch"' EXIT
out=$scratch/stdout err=$scratch/stderr status=0 number=0 failures=0 command=

# run ARGUMENT...: run sidebet; its output is in $out and $err, how it ended in $status.
run() {
    command="sidebet $*"
    "$SIDEBET_PROGRAM" "$@" >"$out" 2>"$err" </dev/null
    status=$?
}
# feed TEXT ARGUMENT...: the same with TEXT on standard input.
feed() {
    text=$1
    shift
    command="sidebet $*"
    printf '%s' "$text" | "$SIDEBET_PROGRAM" "$@" >"$out" 2>"$err"
    status=$?
}

# tap NAME COMMAND...: one test; it holds when the command succeeds.
tap() {
    name=$1
    shift
    number=$((number + 1))
    if "$@" >/dev/null 2>&1; then
        echo "ok $number - $name"
    else
        failures=$((failures + 1))
        echo "not ok $number - $name"
        echo "# failed: $*"
        echo "# after: $command (exit status $status)"
        head -c 3000 "$out" | sed 's/^/# out: /'
        echo
        head -c 2000 "$err" | sed 's/^/# err: /'
    fi
}
skip() { # NAME REASON
    number=$((number + 1))
    echo "ok $number - $1 # SKIP $2"
}
finish() {
    echo "1..$number"
    [ "$failures" -eq 0 ]
}

# Assertions about the last run.
exits() { [ "$status" -eq "$1" ]; }
prints() { grep -qF -e "$1" "$out"; }
complains() { grep -qF -e "$1" "$err"; }
line_matches() { grep -q -e "$1" "$out"; }
silent() { [ ! -s "$out" ]; }
quiet() { [ ! -s "$err" ]; }
lines() { [ "$(wc -l <"$2")" -eq "$1" ]; }
