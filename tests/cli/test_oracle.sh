#!/bin/sh
# The oracle cases: optima that other programs or closed forms give (each file says which).
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

same='function near(a, b) { d = a - b; if (d < 0) d = -d; s = b < 0 ? -b : b; return d <= 1e-7 * (1 + s) }
BEGIN { exit near(ARGV[1] + 0, ARGV[2] + 0) ? 0 : 1 }'
for file in tests/oracle/*.yaml; do
    name=$(basename "$file" .yaml)
    wanted=$(sed -n 's/^# status: //p' "$file")
    optimum=$(sed -n 's/^# optimum: //p' "$file")
    run solve --json "$file"
    tap "$name: $wanted, exact" prints "\"status\": \"$wanted\", \"proof\": \"exact\""
    tap "$name: says where its optimum is from" grep -q '^# source: .' "$file"
    if [ -n "$optimum" ]; then
        value=$(sed -n 's/.*"objective": {"value": \([^,]*\),.*/\1/p' "$out")
        tap "$name: $optimum" awk "$same" "$value" "$optimum"
    fi
done
# Every choice of every rule at least twice.
for rule in 'ic: bayes-nash' 'ic: ex-post' 'ic: none' 'ir: ex-ante' 'ir: ex-interim' 'ir: ex-post' \
    'ir: none' 'objective: revenue' 'objective: welfare' 'objective: agents' 'objective: designer' \
    'objective: weights:' 'payments: free' 'payments: none' 'payments: bounded:' \
    'payments: no-subsidies' 'payments: no-deficit' 'payments: balanced' 'deterministic: true' \
    'deterministic: false'; do
    tap "at least two cases with $rule" sh -c '[ "$(grep -l "^rules:.*$1" tests/oracle/*.yaml | wc -l)" -ge 2 ]' sh "$rule"
done
# Choices by agent, and what may be reported under interim and ex-post rules, by lot and for certain.
for rule in 'ic: {' 'ir: {'; do
    tap "at least two cases with $rule" sh -c '[ "$(grep -l "^rules:.*$1" tests/oracle/*.yaml | wc -l)" -ge 2 ]' sh "$rule"
done
for rule in 'ic: bayes-nash' 'ic: ex-post' 'ic: {' 'deterministic: true'; do
    tap "at least two cases of reporting sets with $rule" sh -c '[ "$(grep -l "^reports:" tests/oracle/*.yaml | xargs grep -l "^rules:.*$1" | wc -l)" -ge 2 ]' sh "$rule"
done
finish
