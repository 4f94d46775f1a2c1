#!/bin/sh
# The lesson of sidebet(7) is true: its commands are run, and print what it shows.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Output: TAP.
set -u
cd "$(dirname "$0")/.." || exit 3
SIDEBET_PROGRAM=${SIDEBET_PROGRAM:-${BUILD:-build}/sidebet}
case $SIDEBET_PROGRAM in /*) ;; *) SIDEBET_PROGRAM=$PWD/$SIDEBET_PROGRAM ;; esac
page=man/sidebet.7
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/here" && ln -s "$SIDEBET_PROGRAM" "$scratch/bin/sidebet" && ln -s "$PWD/demos" "$scratch/here/demos"

# One file a command, and one of the lines that are shown behind it.
awk -v folder="$scratch" '
    /^\.Bd -literal/ { display = 1; next }
    /^\.Ed/ { display = 0; next }
    !display { next }
    { gsub(/\\&/, "") }
    here { print >command; if ($0 == "END") here = 0; next }
    /^\$ / {
        name = sprintf("%s/%03d", folder, ++count)
        command = name ".command"; shown = name ".shown"
        printf "" >shown
        print substr($0, 3) >command
        here = /<<END$/
        next
    }
    $0 != "..." { print >shown }' "$page"
count=$(ls "$scratch"/*.command | wc -l)
number=0
tap() { # STATUS NAME
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; fi
}
echo "1..$((count + 2))"
tap "$([ "$count" -gt 10 ]; echo $?)" "$count commands"
for command in "$scratch"/*.command; do
    name=${command%.command}
    (cd "$scratch/here" && PATH=$scratch/bin:$PATH COLUMNS=80 sh "$command") >"$name.out" 2>"$name.err"
    ended=$?
    wrong=0
    # `check` says no by its exit status.
    [ $ended -le 1 ] || { echo "# exit status $ended"; sed 's/^/# /' "$name.err"; wrong=1; }
    # Every line shown, in this order.
    awk -v out="$name.out" '{
        found = 0
        while (!found && (getline line <out) > 0) found = line == $0
        if (!found) { print "# not printed: " $0; wrong = 1; exit }
    } END { exit wrong }' "$name.shown" || wrong=1
    tap $wrong "$(head -n 1 "$command")"
done
# The numbers in the text are among those printed, or in the files that were read.
cat "$scratch"/*.out "$scratch"/*.command demos/almost-independent.yaml demos/simple-example.yaml >"$scratch/all"
awk '/^\.Sh SEE ALSO/ { exit } /^\.Bd/ { display = 1 } /^\.Ed/ { display = 0; next } display || /^\./ { next } { print }' "$page" |
    grep -oE '[0-9]+(\.[0-9]+)?' | sort -u >"$scratch/numbers"
wrong=0
while read -r figure; do
    grep -qE "(^|[^0-9.])$(echo "$figure" | sed 's/\./\\./')([^0-9.]|\.?\$|[.,]?[^0-9])" "$scratch/all" || { echo "# nothing prints $figure"; wrong=1; }
done <"$scratch/numbers"
[ -s "$scratch/numbers" ] || wrong=1
tap $wrong "the numbers in the text are printed ($(tr '\n' ' ' <"$scratch/numbers"))"
