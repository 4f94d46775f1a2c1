#!/bin/sh
# A share of the differential test: random environments against other solvers and fractions.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

count=${SIDEBET_DIFFERENTIAL_COUNT:-150}
name="$count random environments, no disagreement unexplained"
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 7))' 2>/dev/null; then
    skip "$name" 'no python3'
    finish
    exit
fi
command='tests/differential/run'
tests/differential/run --seed share --count "$count" --keep "$scratch/kept" >"$out" 2>"$err"
status=$?
tap "$name" exits 0
sed 's/^/# /' "$out"
# What sidebet says was compared at all.
tap 'certificates hold in fractions' grep -Eq '^ +[1-9][0-9]*  certificates that hold' "$out"
tap 'exported programs are the right ones' grep -Eq '^ +[1-9][0-9]*  exported programs that are' "$out"
tap 'robust mechanisms hold at every vertex' grep -Eq '^ +[1-9][0-9]*  robust mechanisms that hold' "$out"
finish
