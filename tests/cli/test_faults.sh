#!/bin/sh
# Disks that are full, folders and files that may not be written: a sentence, the exit status, and
# what was there is there.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

demo=demos/three-forecasts.yaml
cp "$demo" "$scratch/work.yaml"
"$SIDEBET_PROGRAM" sample --count 200 --seed 1 -o "$scratch/samples.csv" "$demo" || exit 3

# Every option that writes a file: NAME|ARGUMENTS, FILE standing for the file.
writers='certificate|solve --certificate FILE demos/three-forecasts.yaml
figure.svg|sweep --figure FILE demos/three-forecasts.yaml
figure.pdf|sweep --figure FILE demos/three-forecasts.yaml
figure.png|sweep --figure FILE demos/three-forecasts.yaml
samples|sample --count 2000 --seed 2 -o FILE demos/three-forecasts.yaml
estimate|estimate --samples SAMPLES -o FILE demos/three-forecasts.yaml
rounds|robust --box 1/20 --save-steps FILE demos/three-forecasts.yaml
shard|simulate --samples 50 --repetitions 2 --workers 1 -o FILE demos/three-forecasts.yaml
program|lp -o FILE demos/three-forecasts.yaml
incentives|incentives -o FILE demos/three-forecasts.yaml
table|table -o FILE prior demos/three-forecasts.yaml
report|report -o FILE demos/three-forecasts.yaml'

# Messages go through a pipe, as a limit on files would be one on them too.
# try PREFIX PATH: each writer in turn to PATH; the names of those that went wrong in $wrong.
# A writer must fail with 3 and name the file, and what the file held must be there still.
try() {
    prefix=$1 path=$2 wrong= tried=0
    while IFS='|' read -r name line; do
        target=$path
        case $name in
        figure.*) # goes by its ending, so that a device cannot be one
            [ ! -c "$path" ] || continue
            target=$path.${name#figure.}
            ;;
        esac
        [ -c "$target" ] || printf 'old\n' >"$target" 2>/dev/null
        [ "$name" != shard ] || [ -c "$target" ] || printf '# sidebet simulation\nold\n' >"$target" 2>/dev/null
        [ -c "$target" ] || cp "$target" "$scratch/before" 2>/dev/null
        line=$(printf '%s' "$line" | sed "s|FILE|$target|; s|SAMPLES|$scratch/samples.csv|")
        # shellcheck disable=SC2086
        status=$({ { $prefix "$SIDEBET_PROGRAM" $line 2>&1 >/dev/null </dev/null; echo $? >&3; } | cat >"$err"; } 3>&1)
        command="$prefix sidebet $line"
        tried=$((tried + 1))
        good=yes
        [ "$status" -eq 3 ] || good=
        grep -qF -e "$target" "$err" || good=
        [ -c "$target" ] || cmp -s "$target" "$scratch/before" || good=
        [ -n "$good" ] || { wrong="$wrong $name($status)"; echo "# $command: $status"; sed 's/^/# /' "$err"; }
    done <<LIST
$writers
LIST
}
all_well() { [ -z "$wrong" ] && [ "$tried" -ge 9 ]; }

limited() { (ulimit -f 0; exec "$@"); }
mkdir "$scratch/kept"
try limited "$scratch/kept/file"
tap "a file that may not grow: every writer says so, and the old file stays" all_well
tap "and no temporary stays" sh -c "! ls '$scratch/kept' | grep -q tmp"

try '' /dev/full
tap "/dev/full: every writer says so" all_well

# What goes to standard output.
wrong= tried=0
for line in "solve $demo" "check $demo" "sweep --csv $demo" "sweep --json $demo" "lp $demo" \
    "sample --count 5 $demo" "table prior $demo" "geometry $demo" "robust --box 1/20 $demo" \
    "incentives $demo" "auctions $demo" "completions bash" "help keys" "--version" "tour"; do
    # shellcheck disable=SC2086
    "$SIDEBET_PROGRAM" $line >/dev/full 2>"$err" </dev/null
    status=$?
    tried=$((tried + 1))
    [ "$status" -eq 3 ] && grep -q "No space left" "$err" || { wrong="$wrong $line($status)"; echo "# $line: $status"; sed 's/^/# /' "$err"; }
done
tap "standard output is full: every answer is known not to have arrived" all_well

# The command language: the session goes on, and its work is not lost.
: >"$scratch/old.sb"
printf 'title changed\nsave\nwrite-script! %s\nask title\nsave! %s\n' "$scratch/old.sb" "$scratch/x.yaml" >"$scratch/commands"
command="sidebet repl with no room"
status=$({ { limited "$SIDEBET_PROGRAM" repl "$scratch/work.yaml" 2>&1 >/dev/null <"$scratch/commands"; echo $? >&3; } | cat >"$err"; } 3>&1)
tap "repl with no room: exit status 3" exits 3
tap "every writer says so" sh -c "[ \$(grep -c 'File too large' '$err') -eq 3 ]"
tap "the file is as it was" cmp -s "$demo" "$scratch/work.yaml"
tap "nothing was made" [ ! -e "$scratch/x.yaml" ]

# A small disk of its own.
if [ "$(id -u)" = 0 ] && mkdir "$scratch/disk" && mount -t tmpfs -o size=16k tmpfs "$scratch/disk" 2>/dev/null; then
    trap 'umount "$scratch/disk"; rm -rf "$scratch"' EXIT
    head -c 14000 /dev/zero >"$scratch/disk/filler"
    : >"$scratch/disk/other"
    try '' "$scratch/disk/file"
    tap "a full disk: what does not fit is refused, and the old file stays" all_well
    tap "and no temporary stays there" sh -c "! ls '$scratch/disk' | grep -q tmp"
    umount "$scratch/disk"
    trap 'rm -rf "$scratch"' EXIT
else
    skip "a full disk" "only root can mount a small one"
    skip "and no temporary stays there" "only root can mount a small one"
fi

# As somebody who may not: root may everything, so root becomes another.
if [ "$(id -u)" != 0 ]; then
    other=
elif command -v setpriv >/dev/null 2>&1 && setpriv --reuid 65534 --regid 65534 --clear-groups true 2>/dev/null; then
    other='setpriv --reuid 65534 --regid 65534 --clear-groups'
else
    other=none
fi
if [ "$other" = none ]; then
    skip "a read-only folder" "root may write anywhere, and setpriv is not there"
    skip "a read-only file" "root may write anywhere, and setpriv is not there"
else
    chmod 755 "$scratch"
    chmod 644 "$scratch/samples.csv"
    mkdir "$scratch/fixed"
    chmod 555 "$scratch/fixed"
    # As root the files can be made there beforehand, and anybody may write them but in place.
    try "$other" "$scratch/fixed/file"
    tap "a read-only folder: every writer says so" all_well
    mkdir "$scratch/open"
    chmod 777 "$scratch/open"
    printf 'old\n' >"$scratch/open/file.yaml"
    chmod 444 "$scratch/open/file.yaml"
    command="sidebet repl, save! to a read-only file"
    printf 'save! %s\nask objective\n' "$scratch/open/file.yaml" |
        $other "$SIDEBET_PROGRAM" repl "$demo" >"$out" 2>"$err"
    status=$?
    tap "a read-only file: refused" exits 3
    tap "with a sentence" complains "Permission denied"
    tap "and it is as it was" sh -c "[ \"\$(cat '$scratch/open/file.yaml')\" = old ]"
fi

# On disk before it has the name, and the name on disk before the program says so.
if command -v strace >/dev/null 2>&1 && strace -f true 2>/dev/null; then
    command="strace sidebet repl"
    printf 'title traced\nsave\n' >"$scratch/commands"
    strace -f -e trace=fsync,rename,renameat,renameat2,openat -o "$scratch/trace" \
        "$SIDEBET_PROGRAM" repl "$scratch/work.yaml" <"$scratch/commands" >"$out" 2>"$err"
    status=$?
    order() {
        grep -E 'fsync|rename|\.tmp"|O_DIRECTORY' "$scratch/trace" | awk '
            /\.tmp".*O_CREAT/ { made = 1 }
            /fsync/ && made && !renamed { flushed = 1 }
            /rename/ { if (!flushed) exit 1; renamed = 1 }
            /fsync/ && renamed { folder = 1 }
            END { exit !(made && flushed && renamed && folder) }'
    }
    tap "the text is flushed before the rename, and the folder after it" order
else
    skip "the text is flushed before the rename, and the folder after it" "strace cannot run here"
fi
finish
