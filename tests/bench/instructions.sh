#!/bin/sh
# Instructions of fixed workloads against what is kept in the tree.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   instructions.sh PROGRAM FILE [update]      CC, FLAGS: what the program was built with
#
# Unlike times, counts by callgrind hardly change from run to run, but they do with the compiler and the
# libraries: FILE names those that it was counted with. Where they are the same, more than TOLERANCE
# per cent above is a failure, and as much below asks for an update; where they differ, or there is
# no valgrind, the counts are only shown.

set -u
program=$1 file=$2 update=${3:-}
TOLERANCE=${TOLERANCE:-4}
command -v valgrind >/dev/null 2>&1 || { echo "check-instructions: no valgrind, nothing is counted"; exit 0; }
scratch=$(mktemp -d) || exit 3
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
# Nothing of the person's own settings is read, and no string is longer for another person.
HOME=$scratch XDG_STATE_HOME=$scratch/state XDG_CONFIG_HOME=$scratch/config
LC_ALL=C.UTF-8 TERM=xterm-256color
export HOME XDG_STATE_HOME XDG_CONFIG_HOME LC_ALL TERM

environment() {
    echo "machine: $(uname -m)"
    echo "compiler: $(${CC:-cc} --version | head -n 1)"
    echo "flags: ${FLAGS:-unknown}"
    # Debian's versions where there are any, else the names of the libraries as they are loaded.
    ldd "$program" | awk '$1 ~ /^lib(flint|gmp|mpfr|glpk|yaml|c|m)[.-]/ { print $1, $3 }' | sort |
        while read -r name path; do
            version=$(dpkg-query -S "$path" "$(readlink -f "$path")" 2>/dev/null | head -n 1 | sed 's/: .*//')
            [ -z "$version" ] || version=$(dpkg-query -W -f='${Version}' "$version" 2>/dev/null)
            echo "library: $name ${version:-$(basename "$(readlink -f "$path")")}"
        done
    echo "valgrind: $(valgrind --version)"
}

count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=measured_workload \
        "$program" "$1" 2>"$scratch/err" >/dev/null || { cat "$scratch/err" >&2; return 1; }
    sed -n 's/.*Collected : \([0-9][0-9]*\).*/\1/p' "$scratch/err"
}

environment >"$scratch/environment"
sed -n 's/^# \([a-z]*: .*\)/\1/p' "$file" 2>/dev/null >"$scratch/kept"
same=yes
cmp -s "$scratch/environment" "$scratch/kept" || same=no
status=0 lower=no
: >"$scratch/counts"
for workload in $("$program"); do
    now=$(count "$workload") || { echo "check-instructions: $workload did not run"; exit 1; }
    case $now in '' | 0) echo "check-instructions: nothing was counted of $workload"; exit 1 ;; esac
    echo "$workload $now" >>"$scratch/counts"
    kept=$(awk -v name="$workload" '$1 == name { print $2 }' "$file" 2>/dev/null)
    awk -v name="$workload" -v now="$now" -v kept="${kept:-0}" -v tolerance="$TOLERANCE" -v same="$same" 'BEGIN {
        if (kept == 0) { printf "%-28s %14d  not kept yet\n", name, now; exit 4 }
        change = 100 * (now - kept) / kept
        verdict = change > tolerance ? (same == "yes" ? "  MORE" : "  more") : change < -tolerance ? "  less" : ""
        printf "%-28s %14d  kept %14d  %+6.2f %%%s\n", name, now, kept, change, verdict
        exit change > tolerance ? 5 : change < -tolerance ? 6 : 0
    }'
    case $? in 0) ;; 6) lower=yes ;; *) status=1 ;; esac
done

if [ -n "$update" ]; then
    {
        echo "# Instructions of fixed workloads: make check-instructions; UPDATE=1 writes this file."
        echo "# Counted with:"
        sed 's/^/# /' "$scratch/environment"
        cat "$scratch/counts"
    } >"$file"
    echo "check-instructions: $file is written"
    exit 0
fi
if [ "$same" = no ]; then
    echo "check-instructions: another environment than the one that counted; shown, not judged:"
    diff "$scratch/kept" "$scratch/environment" | sed -n 's/^</    then:/p; s/^>/    here:/p'
    exit 0
fi
[ "$lower" = no ] || echo "check-instructions: fewer than kept: make check-instructions UPDATE=1 writes them down"
[ "$status" = 0 ] || echo "check-instructions: more than $TOLERANCE % above what is kept, or not kept (UPDATE=1 if it is meant)"
[ "$status" = 0 ] && echo "check-instructions: $(wc -l <"$scratch/counts") workloads within $TOLERANCE %"
exit "$status"
