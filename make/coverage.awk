# Lines run and lines there are, by layer and of the files least covered, from an lcov trace.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# awk -f coverage.awk -v layers="base ..." -v below=90 -v tui=75 lines.info: exit status 1 below a floor.

function percent(hit, all) { return all > 0 ? 100 * hit / all : 100 }

/^SF:/ { file = $0; sub(/^.*\/src\//, "", file); source = ($0 ~ /\/src\/[a-z]+\/[a-z_]+\.c$/); layer = file; sub(/\/.*/, "", layer) }
/^DA:/ && source { split($0, part, /[:,]/); all[layer]++; of[file]++; if (part[3] > 0) { hit[layer]++; run[file]++ } }

END {
    count = split(layers, names, " ")
    is_below = 1
    for (i = 1; i <= count; i++) {
        layer = names[i]
        if (layer == "tui") is_below = 0
        printf "%-10s %6d of %6d lines  %5.1f %%\n", layer, hit[layer], all[layer], percent(hit[layer], all[layer])
        if (is_below) { lower_hit += hit[layer]; lower_all += all[layer] }
    }
    printf "below tui  %6d of %6d lines  %5.1f %%  (floor %d)\n", lower_hit, lower_all, percent(lower_hit, lower_all), below
    print "files with the most lines that no test runs:"
    fflush()
    for (file in of) printf "%6d  %5.1f %%  %s\n", of[file] - run[file], percent(run[file], of[file]), file | "sort -rn | head -n 15"
    close("sort -rn | head -n 15")
    if (lower_all == 0) { print "coverage: nothing was counted"; exit 1 }
    if (percent(lower_hit, lower_all) < below || percent(hit["tui"], all["tui"]) < tui) { print "coverage: below its floor"; exit 1 }
}
