#!/bin/sh
# sidebet run and sidebet repl: the command language without a screen.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"
XDG_STATE_HOME=$scratch/state
export XDG_STATE_HOME

cat >"$scratch/good.sb" <<'END'
# The lecture's example, and back.
open demos/almost-independent.yaml
expect revenue 1.749
uniform
expect revenue 1.5

undo
expect revenue 1.749
ir none
expect status unbounded
END
run run "$scratch/good.sb"
tap 'a script whose expectations hold: 0' exits 0
tap 'and nothing on standard error' quiet
feed "$(cat "$scratch/good.sb")" run -
tap 'the same from standard input' exits 0

cat >"$scratch/fails.sb" <<'END'
open demos/almost-independent.yaml
expect revenue 2
echo after
expect revenue 1.749
END
run run "$scratch/fails.sb"
tap 'a failed expect: 1' exits 1
tap 'it names the file and the line' complains "sidebet: $scratch/fails.sb:2:"
tap 'it says what the answer is' complains 1.749
tap 'it stops' sh -c '! grep -q after "$1"' sh "$out"
run run --keep-going "$scratch/fails.sb"
tap 'going on: still 1' exits 1
tap 'going on: the rest is run' prints after
tap 'going on: counted' complains "$scratch/fails.sb: 1 of 2 expectations held"

printf 'open demos/almost-independent.yaml\nsett 1,1 0.3\necho after\n' >"$scratch/wrong.sb"
run run "$scratch/wrong.sb"
tap 'a wrong command: 2' exits 2
tap 'a wrong command is placed' complains "sidebet: $scratch/wrong.sb:2:"
tap 'a wrong command stops' sh -c '! grep -q after "$1"' sh "$out"
run run -k "$scratch/wrong.sb"
tap 'a wrong command stops even when going on' exits 2
printf 'open demos/almost-independent.yaml\nexpect revenu 2\n' >"$scratch/wrong.sb"
run run "$scratch/wrong.sb"
tap 'an expect that makes no sense: 2' exits 2
printf 'open demos/almost-independent.yaml\nexpect revenue much\n' >"$scratch/wrong.sb"
run run --keep-going "$scratch/wrong.sb"
tap 'an expect of no number: 2' exits 2
printf 'open demos/almost-independent.yaml\nir none\nexpect revenue 2\n' >"$scratch/unbounded.sb"
run run "$scratch/unbounded.sb"
tap 'an expect of a number where there is none: 1' exits 1
printf 'open demos/almost-independent.yaml\r\nexpect revenue 1.749\r\nquit\r\necho after\r\n' >"$scratch/dos.sb"
run run "$scratch/dos.sb"
tap 'carriage returns do not matter' exits 0
tap 'quit ends a script' silent
printf 'echo a\000b\n' >"$scratch/zero.sb"
run run "$scratch/zero.sb"
tap 'a zero byte is refused' exits 2

printf 'item: {bidders: [{name: a, values: [1, 2]}]}\nprior: [[1, x]]\n' >"$scratch/bad.yaml"
printf '\nopen %s\n' "$scratch/bad.yaml" >"$scratch/open.sb"
run run "$scratch/open.sb"
tap 'an error in a file that a script opens has both places' sh -c 'grep -q "open.sb:2: .*bad.yaml:2:" "$1"' sh "$err"

feed 'open demos/almost-independent.yaml
solve
nonsense
echo after
' repl
tap 'repl without a terminal: no prompt' sh -c '! grep -q "sidebet>" "$1"' sh "$out"
tap 'repl: answers' prints 1.749
tap 'repl: a mistake is placed' complains 'sidebet: standard input:3:'
tap 'repl: it goes on' prints after
tap 'repl: and remembers the failure' exits 2
feed 'expect revenue 1.5
' repl demos/simple-example.yaml
tap 'repl with a file' exits 0
feed 'expect status unbounded
' repl --ir none demos/simple-example.yaml
tap 'repl with a file and a rule' exits 0
feed '' repl --ir none
tap 'a rule without a file: 2' exits 2
tap 'no history is kept of what nobody typed' [ ! -e "$scratch/state/sidebet/history" ]

# ---- the point of a curve, by its number, as a click chooses it ----
printf '%s\n' 'open demos/almost-independent.yaml' 'screen blow-up' 'curve sweep 1' 'expect revenue 1499/1000' \
    'curve cap 1' 'curve point 2' 'curve next' 'freeze' 'screen misbelief' 'curve point 2' >"$scratch/points.sb"
run run "$scratch/points.sb"
tap 'curve sweep 1 goes to independence' exits 0
for line in 'curve point' 'curve point 0' 'curve point 1000' 'curve next 2' 'curve sweep x'; do
    printf '%s\n' 'open demos/almost-independent.yaml' 'screen blow-up' "$line" >"$scratch/points.sb"
    run run "$scratch/points.sb"
    tap "$line is refused" exits 2
done

finish
