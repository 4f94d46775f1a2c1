# What make install puts where, that it can be built against, and that make uninstall takes it back.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

# The build that is tested, and no other, is installed.
case ${BUILD:-build} in
build) mode=release ;;
*) mode=${BUILD#build/} ;;
esac
quiet_make() { # ARGUMENT...
    command="make $*"
    MAKEFLAGS='' make --no-print-directory MODE="$mode" "$@" >"$out" 2>"$err"
    status=$?
}
tree() { # FOLDER: the files in it, one a line, links with where they lead
    (cd "$1" && find . -type f -o -type l | sed 's|^\./||' | sort | while read -r file; do
        if [ -h "$file" ]; then echo "$file -> $(readlink "$file")"; else echo "$file"; fi
    done)
}
# The expected list; its lines of headers and demos stand for what there is in the sources.
expected() {
    while read -r line; do
        case $line in
        include/sidebet/\*.h) ls include/sidebet/*.h ;;
        share/sidebet/demos/...)
            { git ls-files demos 2>/dev/null | grep . || find demos -type f; } | sed 's|^|share/sidebet/|' ;;
        *) echo "$line" ;;
        esac
    done <tests/install.expected | sort
}
same() { diff "$scratch/expected" "$scratch/tree" >"$scratch/diff" || { sed 's/^/# /' "$scratch/diff" >&2; cp "$scratch/diff" "$out"; false; }; }

expected >"$scratch/expected"
quiet_make install-files DESTDIR="$scratch/root" PREFIX=/usr
tap "make install with DESTDIR" exits 0
tree "$scratch/root/usr" >"$scratch/tree"
tap "installs what tests/install.expected lists" same
tree "$scratch/root" | grep -v '^usr/' >"$out"
tap "and nothing outside of PREFIX" silent
modes() { # what is to be run can be, nothing can be written by others
    [ -x "$scratch/root/usr/bin/sidebet" ] && [ -x "$scratch/root/usr/share/sidebet/demos/simulations/run.sh" ] &&
        [ ! -x "$scratch/root/usr/share/man/man1/sidebet.1" ] && [ -z "$(find "$scratch/root" ! -type l -perm /022)" ]
}
tap "with their modes" modes
tap "DESTDIR is in no file" sh -c '! grep -rlI "$1" "$1"' sh "$scratch/root"
in_root() { "$scratch/root/usr/bin/sidebet" "$@" >"$out" 2>"$err"; }
tap "the installed program solves the installed demo" in_root solve "$scratch/root/usr/share/sidebet/demos/almost-independent.yaml"
tap "to the optimum" prints 1.749

# Other people's files stay.
echo mine >"$scratch/root/usr/share/sidebet/demos/mine.yaml"
echo theirs >"$scratch/root/usr/bin/other"
quiet_make uninstall DESTDIR="$scratch/root" PREFIX=/usr
tap "make uninstall" exits 0
tree "$scratch/root/usr" >"$scratch/tree"
printf 'bin/other\nshare/sidebet/demos/mine.yaml\n' >"$scratch/expected"
tap "takes all of it and nothing else" same
tap "with the folders that are its own" [ ! -d "$scratch/root/usr/include/sidebet" -a ! -d "$scratch/root/usr/share/doc/sidebet" ]

# The example program.
prefix=$scratch/prefix
quiet_make install-files PREFIX="$prefix"
tap "make install with PREFIX" exits 0
if ! command -v "${PKG_CONFIG:-pkg-config}" >/dev/null 2>&1; then
    skip "the example program" "no pkg-config"
elif [ "$mode" != release ]; then
    skip "the example program" "the library is built for $mode"
else
    PKG_CONFIG_PATH=$prefix/lib/pkgconfig
    export PKG_CONFIG_PATH
    cp -r "$prefix/share/sidebet/demos/library" "$scratch/example"
    version=$(pkg-config --modversion sidebet 2>"$err")
    tap "pkg-config knows the version" [ "sidebet $version" = "$("$SIDEBET_PROGRAM" --version)" ]
    example() { # TARGET PROGRAM
        command="make $1; $2"
        MAKEFLAGS='' make -C "$scratch/example" "$1" CFLAGS="-Wall -Wextra -Wpedantic -Werror" >"$out" 2>"$err" &&
            LD_LIBRARY_PATH=$3 "$scratch/example/$2" >"$out" 2>"$err"
        status=$?
    }
    for kind in shared static; do
        case $kind in
        shared) example revenue revenue "$prefix/lib" ;;
        static) example static revenue-static "" ;;
        esac
        tap "the example is built and runs, $kind" exits 0
        tap "$kind: its revenue" line_matches '^revenue  *1\.749$'
        tap "$kind: which is the full surplus" line_matches '^full surplus  *1\.749$'
        tap "$kind: proved" line_matches '^proof  *exact$'
        tap "$kind: the smallest payments" line_matches '^smallest payments  *31375$'
        tap "$kind: full extraction" line_matches '^full extraction  *yes$'
    done
    needs() { objdump -p "$scratch/example/$1" | grep -q "NEEDED *libsidebet\.so\.0$"; }
    tap "the shared one needs the library by its soname" needs revenue
    tap "the static one does not" sh -c '! objdump -p "$1" | grep -q "NEEDED *libsidebet"' sh "$scratch/example/revenue-static"
    # A program in C++, with the cancel flag.
    cat >"$scratch/program.cc" <<'END'
#include <iostream>
#include <sidebet/design.h>
#include <sidebet/environment_file.h>
int main(int, char **argv)
{
    sb_environment *environment = nullptr;
    sb_error error;
    if (sb_environment_read(argv[1], &environment, nullptr, &error) != SB_OK) return 1;
    sb_cancel_flag cancel(false);
    sb_lp_options options = sb_lp_options();
    options.exact = true;
    options.cancel = &cancel;
    sb_solution solution;
    sb_solution_init(&solution);
    for (bool raised : {false, true}) {
        cancel.store(raised);
        sb_status status = sb_design_solve(environment, nullptr, &options, &solution, &error);
        std::cout << (status == SB_OK ? sb_rational_to_double(&solution.revenue) : status == SB_ERROR_CANCELLED ? -1 : -2) << "\n";
    }
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}
END
    cxx=${CXX:-c++}
    if command -v "$cxx" >/dev/null 2>&1; then
        command="a program in C++"
        $cxx -std=c++17 -Wall -Wextra -Wpedantic -Werror $(pkg-config --cflags sidebet) -o "$scratch/program" "$scratch/program.cc" \
            $(pkg-config --libs sidebet) >"$out" 2>"$err" &&
            LD_LIBRARY_PATH=$prefix/lib "$scratch/program" demos/almost-independent.yaml >"$out" 2>"$err"
        status=$?
        tap "a program in C++ is built and runs" exits 0
        tap "it solves, and is cancelled by a flag of its own" [ "$(cat "$out")" = "1.749
-1" ]
    else
        skip "a program in C++" "no C++ compiler"
    fi
fi
finish
