#!/bin/sh
# Wrong command lines, wrong files, and the help.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

# refused NAME TEXT ARGUMENT...: exit status 2, nothing on standard output, TEXT in the one line of
# standard error.
refused() {
    name=$1 text=$2
    shift 2
    run "$@"
    tap "$name" sh -c '[ "$1" -eq 2 ] && [ ! -s "$2" ] && [ "$(wc -l <"$3")" -eq 1 ] && grep -q "^sidebet: " "$3" && grep -qF -e "$4" "$3"' sh "$status" "$out" "$err" "$text"
}
refused 'a misspelt subcommand' 'did you mean sidebet solve? See sidebet --help' sovle
refused 'neither subcommand nor file' "there is no subcommand and no file 'zzz'" zzz
refused 'a file is missing' 'sidebet solve needs a FILE' solve
refused 'one file too many' "'b' is one argument too many for sidebet solve" solve a b
refused 'a misspelt option' 'there is no option --jsno; did you mean --json?' solve --jsno demos/weather.yaml
refused 'an unknown letter' 'there is no option -x' -x solve demos/weather.yaml
refused 'a value is missing' '--proof needs a value; write --proof exact|floating' solve --proof
refused 'a value too many' '--json takes no value' solve --json=yes demos/weather.yaml
refused 'a bad proof' 'choose exact or floating' solve --proof maybe demos/weather.yaml
refused 'a bad time limit' "the time limit 'soon' is not a number of seconds" solve --time-limit soon demos/weather.yaml
refused 'a negative time limit' "the time limit '-1'" solve --time-limit -1 demos/weather.yaml
refused 'an infinite time limit' "the time limit 'inf'" solve --time-limit=inf demos/weather.yaml
refused 'a bad rule lists the choices' 'bayes-nash, ex-post or none' solve --ic dominant demos/weather.yaml
refused 'a bound without a number' 'bounded' solve --payments bounded demos/weather.yaml
refused 'an option of another subcommand' 'sidebet check takes no option --ic; see sidebet help check' check --ic none demos/weather.yaml
refused 'an unknown topic of the help' 'help lists commands and keys' help zzzzzz
refused 'an unknown option as a topic' "there is no help on '--zzzzzz'" help --zzzzzz
refused 'a file that is not there' 'nowhere.yaml' solve nowhere.yaml
refused 'the same for check' 'nowhere.yaml' check nowhere.yaml
refused 'the same for run' 'nowhere.sb' run nowhere.sb
refused 'a folder' 'demos' solve demos
refused 'errors stay plain under --json' 'nowhere.yaml' solve --json nowhere.yaml

printf 'item: {bidders: [{name: a, values: [1, 2]}, {name: b, values: [1, 2]}]}\nprior: [[1, 2], [3, x]]\n' >"$scratch/bad.yaml"
refused 'a bad file: the place and the text' "$scratch/bad.yaml:2:" solve "$scratch/bad.yaml"
refused 'the same under --json' "$scratch/bad.yaml:2:" check --json "$scratch/bad.yaml"

# Too much is a mistake of the file, not a failure of the program.
refused 'a file that nests too deep' 'nested deeper than 32 levels' solve tests/broken/deep.yaml
refused 'the same for check' 'nested deeper than 32 levels' check tests/broken/deep.yaml
refused 'the same for repl' 'nested deeper than 32 levels' repl tests/broken/deep.yaml
echo 'open tests/broken/deep.yaml' >"$scratch/open.sb"
refused 'the same for a command' 'nested deeper than 32 levels' run "$scratch/open.sb"
echo 'open nowhere.yaml' >"$scratch/open.sb"
refused 'a command with a file that is not there' 'nowhere.yaml' run "$scratch/open.sb"
refused 'too many profiles' 'more than 1000000 profiles' check tests/broken/too-many-profiles.yaml

XDG_STATE_HOME=$scratch/state
export XDG_STATE_HOME
run
tap 'no arguments: the usage on standard error' sh -c '[ "$1" -eq 2 ] && [ ! -s "$2" ] && grep -q "^usage: sidebet FILE" "$3" && ! grep -q "Recent files" "$3"' sh "$status" "$out" "$err"
mkdir -p "$scratch/state/sidebet" "$scratch/it's here"
cp demos/weather.yaml "$scratch/it's here/w.yaml"
printf '%s\n' "$PWD/demos/weather.yaml" "$scratch/gone.yaml" "$scratch/it's here/w.yaml" >"$scratch/state/sidebet/recent"
run
sed -n 's/^  sidebet explore //p' "$err" >"$scratch/words"
tap 'the files opened lately, as the shell reads them' sh -c 'scratch=$2; [ "$1" -eq 2 ] && eval "set -- $(tr "\n" " " <"$2/words")" && [ $# -eq 2 ] && [ "$1" = "$PWD/demos/weather.yaml" ] && [ "$2" = "$scratch/it'"'"'s here/w.yaml" ]' sh "$status" "$scratch"

refused 'the explorer without a file' 'sidebet explore needs a FILE' explore
refused 'no session was kept' 'no session was kept' explore --restore
feed 'open demos/weather.yaml
scale 2
uniform
session save
' repl
refused 'the session that was kept is of another file' 'weather.yaml, not of demos/almost-independent.yaml' explore --restore demos/almost-independent.yaml
run explore --restore demos/weather.yaml
tap 'a session restored asks for a terminal as any other' sh -c '[ "$1" -ne 0 ] && grep -q "terminal" "$2"' sh "$status" "$err"
echo 'open nowhere.yaml' >"$scratch/state/sidebet/session"
refused 'the file of the session is gone' 'cannot be gone on with: not repeated: open nowhere.yaml' explore --restore
run demos/weather.yaml
tap 'the explorer without a terminal: one sentence' sh -c '[ "$1" -ne 0 ] && [ ! -s "$2" ] && grep -q "^sidebet: " "$3"' sh "$status" "$out" "$err"
run --version
tap 'the version' sh -c '[ "$1" -eq 0 ] && grep -qx "sidebet [0-9][0-9.]*" "$2"' sh "$status" "$out"
for arguments in --help -h help 'solve --help' 'help solve' 'help commands' 'help keys' 'help expect' '--help --json'; do
    # shellcheck disable=SC2086
    run $arguments
    tap "sidebet $arguments" sh -c '[ "$1" -eq 0 ] && [ -s "$2" ] && [ ! -s "$3" ] && ! grep -q "^.\{81,\}" "$2"' sh "$status" "$out" "$err"
done
for option in --ic --json --figure --signals -o; do
    run help $option
    tap "the help explains $option" line_matches "^  .*$option"
done
run --help
for word in explore solve check repl run help --ic --ir --objective --payments --json --proof bounded:NUMBER ex-interim; do
    tap "the help names $word" prints "$word"
done
tap 'the help does not name what is hidden' sh -c '! grep -q mdoc "$1"' sh "$out"
run -- solve demos/weather.yaml
tap 'two dashes end the options' exits 0
run --json solve demos/weather.yaml
tap 'options may come first' sh -c '[ "$1" -eq 0 ] && grep -q "^{" "$2"' sh "$status" "$out"
finish
