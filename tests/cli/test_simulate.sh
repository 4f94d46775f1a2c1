#!/bin/sh
# sidebet simulate and merge: the same numbers however the work is spread, stopped or put together.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

# Everything but times: the last column of every CSV.
timeless() { sed '/^#/!s/,[^,]*$//' "$1"; }
same() { timeless "$1" >"$scratch/left" && timeless "$2" >"$scratch/right" && cmp -s "$scratch/left" "$scratch/right"; }
small='--types 3 --samples 10,100 --repetitions 5'

# ---- answers ----
# shellcheck disable=SC2086
run simulate $small -o "$scratch/whole.csv"
tap 'simulate: exit status 0' exits 0
tap 'simulate: nothing on standard error' quiet
tap 'the setting is said' prints 'A bivariate normal of correlation 0.5, 3 types'
tap 'a line for each number of samples' line_matches '^  100 .*1.000 .*± .*$'
tap 'what the columns mean is said' prints 'holds: how often the consistent set holds'
tap 'the file has a line for each repetition and mechanism' sh -c '[ "$(grep -c "^[0-9]" "$1")" -eq 40 ]' sh "$scratch/whole.csv"
tap 'the file says the plan' grep -q '^# samples: 10 100$' "$scratch/whole.csv"
# shellcheck disable=SC2086
run simulate $small --json
tap 'json: one object' line_matches '^{"cells": \[{"samples": 10, "types": 3, "signals": 3, "correlation": 0.5, "epsilon": 0.05, "seed": "1", "repetitions": 5, "full_surplus": 2,'
tap 'json: the mechanisms' line_matches '{"mechanism": "known-prior", "mean": 2, "standard_error": 0, "repetitions": 5, "without_optimum": 0, "share": 1,'
tap 'json: how much is done' prints '"repetitions_done": 10, "repetitions_planned": 10, "level": "per-element"'
# shellcheck disable=SC2086
run simulate $small --csv --figure "$scratch/figure.svg"
tap 'csv: a header' sh -c 'head -n 1 "$1" | grep -q "^samples,types,signals,correlation,epsilon,seed,mechanism,repetitions,without_optimum,mean,standard_error,full_surplus,share,"' sh "$out"
tap 'csv: a line a cell and mechanism' lines 9 "$out"
cp "$out" "$scratch/summary.csv"
tap 'figure: bands' sh -c '[ "$(grep -c "class=\"band\"" "$1")" -eq 4 ]' sh "$scratch/figure.svg"
tap 'figure: the axis is what is swept' grep -q 'N: samples' "$scratch/figure.svg"
tap 'figure: four mechanisms' sh -c 'for name in known-prior ex-post bayesian robust; do grep -q ">$name<" "$1" || exit 1; done' sh "$scratch/figure.svg"
run simulate --types 2,3 --samples 10 --repetitions 2 --figure "$scratch/sizes.svg"
tap 'figure against sizes: the time too' grep -q 'Time of a design' "$scratch/sizes.svg"
tap 'two axes: both are columns' line_matches '^  types *samples '

run simulate --types 3 --samples 20,10,10 --repetitions 2
tap 'the same number twice: refused' complains 'given twice'
# ---- the same numbers ----
for workers in 1 2 5; do
    # shellcheck disable=SC2086
    run simulate $small --workers $workers -o "$scratch/workers.csv" --csv
    tap "$workers workers: the same repetitions" same "$scratch/whole.csv" "$scratch/workers.csv"
    tap "$workers workers: the same answer" same "$scratch/summary.csv" "$out"
done
# shellcheck disable=SC2086
run simulate $small --seed 2 --csv
tap 'another seed: other numbers' sh -c '! cmp -s "$1" "$2"' sh "$scratch/summary.csv" "$out"
for part in 1 2 3; do
    # shellcheck disable=SC2086
    run simulate $small --shard $part/3 -o "$scratch/part$part.csv"
    tap "shard $part of 3" exits 0
done
tap 'a shard says that it is a part' prints 'of 10 repetitions are done'
run merge "$scratch/part3.csv" "$scratch/part1.csv" "$scratch/part2.csv" -o "$scratch/merged.csv" --csv
tap 'merge: exit status 0' exits 0
tap 'merged shards: the same repetitions' same "$scratch/whole.csv" "$scratch/merged.csv"
tap 'merged shards: the same answer' same "$scratch/summary.csv" "$out"
run merge "$scratch/part1.csv"
tap 'one part alone can be shown' prints 'repetitions are done)'
run simulate --resume "$scratch/part2.csv" --csv
tap 'a part can be resumed' exits 0
tap 'resumed: the same answer' same "$scratch/summary.csv" "$out"
tap 'resumed: written back' same "$scratch/whole.csv" "$scratch/part2.csv"

# ---- Ctrl-C ----
# A long run, stopped as soon as its file is there; python gives the signal its usual meaning back.
long='--types 8 --samples 50,100,200 --repetitions 2000'
cat >"$scratch/interrupt.py" <<'PYTHON'
import os, signal, subprocess, sys, time
number = signal.Signals[sys.argv[1]]
output = sys.argv[2]
process = subprocess.Popen(sys.argv[3:], stdout=subprocess.DEVNULL,
                           preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
while not os.path.exists(output):
    time.sleep(0.01)
time.sleep(0.3)
process.send_signal(number)
sys.exit(0 if process.wait() == -number else 1)
PYTHON
if command -v python3 >/dev/null 2>&1; then
    command="sidebet simulate $long, interrupted"
    # shellcheck disable=SC2086
    python3 "$scratch/interrupt.py" SIGINT "$scratch/stopped.csv" "$SIDEBET_PROGRAM" simulate $long \
        -o "$scratch/stopped.csv" >"$out" 2>"$err"
    status=$?
    tap 'Ctrl-C: ended by the signal' exits 0
    tap 'Ctrl-C: says how far it came' complains 'of 6000 repetitions'
    tap 'Ctrl-C: says how to go on' complains "go on with sidebet simulate --resume $scratch/stopped.csv"
    run merge "$scratch/stopped.csv"
    tap 'Ctrl-C: the file is whole' exits 0
    # shellcheck disable=SC2086
    python3 "$scratch/interrupt.py" SIGTERM "$scratch/ended.csv" "$SIDEBET_PROGRAM" simulate $long \
        -o "$scratch/ended.csv" >"$out" 2>"$err"
    status=$?
    tap 'SIGTERM: ended by the signal' exits 0
    tap 'SIGTERM: says how far it came' complains 'of 6000 repetitions'
    run merge "$scratch/ended.csv"
    tap 'SIGTERM: the file is whole' exits 0
else
    skip 'Ctrl-C' 'no python3'
fi

# ---- a truth of its own ----
run simulate demos/weather.yaml --samples 30 --repetitions 3 --mechanisms robust,ex-post
tap 'a file: exit status 0' exits 0
tap 'a file: its title' prints 'A bet on the weather, 3 types and 2 signals'
tap 'a file: the chosen mechanisms alone' line_matches '^  samples *ex-post *robust *holds$'
run simulate demos/weather.yaml --ir none --samples 30 --repetitions 1 --mechanisms bayesian
tap 'no optimum: exit status 1' exits 1
tap 'no optimum: said' prints 'without an optimum'
run simulate demos/weather.yaml --correlation 0.2
tap 'a file has its own correlation' exits 2
tap 'and that is said' complains 'leave out FILE or --correlation'
run simulate demos/divorce.yaml
tap 'a truth without a signal is refused' exits 2
tap 'and why' complains 'one bidder and a signal'

# ---- refused ----
refused() { # MESSAGE ARGUMENT...
    message=$1
    shift
    run "$@"
    tap "refused: $*" exits 2
    tap "  says: $message" complains "$message"
    tap '  prints nothing' silent
}
refused 'whole number from 1 to 10000000' simulate --samples 10,0
refused 'whole number from 1 to 100,' simulate --types 1000
refused '1 signals is not in the range' simulate --types 3 --signals 1 --samples 1 --repetitions 1
refused 'between -1 and 1' simulate --correlation 1
refused 'must be below 1' simulate --epsilon 1
refused "knows no 'best'" simulate --mechanisms robust,best
refused 'two whole numbers' simulate --shard 3/2
refused 'add -o FILE' simulate --shard 1/2
refused 'none was given' simulate --ic ex-post
refused 'says itself what is simulated' simulate --resume "$scratch/whole.csv" --samples 10
refused 'not the result of a simulation' simulate --resume demos/weather.yaml
refused 'cannot' simulate --resume "$scratch/nothing.csv"
refused 'different simulations' merge "$scratch/whole.csv" "$scratch/stopped.csv"
refused 'needs a PART' merge
echo 'not mine' >"$scratch/other"
refused 'no simulation' simulate -o "$scratch/other"
tap 'the other file is as it was' grep -q '^not mine$' "$scratch/other"
sed '$s/ex-post\|robust/bayesian/' "$scratch/whole.csv" >"$scratch/broken.csv"
refused 'not the next one of its repetition' merge "$scratch/broken.csv"
finish
