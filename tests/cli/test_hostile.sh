#!/bin/sh
# Files that mean harm, or were spoilt on the way: a clear sentence, soon, and nothing on the screen
# that the program did not choose.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"
XDG_STATE_HOME=$scratch/state
XDG_CONFIG_HOME=$scratch/config
export XDG_STATE_HOME XDG_CONFIG_HOME
mkdir -p "$scratch/state/sidebet" "$scratch/config"

# Nobody waits for more than this, sanitizers and a busy machine allowed for.
soon() {
    command="sidebet $*"
    timeout -s KILL 30 "$SIDEBET_PROGRAM" "$@" >"$out" 2>"$err" </dev/null
    status=$?
}
# One line, with a remedy or a reason, and no control character in it.
one_clean_line() {
    [ "$(wc -l <"$err")" -eq 1 ] && grep -q '^sidebet: ..........' "$err" && clean "$err"
}
clean() { # FILE: no C0 but newlines and tabs, no DEL, no C1 and nothing that turns the direction
    ! LC_ALL=C tr -d '\n\t\040-\176\200-\377' <"$1" | grep -q . &&
        ! LC_ALL=C grep -q "$(printf '\302[\200-\237]')" "$1" &&
        ! LC_ALL=C grep -q "$(printf '\342\200[\216\217\252-\256]')" "$1" &&
        ! LC_ALL=C grep -q "$(printf '\342\201[\246-\251]')" "$1"
}
with_number() { # VALUE PRIOR
    printf 'item: {bidders: [{name: A, values: [%s, 2]}, {name: B, values: [1, 2]}]}\nprior: [[%s, 1], [1, 1]]\n' "$1" "$2"
}
repeat() { # COUNT TEXT
    awk -v count="$1" -v text="$2" 'BEGIN { for (; count > 0; count--) printf "%s", text }'
}
f=$scratch/f.yaml

# ---- numbers ----
for value in nan NaN .inf inf -inf 1e99999999999 1e-5000 10^-5000 1/0 0x10 1,,2; do
    with_number 1 "\"$value\"" >"$f"
    soon solve "$f"
    tap "probability $value: refused" exits 2
    tap "probability $value: one clean line" one_clean_line
    tap "probability $value: its place" complains "$f:2:"
done
for value in 1e400 1e-400; do
    with_number 1 $value >"$f"
    soon solve "$f"
    tap "$value is a number like others" exits 0
done
{ printf 'item: {bidders: [{name: A, values: [1, 2]}, {name: B, values: [1, 2]}]}\nprior: [['; repeat 1000000 7; printf ', 1], [1, 1]]\n'; } >"$f"
soon solve "$f"
tap 'a million digits: refused' exits 2
tap 'a million digits: one clean line' one_clean_line
tap 'a million digits: not repeated' sh -c '[ $(wc -c <"$1") -lt 400 ]' sh "$err"

# ---- size and shape ----
repeat 100000 '1,1
' >"$scratch/long.csv"
soon solve "$scratch/long.csv"
tap 'a table of 100000 rows: refused' exits 2
tap 'a table of 100000 rows: which it is' complains 'more than 10000 rows'
awk 'BEGIN { for (r = 0; r < 316; r++) { for (c = 0; c < 316; c++) printf "%s%d", (c ? "," : ""), 1 + (r == c); print "" } }' >"$scratch/wide.csv"
soon solve "$scratch/wide.csv"
tap 'a table of 100000 cells: too large a program is told' exits 3
tap 'a table of 100000 cells: the remedy' complains --memory-limit
{ printf 'prior: '; repeat 100000 '['; } >"$f"
soon check "$f"
tap 'deeply nested: refused' exits 2
tap 'deeply nested: says so' complains 'deeper than 32 levels'
awk 'BEGIN { print "a: &a [x,x]"; for (k = 0; k < 30; k++) printf "b%d: &b%d [*a,*a]\n", k, k }' >"$f"
soon check "$f"
tap 'aliases of aliases: refused' exits 2
tap 'aliases of aliases: the remedy' complains 'write the value out'
{ printf '# '; repeat 10000000 x; printf '\n'; with_number 1 1; } >"$f"
soon solve "$f"
tap 'a comment of 10 MB is a comment' exits 0
{ repeat 5000000 1,; printf '1\n'; } >"$scratch/line.csv"
soon solve "$scratch/line.csv"
tap 'a line of 5000000 fields: refused' exits 2
tap 'a line of 5000000 fields: one clean line' one_clean_line
{ printf 'title '; repeat 10000000 x; printf '\n'; } >"$scratch/line.sb"
soon run "$scratch/line.sb"
tap 'a command of 10 MB: refused' exits 2
tap 'a command of 10 MB: not repeated' sh -c '[ $(wc -c <"$1") -lt 1500 ]' sh "$err"
: >"$f"
soon solve "$f"
tap 'an empty file: refused' exits 2
tap 'an empty file: what to begin with' complains 'begin with item:'

# ---- bytes ----
{ printf 'title: "a\377\376"\n'; with_number 1 1; } >"$f"
soon solve "$f"
tap 'not UTF-8: refused' exits 2
tap 'not UTF-8: the remedy' complains 'save the file as UTF-8'
{ printf 'title: a\000b\n'; with_number 1 1; } >"$f"
soon solve "$f"
tap 'a zero byte: refused' exits 2
tap 'a zero byte: its place' complains "$f:1:9"
with_number 1 1 | sed 's/$/\r/' >"$f"
soon solve "$f"
tap 'lines that end in CRLF' exits 0
{ printf '\357\273\277'; with_number 1 1; } >"$f"
soon solve "$f"
tap 'a byte order mark' exits 0
printf '1,2\n3,\0004\n' >"$scratch/zero.csv"
soon solve "$scratch/zero.csv"
tap 'a zero byte in a table: refused' exits 2

# ---- what is no file ----
soon solve "$scratch"
tap 'a folder: refused' exits 2
tap 'a folder: says so' complains 'directory'
soon solve /dev/zero
tap 'a file without end: refused' exits 2
mkfifo "$scratch/pipe.yaml"
soon solve "$scratch/pipe.yaml"
tap 'a pipe that nobody writes to: refused' exits 2
tap 'a pipe that nobody writes to: the remedy' complains 'start what writes to it first'
(sleep 0.3; with_number 1 1; sleep 1.5; echo '# the end') >"$scratch/pipe.yaml" &
soon solve "$scratch/pipe.yaml"
tap 'a pipe that is written to slowly' exits 0
wait
ln -s nowhere.yaml "$scratch/link.yaml"
soon solve "$scratch/link.yaml"
tap 'a link that leads nowhere: refused' exits 2
ln -s round.yaml "$scratch/round.yaml"
soon solve "$scratch/round.yaml"
tap 'a link to itself: refused' exits 2

# ---- what a terminal would obey ----
escape=$(printf '\033]52;c;aGk=\a') csi=$(printf '\302\2331m') rlo=$(printf '\342\200\256')
lri=$(printf '\342\201\246') delete=$(printf '\177')
for word in "$escape" "$csi" "$rlo" "$lri" "$delete"; do
    shown=$(printf '%s' "$word" | od -An -tx1 | tr -d ' \n')
    for text in "title: \"$word\"" "\"$word\": 1"; do
        { printf '%s\n' "$text"; with_number 1 1; } >"$f"
        soon solve "$f"
        tap "$shown in a file: refused" exits 2
        tap "$shown in a file: not repeated" one_clean_line
    done
    printf '1,2\n3,"%s"\n' "$word" >"$scratch/word.csv"
    soon solve "$scratch/word.csv"
    tap "$shown in a table: not repeated" one_clean_line
    for subcommand in solve check lp report tour run; do
        soon $subcommand "$scratch/$word.yaml"
        tap "$shown in a name: $subcommand ends in 2" exits 2
        tap "$shown in a name: $subcommand does not repeat it" clean "$err"
    done
    soon "$word"
    tap "$shown for a subcommand: not repeated" clean "$err"
    soon solve "--$word" demos/simple-example.yaml
    tap "$shown for an option: not repeated" clean "$err"
    soon solve --ic "$word" demos/simple-example.yaml
    tap "$shown for a value: not repeated" clean "$err"
    printf 'open demos/simple-example.yaml\n%s\n' "$word" >"$scratch/word.sb"
    soon run "$scratch/word.sb"
    tap "$shown for a command: not repeated" clean "$err"
    printf 'open demos/simple-example.yaml\nrename 1 "%s"\n' "$word" >"$scratch/word.sb"
    soon run "$scratch/word.sb"
    tap "$shown for a name: refused" exits 2
    tap "$shown for a name: not repeated" clean "$err"
    printf 'echo %s\n' "$word" >"$scratch/word.sb"
    soon run "$scratch/word.sb"
    tap "$shown in an echo: not repeated" clean "$out"
    printf 'tour A %s\nstep B\nC\n' "$word" >"$scratch/word.sbt"
    soon run --check "$scratch/word.sbt"
    tap "$shown in a tour: refused" exits 2
    tap "$shown in a tour: not repeated" clean "$err"
done
for part in '"\e[31m"' '"\x9b1m"' '"\u202e"' '"a\nb"'; do
    { printf 'title: %s\n' "$part"; with_number 1 1; } >"$f"
    soon solve "$f"
    tap "$part spelt in YAML: refused" exits 2
    tap "$part spelt in YAML: not repeated" one_clean_line
done

# ---- what a tour, a kept session and settings must not do ----
for line in 'save! x.yaml' 'save ../../x.yaml' 'figure /tmp/x.svg' 'write-script! x' 'report! x.html' \
    'data! x.csv' 'table! payments x.tex' 'write-config! x' 'quit!' '!ls' 'source x' 'session save' \
    'robust save x' 'simulate save! x' 'simulate csv! x' 'theme light' 'bind x quit!' 'tour 1'; do
    printf 'tour A\nstep B\n: open %s/demos/simple-example.yaml\n: %s\nC\n' "$PWD" "$line" >"$scratch/t.sbt"
    before=$(ls "$scratch")
    soon run --check "$scratch/t.sbt"
    tap "a tour may not: $line" exits 2
    tap "a tour is told where: $line" complains "t.sbt:4"
    tap "a tour wrote nothing: $line" [ "$before" = "$(ls "$scratch")" ]
done
printf 'open %s/demos/simple-example.yaml\nsession restore\nsimulate save! x.csv\nsave! %s/stolen.yaml\nwrite-script! %s/stolen.sb\nquit!\ntitle here\n' \
    "$PWD" "$scratch" "$scratch" >"$scratch/state/sidebet/session"
printf 'session restore\nexpect title here\n' >"$scratch/s.sb"
soon run "$scratch/s.sb"
tap 'a kept session that brings back itself comes to an end' sh -c '[ "$1" -le 2 ]' sh "$status"
tap 'a kept session says what it did not repeat' prints 'not repeated: session restore'
tap 'a kept session writes nothing' sh -c '[ ! -e "$1/stolen.yaml" ] && [ ! -e "$1/stolen.sb" ]' sh "$scratch"

finish
