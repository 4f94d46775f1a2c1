#!/bin/sh
# Draw the figures of this folder, and the screenshots in README.md, anew with the program itself.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: sh demos/figures/make.sh, after make all build/tests/terminal/test_screenshots
set -eu
cd "$(dirname "$0")/../.."
sidebet=${SIDEBET_PROGRAM:-build/sidebet}
figures=${1:-demos/figures}
near=demos/almost-independent.yaml

"$sidebet" sweep "$near" --points 2 --figure "$figures/almost-independent-sweep.svg" >/dev/null
"$sidebet" cap "$near" --figure "$figures/almost-independent-cap.svg" >/dev/null
"$sidebet" misbelief "$near" demos/simple-example.yaml --report-payments smallest \
    --figure "$figures/almost-independent-misbelief.svg" >/dev/null
for name in concave not-concave three-forecasts; do # a type without a side bet ends with 1
    "$sidebet" geometry "demos/$name.yaml" --figure "$figures/$name-geometry.svg" >/dev/null || [ $? -eq 1 ]
done
"$sidebet" robust demos/gaussian.yaml --price --points 26 --figure "$figures/gaussian-price.svg" >/dev/null
"$sidebet" learning demos/learning-is-impossible/forecast.yaml \
    --figure "$figures/learning-is-impossible.svg" >/dev/null
cat >"$figures/baselines.sb" <<COMMANDS
open $near
screen baselines
figure! $figures/almost-independent-baselines.svg
COMMANDS
"$sidebet" run "$figures/baselines.sb" >/dev/null
rm "$figures/baselines.sb"
# Real screens in a pseudo-terminal, cell by cell.
[ $# -gt 0 ] || SIDEBET_GOLDEN=write build/tests/terminal/test_screenshots
