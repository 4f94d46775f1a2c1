#!/bin/sh
# Run one fuzz target for a while, or take what it found out into the tree.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   tests/fuzz/run.sh NAME          says one line; status 1 and the end of the report on a finding
#   tests/fuzz/run.sh --keep NAME   corpus/NAME becomes the fewest inputs that reach as much
set -u
cd "$(dirname "$0")/../.." || exit 3
keep=0
[ "$1" = --keep ] && { keep=1; shift; }
name=$1
seconds=${FUZZ_SECONDS:-60}
kept=tests/fuzz/corpus/$name new=build/fuzz/corpus/$name found=build/fuzz/found
mkdir -p "$new" "$found" "$kept"
words=
[ -e "tests/fuzz/$name.dict" ] && words=-dict=$PWD/tests/fuzz/$name.dict
target=$PWD/build/fuzz/fuzzers/$name
log=build/fuzz/$name.log
# A target may change the folder it is in.
kept=$PWD/$kept new=$PWD/$new
limits="-timeout=${FUZZ_INPUT_SECONDS:-10} -rss_limit_mb=${FUZZ_MEGABYTES:-2048} -max_len=4096"
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1:handle_abort=1

if [ $keep = 1 ]; then
    merged=$(mktemp -d) || exit 3
    # shellcheck disable=SC2086 # words and limits are words
    "$target" -merge=1 -use_counters=0 $limits "$merged" "$kept" "$new" >"$log" 2>&1 || { tail -n 20 "$log"; exit 1; }
    for input in "$kept"/*; do
        case ${input##*/} in found-*) cp "$input" "$merged" ;; esac # what was found stays
    done
    rm -rf "$kept" && mkdir "$kept" && cp "$merged"/* "$kept" && rm -rf "$merged"
    echo "$name: $(ls "$kept" | wc -l) inputs kept"
    exit 0
fi
# shellcheck disable=SC2086
"$target" -max_total_time="$seconds" -print_final_stats=1 $limits $words \
    -artifact_prefix="$PWD/$found/$name-" "$new" "$kept" >"$log" 2>&1
status=$?
runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
edges=$(grep -oE 'cov: [0-9]+' "$log" | tail -n 1)
if [ $status -ne 0 ]; then
    echo "FAILED  fuzz $name: ${runs:-?} runs; the input is in $found"
    grep -vE '^#[0-9]+' "$log" | tail -n 60
    exit 1
fi
echo "ok      fuzz $name: $runs runs in $seconds s, ${edges:-cov: ?}"
