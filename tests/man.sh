#!/bin/sh
# The manual page is in step with the program, and mandoc has nothing to say about it.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   sh tests/man.sh           check, printing TAP
#   sh tests/man.sh update    put the program's tables into the page
set -u
cd "$(dirname "$0")/.." || exit 3
SIDEBET_PROGRAM=${SIDEBET_PROGRAM:-${BUILD:-build}/sidebet}
page=man/sidebet.1
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT

# The page with a table in its place.
with_table() { # TABLE PAGE
    "$SIDEBET_PROGRAM" help --mdoc "$1" >"$scratch/table" || return 1
    [ -s "$scratch/table" ] || return 1
    awk -v table="$1" -v file="$scratch/table" '
        $0 == ".\\\" begin generated " table { print; while ((getline line < file) > 0) print line; inside = 1; found++; next }
        $0 == ".\\\" end generated " table { inside = 0; found++ }
        !inside { print }
        END { exit found == 2 ? 0 : 1 }' "$2"
}

if [ "${1:-}" = update ]; then
    for table in options commands keys; do
        with_table $table $page >"$scratch/page" && cat "$scratch/page" >$page || exit 1
    done
    exit 0
fi

number=0
tap() { # STATUS NAME
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; fi
}
echo "1..$((6 + 2 * $(ls man/sidebet.* | wc -l)))"
for table in options commands keys; do
    with_table $table $page >"$scratch/page" && diff "$scratch/page" $page >"$scratch/diff"
    status=$?
    [ $status -eq 0 ] || { sed 's/^/# /' "$scratch/diff"; echo "# put right by: sh tests/man.sh update"; }
    tap $status "the table of $table in $page is the program's"
done
# Every subcommand and every JSON member has its entry.
words=$("$SIDEBET_PROGRAM" help | sed -n 's/^       sidebet \([a-z-]*\).*/\1/p' | sed 's/-/\\\\-/')
[ -n "$words" ]
wrong=$?
for word in $words; do
    grep -q "^\.Cm $word" $page && grep -q "^\.It Cm $word" $page || { echo "# no subcommand $word"; wrong=1; }
done
tap $wrong "every subcommand has a synopsis and an entry"
words=$({
    "$SIDEBET_PROGRAM" solve --json demos/almost-independent.yaml
    "$SIDEBET_PROGRAM" solve --json --deterministic true demos/almost-independent.yaml
    "$SIDEBET_PROGRAM" check --json demos/almost-independent.yaml
    "$SIDEBET_PROGRAM" check --json demos/not-concave.yaml
    "$SIDEBET_PROGRAM" sample-size --json --within 0.1 --samples 10 --repetitions 2 demos/learning-is-impossible/forecast.yaml
    "$SIDEBET_PROGRAM" learning --json demos/learning-is-impossible/forecast.yaml
    "$SIDEBET_PROGRAM" ball --json --within 0.1 demos/concave.yaml
    "$SIDEBET_PROGRAM" separation --json demos/almost-independent.yaml
    "$SIDEBET_PROGRAM" geometry --json demos/not-concave.yaml
    "$SIDEBET_PROGRAM" geometry --json demos/gaussian.yaml
    "$SIDEBET_PROGRAM" incentives --json demos/almost-independent.yaml
    "$SIDEBET_PROGRAM" auctions --json demos/almost-independent.yaml
    "$SIDEBET_PROGRAM" estimate --json --coverage 1 --count 10 demos/weather.yaml
    "$SIDEBET_PROGRAM" sample --count 10 demos/weather.yaml | "$SIDEBET_PROGRAM" estimate --json --samples - demos/weather.yaml
    "$SIDEBET_PROGRAM" sweep --json --lambda 1 demos/almost-independent.yaml
    "$SIDEBET_PROGRAM" cap --json demos/almost-independent.yaml
    "$SIDEBET_PROGRAM" robust --json --box 0.1 --steps --truth demos/weather.yaml demos/weather.yaml
    "$SIDEBET_PROGRAM" robust --json --price --points 2 demos/weather.yaml
    printf 'bidder,weather\n1,rain\n' | "$SIDEBET_PROGRAM" robust --json --samples - demos/weather.yaml
    "$SIDEBET_PROGRAM" misbelief --json --along 1 --slack 0 demos/almost-independent.yaml demos/simple-example.yaml
} | grep -o '"[a-z_]*":' | tr -d '":' | sort -u)
[ -n "$words" ]
wrong=$?
for word in $words; do
    case $word in ic | ir | payments | deterministic | value | bidder | weather | undecided | pessimist | optimist) continue ;; esac
    grep -q "\(Ql\|Li\) $word\( \|\$\)\|\"$word\":" $page || { echo "# no member $word"; wrong=1; }
done
tap $wrong "every JSON member is described"
for file in man/sidebet.*; do
    if ! command -v mandoc >/dev/null 2>&1; then
        tap 0 "$file is clean # SKIP no mandoc"
    else
        # The other pages need not be installed.
        mandoc -T lint -W style $file 2>&1 | grep -v 'referenced manual not found' >"$scratch/lint"
        sed 's/^/# /' "$scratch/lint"
        [ ! -s "$scratch/lint" ]
        tap $? "mandoc finds nothing in $file"
    fi
done
# What help makes of the pages' source is what mandoc does, word by word.
for file in man/sidebet.*; do
    name="help shows $file as mandoc does"
    if ! command -v mandoc >/dev/null 2>&1; then
        tap 0 "$name # SKIP no mandoc"
        continue
    fi
    words() { sed 's/\xc2\xa0/ /g' | tr -s ' \n' '\n\n' | grep -a .; }
    LC_ALL=C.UTF-8 "$SIDEBET_PROGRAM" help "sidebet(${file##*.})" | words >"$scratch/ours"
    # Less the lines at the top and the bottom of a page, and bold and underlined characters.
    mandoc -T utf8 -O width=500 "$file" | LC_ALL=C.UTF-8 sed 's/.\x08//g; 1d; $d' | words >"$scratch/theirs"
    diff "$scratch/ours" "$scratch/theirs" >"$scratch/diff" && [ -s "$scratch/ours" ]
    status=$?
    sed 's/^/# /' "$scratch/diff" | head -n 40
    tap $status "$name"
done
# What the lesson types as a script holds.
sed -n '/<<END$/,/^END$/p' man/sidebet.7 | sed '1d;$d' >"$scratch/script"
[ -s "$scratch/script" ] && "$SIDEBET_PROGRAM" repl demos/almost-independent.yaml <"$scratch/script" >"$scratch/said" 2>&1
status=$?
sed 's/^/# /' "$scratch/said"
tap $status "the script at the end of the lesson"
