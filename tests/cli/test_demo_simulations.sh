#!/bin/sh
# The demonstration of simulations is what this program prints: cells and repetitions done again.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"
demo=demos/simulations

# Every field but the time, the last: words alike, numbers but for the last digits, which another C
# library may compute otherwise. Lines of the second file that the first has not are left alone.
cat >"$scratch/agree.awk" <<'AWK'
function is_number(text) { return text ~ /^-?[0-9.]+(e[-+]?[0-9]+)?$/ }
function near(left, right,   gap) {
    gap = left - right
    return (gap < 0 ? -gap : gap) <= 1e-9 * (1 + (left < 0 ? -left : left))
}
function key() { return name == "summary" ? $1 "," $2 "," $3 "," $4 "," $5 "," $7 : $1 "," $2 "," $8 }
/^#/ { next }
NR == FNR { line[key()] = $0; fresh++; next }
key() in line {
    if (split(line[key()], field, ",") != NF) exit failed = 1
    for (k = 1; k < NF; k++)
        if (field[k] != $k && !(is_number(field[k]) && is_number($k) && near(field[k], $k))) {
            print "field " k ": " field[k] " is " $k " in " FILENAME ": " $0
            failed = 1
        }
    found++
}
END { exit failed || fresh < 2 || found != fresh }
AWK
agree() { LC_ALL=C awk -F, -v name="$1" -f "$scratch/agree.awk" "$2" "$3"; } # KIND FRESH COMMITTED

run simulate --samples 10,100,1000,100000 --repetitions 2 -o "$scratch/first.csv"
tap 'two repetitions each from 10 to 100,000 samples' exits 0
tap 'they are those of first.csv' agree repetitions "$scratch/first.csv" $demo/first.csv
run simulate --types 4,5,6,8 --samples 1000 --repetitions 10 --csv
cp "$out" "$scratch/types.csv"
tap 'ten repetitions of small tables' exits 0
tap 'their means are those of types.csv' agree summary "$scratch/types.csv" $demo/types.csv
sed '2s/known-prior,10,0,2.5,/known-prior,10,0,3.5,/' "$scratch/types.csv" >"$scratch/wrong.csv"
tap 'another number would be seen' sh -c '! cmp -s "$1" "$2"' sh "$scratch/types.csv" "$scratch/wrong.csv"
tap 'and refused' sh -c '! LC_ALL=C awk -F, -v name=summary -f "$1" "$2" "$3"' sh "$scratch/agree.awk" "$scratch/wrong.csv" $demo/types.csv
# The repetitions of first.csv belong to the same simulation as the means of samples.csv.
tap 'samples.csv: what a seller who knows the prior earns' sh -c '[ "$(awk -F, "\$8 == \"known-prior\" { print \$14 }" "$1" | sort -u)" = "$(awk -F, "\$7 == \"known-prior\" { print \$10 }" "$2" | sort -u)" ]' sh "$scratch/first.csv" $demo/samples.csv

# The tables of the page are those of the files.
sh $demo/tables.sh >"$scratch/tables"
tap 'the tables are made' test -s "$scratch/tables"
tap 'the page has them' sh -c 'awk "/^<!-- table /, /^<!-- end -->/" "$1" | cmp - "$2"' sh $demo/README.md "$scratch/tables"
finish
