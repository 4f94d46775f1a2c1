#!/bin/sh
# Output that cannot be written, interrupts, locales.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

for arguments in 'solve demos/weather.yaml' 'check --json demos/weather.yaml' '--help' '--version'; do
    command="sidebet $arguments"
    # The reader is gone for certain before the program starts.
    mkfifo "$scratch/gone"
    # shellcheck disable=SC2086
    {
        cat "$scratch/gone"
        "$SIDEBET_PROGRAM" $arguments 2>"$err"
        echo $? >"$scratch/status"
    } | {
        exec <&-
        echo go >"$scratch/gone"
    }
    # The pipeline is over only when its left side is.
    status=$(cat "$scratch/status")
    rm "$scratch/gone"
    tap "a closed pipe is an error: $command" sh -c '[ "$1" -eq 3 ] && grep -q "^sidebet: the answer could not be written" "$2" && [ "$(wc -l <"$2")" -eq 1 ]' sh "$status" "$err"
    if [ -c /dev/full ]; then
        # shellcheck disable=SC2086
        "$SIDEBET_PROGRAM" $arguments >/dev/full 2>"$err"
        status=$?
        tap "a full disk is an error: $command" sh -c '[ "$1" -eq 3 ] && grep -q "^sidebet: the answer could not be written" "$2" && [ "$(wc -l <"$2")" -eq 1 ]' sh "$status" "$err"
    else
        skip "a full disk is an error: $command" 'no /dev/full'
    fi
done

values=$(awk 'BEGIN { for (i = 1; i < 40; i++) printf "%d, ", i; print 40 }')
cat >"$scratch/large.yaml" <<END
item: {bidders: [{name: a, values: [$values]}, {name: b, values: [$values]}]}
prior: {random: {seed: 7, digits: 4}}
END
if command -v timeout >/dev/null 2>&1; then
    command="sidebet solve --ir ex-post large.yaml"
    started=$(date +%s)
    timeout --preserve-status -s INT 1 "$SIDEBET_PROGRAM" solve --ir ex-post --time-limit 0 "$scratch/large.yaml" >"$out" 2>"$err"
    status=$?
    taken=$(($(date +%s) - started))
    tap 'an interrupt ends a long solve: 130' exits 130
    tap 'without an answer' silent
    tap 'promptly' [ "$taken" -le 15 ]
else
    skip 'an interrupt ends a long solve: 130' 'no timeout'
    skip 'without an answer' 'no timeout'
    skip 'promptly' 'no timeout'
fi

# Numbers have a point in every locale.
for locale in de_DE.UTF-8 fr_FR.UTF-8; do
    if locale -a 2>/dev/null | grep -qix "$(echo $locale | sed 's/UTF-8/utf-\{0,1\}8/')"; then
        LC_ALL=$locale "$SIDEBET_PROGRAM" solve --json demos/almost-independent.yaml >"$out" 2>"$err"
        status=$?
        tap "numbers under $locale" prints '"objective": {"value": 1.749, '
    else
        skip "numbers under $locale" 'no such locale'
    fi
done
finish
