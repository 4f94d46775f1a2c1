#!/bin/sh
# libsidebet from outside: its headers in C and C++, and what the shared library exports.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Output: TAP.
set -u
cd "$(dirname "$0")/.." || exit 3
BUILD=${BUILD:-build}
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
number=0
tap() { # STATUS NAME
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; fi
}
compiler() { # NAME...: the first there is
    for name; do
        command -v "${name%% *}" >/dev/null 2>&1 && { echo "$name"; return; }
    done
}
echo "1..5"
c=$(compiler ${CC:+"$CC"} cc gcc clang)
cxx=$(compiler ${CXX:+"$CXX"} c++ g++ clang++)

# Every header stands alone.
alone() { # LANGUAGE COMPILER...
    language=$1
    shift
    for header in include/sidebet/*.h; do
        { echo "#include \"${header#include/}\""; echo "extern int nothing;"; } >"$scratch/alone.$language"
        "$@" -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only "$scratch/alone.$language" \
            >"$scratch/errors" 2>&1 || { sed "s|^|# $header: |" "$scratch/errors"; return 1; }
    done
}
alone c $c -std=c17
tap $? "every public header compiles alone as C17"
if [ -n "$cxx" ]; then
    alone cc $cxx -std=c++17
    tap $? "every public header compiles alone as C++17"
else
    tap 0 "every public header compiles alone as C++17 # SKIP no C++ compiler"
fi

# Nothing escapes the brackets that give C linkage and visibility: without them no header declares.
wrong=0
for header in include/sidebet/*.h; do
    case $header in */declarations.h | */cancel_flag.h) continue ;; esac
    sed -n '/^SB_DECLARATIONS_END/,$d; /^#include/d; p' "$header" | awk '/^SB_DECLARATIONS_BEGIN/ { n++ } END { exit n != 1 }' &&
        [ "$(grep -c '^SB_DECLARATIONS_END' "$header")" -eq 1 ] || { echo "# $header"; wrong=1; }
done
tap $wrong "every public header has its declarations in brackets"

# The functions that the headers declare, out of the preprocessor: a name before a parenthesis, in
# lines that come from our headers, outside of braces and parameter lists.
for header in include/sidebet/*.h; do echo "#include \"${header#include/}\""; done >"$scratch/all.c"
$c -std=c17 -Iinclude -E "$scratch/all.c" | awk '
    /^# [0-9]+ "/ { ours = $3 ~ /include\/sidebet\// ; next }
    ours {
        for (i = 1; i <= length($0); i++) {
            character = substr($0, i, 1)
            if (character == "{" || character == "(") {
                if (depth == 0 && character == "(" && match(word, /^sb_[a-z0-9_]+$/)) print word
                depth++
            } else if (character == "}" || character == ")") depth--
            if (character ~ /[A-Za-z0-9_]/) word = word character
            else if (character != " ") word = ""
            else if (substr($0, i + 1, 1) != "(") word = ""
        }
        if (substr($0, length($0)) ~ /[^A-Za-z0-9_]/) word = ""
    }' | sort -u >"$scratch/declared"
nm -D --defined-only "$BUILD"/libsidebet.so.*.*.* 2>/dev/null | awk '{ print $3 }' | sort -u >"$scratch/exported"
# Sanitizers and coverage put symbols of their own into what they build.
[ "$BUILD" = build ] || { grep '^sb_' "$scratch/exported" >"$scratch/ours"; mv "$scratch/ours" "$scratch/exported"; }
[ -s "$scratch/declared" ] && diff "$scratch/declared" "$scratch/exported" >"$scratch/diff"
status=$?
sed -n 's/^</# declared only: /p; s/^>/# exported only: /p' "$scratch/diff"
tap $status "the shared library exports what the headers declare"
objdump -p "$BUILD"/libsidebet.so.*.*.* 2>/dev/null | grep -q 'SONAME *libsidebet\.so\.[0-9]*$'
tap $? "the shared library has a soname"
