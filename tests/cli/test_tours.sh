#!/bin/sh
# Tours: those that come with the program hold, and broken ones are refused with file and line.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"
XDG_STATE_HOME=$scratch/state
export XDG_STATE_HOME

for tour in demos/tours/*.sbt; do
    run run --check "$tour"
    tap "$tour holds" exits 0
    tap "$tour: counted" line_matches "^$tour: [0-9]* answers\{0,1\} checked$"
    tap "$tour: quiet" quiet
done
run run --check demos/tours/1-*.sbt tests/scripts/rules.sb
tap 'several files, tours and scripts' lines 2 "$out"

head='tour T\nstep One\n: open ../demos/simple-example.yaml\n'
mkdir "$scratch/tours"
cp -r demos "$scratch/demos"
# broken NAME STATUS PLACE MESSAGE TEXT: a tour that is refused, or does not hold
broken() {
    # shellcheck disable=SC2059
    printf "$5" >"$scratch/tours/t.sbt"
    run run --check "$scratch/tours/t.sbt"
    tap "$1: exit status" exits "$2"
    tap "$1: place" complains "sidebet: $scratch/tours/t.sbt:$3"
    tap "$1: message" complains "$4"
}
broken 'no title' 2 '1:' 'a tour begins with its title' 'step One\n'
broken 'an empty title' 2 '1:' 'a tour begins with its title' 'tour \n'
broken 'text before the first step' 2 '2:' 'between the title of a tour and its first step' 'tour T\nText.\n'
broken 'no step' 2 '1:' 'this tour has no step' 'tour T'
broken 'a step without a title' 2 '2:' 'a step has no title' 'tour T\nstep\n'
broken 'a number that is typed' 2 '5:' 'a number is typed here' "$head\nIt earns 1.5.\n"
broken 'a brace that is not closed' 2 '4:' 'a brace is opened' "${head}It earns {revenue.\n"
broken 'a brace too many' 2 '4:' 'a brace is closed' "${head}It earns revenue}.\n"
broken 'a brace within braces' 2 '4:' 'a brace is opened' "${head}It earns {rev{enue}}.\n"
broken 'a backquote that is not closed' 2 '4:' 'a backquote is opened' "${head}Type \`set.\n"
broken 'an unknown command' 2 '4:' 'there is no command' "${head}: sett 1,1 2\n"
broken 'no command' 2 '4:' 'a command is missing' "${head}:\n"
broken 'a command that writes' 2 '4:' 'neither writes a file' "${head}: save x.yaml\n"
broken 'a word that writes' 2 '4:' 'neither writes a file' "${head}try simulate csv x\n"
broken 'a figure' 2 '4:' 'neither writes a file' "${head}: save! x.svg\n"
broken 'a program that is written' 2 '4:' 'neither writes a file' "${head}try lp write x.txt\n"
broken 'a tour within a tour' 2 '4:' 'neither writes a file' "${head}: tour next\n"
# The reader's settings, keys, clipboard and files are no business of a tour.
for command in 'bind t quit!' 'unbind t' 'copy script' 'write-config' 'write-config! c' 'theme mono' \
    'colour good 1' 'hints off' 'mouse on' 'presenter on' 'palette' 'command save x.yaml' 'reload' \
    'session save' 'recent 1' 'recover discard' 'write-script! x' 'figure x.svg' 'data x.csv' \
    'table prior x.md' 'report! x.html' 'open! x.yaml' 'robust save x.csv' 'simulate save! x.csv' \
    'lp write! x.txt' 'robust "save!" x.csv' 'w x.yaml' 'q!'; do
    broken "a tour with: $command" 2 '4:' 'neither writes a file' "${head}: $command\n"
done
broken 'leaving' 2 '4:' 'neither writes a file' "${head}try quit!\n"
broken 'a command that fails' 2 '4:' 'has no type' "${head}: select 7,7\n"
broken 'a question that makes no sense' 2 '4:' 'does not know' "${head}It is {nonsense}.\n"
broken 'an empty question' 2 '4:' 'a question is missing' "${head}It is {}.\n"
broken 'an answer that is not so' 1 '4:' 'expected revenue to be 2, but it is 1.5' "${head}It is {revenue = 2}.\n"
broken 'a rounded answer that is not so' 1 '4:' 'but it is 0.3' "${head}It is {full-surplus - revenue to 1 = 0.2}.\n"
broken 'an answer that is no number' 2 '4:' 'is not a number' "${head}It is {revenue = much}.\n"
broken 'no decimals' 2 '4:' 'no number of decimals' "${head}It is {revenue to x}.\n"
broken 'a division by zero' 2 '4:' 'divides by zero' "${head}It is {revenue / rent \"agent 1\" 1}.\n"
broken 'sums of words' 2 '4:' 'only numbers' "${head}It is {proof + status}.\n"
broken 'a zero byte' 2 '' 'holds a zero byte' 'tour T\n\0step One\n'
broken 'not UTF-8' 2 '2:' 'not UTF-8' 'tour T\nstep \377\n'
broken 'an escape sequence' 2 '2:6:' 'control character' 'tour T\nstep \033[31mred\n'
broken 'a text that turns its direction' 2 '3:4:' 'control character' 'tour T\nstep O\n \303\274a\342\200\256b\n'
broken 'an isolate' 2 '1:6:' 'control character' 'tour \342\201\246T\nstep O\n'
broken 'the column of a brace' 2 '6:15:' 'does not know' "$head\n  What it is,\n  on the way: {nonsense}.\n"
broken 'the column of a typed number' 2 '5:7:' 'a number is typed' "${head}It is\n  so: 1.5.\n"
broken 'the column of a command' 2 '4:4:' 'there is no command' "${head} : sett 1,1 2\n"
broken 'the column of a failing command' 2 '4:5:' 'has no type' "${head}try select 7,7\n"
broken 'a question that is missing' 2 '4:' 'a question is missing' "${head}ask\n"
broken 'a second question' 2 '5:5:' 'a second question' "${head}ask Why?\nask How?\n"
broken 'a number in a question' 2 '4:9:' 'a number is typed' "${head}ask Why 2?\n"
broken 'too far from it' 1 '4:' 'to be 2 within 0.4, but it is 1.5' "${head}It is {revenue = 2 within 0.4}.\n"
broken 'no tolerance' 2 '4:' 'is not a number' "${head}It is {revenue = 2 within much}.\n"
broken 'near a word' 2 '4:' 'is not near another' "${head}It is {proof = exact within 1}.\n"
# shellcheck disable=SC2016
printf 'tour T\nstep One\n: open nowhere.yaml\n' >"$scratch/tours/t.sbt"
run run --check "$scratch/tours/t.sbt" demos/tours/1-*.sbt
tap 'a file that is missing: 2' exits 2
tap 'it is named from the tour' complains "$scratch/tours/nowhere.yaml"
tap 'others are checked all the same' prints 'demos/tours/1-a-simple-example.sbt: '
run run --check "$scratch/none.sbt"
tap 'no tour: 2' exits 2
printf "${head}Two {revenue + revenue = 3}, {revenue * revenue = 2.25}, {full-surplus / revenue to 2 = 1.17}.\n" >"$scratch/tours/t.sbt"
run run --check "$scratch/tours/t.sbt"
tap 'sums, products, quotients' prints '3 answers checked'
printf "\357\273\277${head}Some {revenue\n  = 1.4 within 0.1}. {revenue\n  + revenue to 1 = 3.0}\nask Is it {revenue = 1.5}?\n" >"$scratch/tours/t.sbt"
run run --check "$scratch/tours/t.sbt"
tap 'near it, over lines, in a question, behind a byte order mark' prints '3 answers checked'

run run --check 1 a-nearby
tap 'tours by number and by the beginning of a name' exits 0
tap 'each is counted' lines 2 "$out"
run run --check 99
tap 'neither a tour nor a file: 2' exits 2

run run demos/tours/1-a-simple-example.sbt
tap 'a tour is no script' exits 2
tap 'and it is said how it is played' complains 'sidebet tour'
run run demos/tours/1-a-simple-example.sbt tests/scripts/rules.sb
tap 'only --check takes several' complains 'one argument too many'

run tour
tap 'the list' lines "$(find demos/tours -name '*.sbt' | wc -l)" "$out"
tap 'it begins with the first' sh -c 'head -n 1 "$1" | grep -q "^  1  a-simple-example  *A simple example$"' sh "$out"
run solve demos/tours/1-a-simple-example.sbt
tap 'a tour is no environment: 2' exits 2
tap 'a tour is no environment: how it is played' complains 'sidebet tour FILE plays it'
run tour nonsense
tap 'no such tour: 2' exits 2
tap 'no such tour: said' complains 'there is no tour and no file `nonsense`'
run tour 99
tap 'no such number: 2' exits 2
run tour 1
tap 'a tour needs a terminal' complains terminal

feed 'tour 1
tour next
tour back
tour step 3
open demos/weather.yaml
' run -
tap 'nothing is opened in a tour' exits 2
tap 'but said what to do' complains 'tour resume'
tap 'the third step is told' prints 'A simple example (3 of '
feed 'open demos/weather.yaml
set 1,rain 0.2
tour 2
set 1,1 0.3
save
' run -
tap 'the example of a tour is not overwritten' complains "this is the tour's example"
feed 'open demos/weather.yaml
set 1,rain 0.2
tour a-slight
set 1,1 0.3
tour next
expect revenue 1.749
tour leave
expect probability 1,rain 6/31
undo
expect probability 1,rain 1/6
tour resume
expect revenue 1.749
tour leave
quit
echo after
' run -
tap 'what was put aside comes back' exits 0
tap 'quit leaves a script' sh -c '! grep -q after "$1"' sh "$out"
feed 'tour next' run -
tap 'no tour to go on with: 2' exits 2
finish
