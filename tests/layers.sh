#!/bin/sh
# The layers are real: what a layer includes, and what its archive leaves undefined, lies below it.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Output: TAP.
set -u
cd "$(dirname "$0")/.." || exit 3
BUILD=${BUILD:-build}
LAYERS='base model lp mechanism analysis session view tui cli'
# Which layer defines the functions of a public header.
layer_of_header() {
    case $1 in
    sidebet/declarations.h | sidebet/cancel_flag.h | sidebet/error.h | sidebet/rational.h | \
        sidebet/random_stream.h) echo base ;;
    sidebet/rules.h | sidebet/environment.h | sidebet/environment_file.h | sidebet/prior_edit.h | \
        sidebet/set_description.h | sidebet/samples.h) echo model ;;
    sidebet/linear_program.h | sidebet/integer_program.h) echo lp ;;
    sidebet/mechanism.h | sidebet/design.h | sidebet/checker.h | sidebet/smallest_payments.h | \
        sidebet/certificate.h | sidebet/misbelief.h | sidebet/design_text.h | \
        sidebet/incentive_graph.h) echo mechanism ;;
    sidebet/surplus.h | sidebet/full_extraction.h | sidebet/sweep.h | sidebet/payment_cap.h | \
        sidebet/sensitivity.h | sidebet/safe_radius.h | sidebet/consistent_set.h | sidebet/robust.h | \
        sidebet/robust_price.h | sidebet/estimate.h | sidebet/learned.h | sidebet/separation.h | \
        sidebet/sufficient_correlation.h | sidebet/auctions.h | sidebet/simulation.h | \
        sidebet/sample_size.h | sidebet/indistinguishable.h | sidebet/geometry.h) echo analysis ;;
    sidebet/*) echo unknown ;;
    *) echo "${1%%/*}" ;;
    esac
}
rank() {
    place=0
    for layer in $LAYERS; do
        place=$((place + 1))
        [ "$layer" = "$1" ] && { echo $place; return; }
    done
    echo 99
}
number=0
tap() { # STATUS NAME
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; fi
}
echo "1..$(($(echo $LAYERS | wc -w) * 2 + 4))"

for layer in $LAYERS; do
    wrong=0
    for file in src/"$layer"/*.[ch]; do
        [ -e "$file" ] || continue
        for header in $(sed -n 's/^ *# *include *"\([^"]*\)".*/\1/p' "$file"); do
            if [ "$(rank "$(layer_of_header "$header")")" -gt "$(rank "$layer")" ]; then
                echo "# $file includes $header"
                wrong=1
            fi
        done
    done
    tap $wrong "$layer includes only itself and what is below"
done

# Symbols: everything sb_ that an archive leaves undefined is defined in itself or below.
below=$(mktemp) && trap 'rm -f "$below"' EXIT
for layer in $LAYERS; do
    archive=$BUILD/layers/lib$layer.a
    wrong=0
    if [ -e "$archive" ]; then
        nm -g --defined-only "$archive" 2>/dev/null | awk 'NF == 3 { print $3 }' >>"$below"
        for symbol in $(nm -gu "$archive" 2>/dev/null | awk '$2 ~ /^sb_/ { print $2 }' | sort -u); do
            grep -qx "$symbol" "$below" || { echo "# $archive uses $symbol, defined above or nowhere"; wrong=1; }
        done
    else
        echo "# no $archive"
        wrong=1
    fi
    tap $wrong "$layer calls only itself and what is below"
done

offenders() { grep -lE "$1" $(find include src -name '*.[ch]' | grep -vE "$2"); }
files=$(offenders '# *include *<(n?curses|ncursesw/|term|panel)' '^src/tui/')
[ -z "$files" ]; tap $? "nothing but tui includes curses ${files:+($files)}"
files=$(offenders '# *include *<glpk' '^src/lp/')
[ -z "$files" ]; tap $? "nothing but lp includes glpk.h ${files:+($files)}"
wrong=0
for archive in base model lp mechanism analysis session view; do
    calls=$(nm -gu "$BUILD/layers/lib$archive.a" 2>/dev/null | awk '{ print $2 }' |
        grep -xE 'exit|_exit|abort|printf|puts|putchar|perror|__printf_chk|stdout|stderr|initscr|newterm|refresh|getch')
    [ -z "$calls" ] || { echo "# $archive: $calls"; wrong=1; }
done
tap $wrong "nothing below tui exits, aborts or prints"
# Writable data of the library would be global mutable state. (Constant tables of pointers lie in
# .data.rel.ro: relocated once, then read-only.)
wrong=0
for archive in base model lp mechanism analysis session view; do
    data=$(objdump -t "$BUILD/layers/lib$archive.a" 2>/dev/null |
        awk '$0 ~ / O (\.data|\.bss|\.tdata|\.tbss|\*COM\*)/ && $0 !~ /\.data\.rel\.ro/ { print $NF }')
    [ -z "$data" ] || { echo "# $archive: $data"; wrong=1; }
done
[ "$BUILD" = build ] || wrong=0 # sanitizers and coverage add data of their own
tap $wrong "no global mutable state below tui"
