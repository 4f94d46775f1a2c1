#!/bin/sh
# The Debian packages of the libraries that a program needs, as a Depends field.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
objdump -p "$1" | awk '$1 == "NEEDED" { print $2 }' | while read -r library; do
    path=$(ldd "$1" | awk -v name="$library" '$1 == name { print $3 }')
    [ -n "$path" ] || continue
    # A library may be found by a link in another folder than the package has it in.
    for file in "$path" "$(readlink -f "$path")" "/usr$path" "${path#/usr}"; do
        dpkg-query -S "$file" 2>/dev/null && break
    done | sed -n '1s/[:,].*//p'
done | LC_ALL=C sort -u | paste -sd, | sed 's/,/, /g'
