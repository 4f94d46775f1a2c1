# make dist and make deb: the same bytes every time, and whole. (make check-dist builds the archive.)
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"
BUILD=${BUILD:-build}
case $BUILD in
build) mode=release ;;
*) mode=${BUILD#build/} ;;
esac
quiet_make() { # FOLDER ARGUMENT...
    folder=$1
    shift
    command="make $*"
    (cd "$folder" && MAKEFLAGS='' make --no-print-directory MODE="$mode" "$@") >"$out" 2>"$err"
    status=$?
}
version=$("$SIDEBET_PROGRAM" --version | sed 's/sidebet //')
archive=$BUILD/sidebet-$version.tar.gz
if ! tar --version 2>/dev/null | grep -q GNU; then
    skip "make dist" "no GNU tar"
else
    quiet_make . dist
    tap "make dist" exits 0
    cp "$archive" "$scratch/first.tar.gz"
    mkdir "$scratch/unpacked" && tar -xzf "$archive" -C "$scratch/unpacked"
    folder=$scratch/unpacked/sidebet-$version
    tap "one folder of the version's name" [ "$(ls "$scratch/unpacked")" = "sidebet-$version" ]
    (cd "$folder" && find . -type f | sed 's|^\./||' | sort) >"$scratch/unpacked.list"
    { git ls-files 2>/dev/null | grep . || find . -type f ! -path './build/*' | sed 's|^\./||'; } | sort >"$scratch/sources.list"
    tap "with all that is under version control" cmp "$scratch/unpacked.list" "$scratch/sources.list"
    tap "and one time for all" [ "$(tar -tvzf "$archive" --utc --full-time | awk '{ print $4, $5 }' | sort -u | wc -l)" -eq 1 ]
    # From other times and another place, and without version control.
    (cd "$folder" && find . -type f ! -name CHANGELOG.md -exec touch {} + && chmod -R go-r .)
    quiet_make "$folder" dist
    tap "it makes itself" cmp "$folder/$archive" "$scratch/first.tar.gz"
    touch README.md
    quiet_make . dist
    tap "make dist again" cmp "$archive" "$scratch/first.tar.gz"
    SOURCE_DATE_EPOCH=86400 quiet_make . dist
    tap "SOURCE_DATE_EPOCH is the time" [ "$(tar -tvzf "$archive" --utc --full-time | awk '{ print $4 }' | sort -u)" = 1970-01-02 ]
    mv "$scratch/first.tar.gz" "$archive"
fi
if ! command -v dpkg-deb >/dev/null 2>&1 || [ "$mode" != release ]; then
    skip "make deb" "no dpkg-deb, or a build for $mode"
else
    quiet_make . deb-files
    tap "make deb" exits 0
    package=$(cat "$out")
    tap "names what it made" [ -f "$package" ]
    dpkg-deb -x "$package" "$scratch/root" 2>"$err"
    status=$?
    tap "it unpacks" exits 0
    command="the installed program"
    "$scratch/root/usr/bin/sidebet" solve "$scratch/root/usr/share/sidebet/demos/almost-independent.yaml" >"$out" 2>"$err"
    status=$?
    tap "and solves" exits 0
    tap "to the optimum" prints "revenue 1.749"
    dpkg-deb -f "$package" >"$out"
    tap "its version" line_matches "^Version: $version$"
    tap "its libraries are dependencies" line_matches '^Depends: .*libflint.*libglpk'
    (cd "$scratch/root" && dpkg-deb --ctrl-tarfile "$OLDPWD/$package" | tar -xO ./md5sums | md5sum -c --quiet) >"$out" 2>"$err"
    status=$?
    tap "its sums" exits 0
    cp "$package" "$scratch/first.deb"
    quiet_make . deb-files
    tap "the same bytes again" cmp "$package" "$scratch/first.deb"
fi
finish
