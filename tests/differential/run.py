#!/usr/bin/env python3
"""The differential test: random environments and rules, sidebet against other solvers and fractions.

Copyright (C) 2026 the sidebet authors
SPDX-License-Identifier: GPL-3.0-or-later

    tests/differential/run --seed 1 --count 2000

README.md says what is compared. Exit status 1 where something is not explained; the files of such
cases are kept in the folder --keep (by default build/differential).
"""
import argparse
import collections
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
import traceback

sys.dont_write_bytecode = True  # the tree stays as it is
import compare  # noqa: E402
import peers  # noqa: E402
import random_environments  # noqa: E402


def kind_of(index):
    """By position, so that any count has its share: mostly small linear programs."""
    if index % 50 == 17:
        return "large"
    return {3: "deterministic", 7: "robust", 13: "robust"}.get(index % 20, "small")


def run_one(work):
    """(index, kind, shape, counts, problems, explained, folder with the files or None)"""
    seed, index, program, python_only = work
    kind = kind_of(index)
    rng = random.Random("%s-%d" % (seed, index))
    folder = tempfile.mkdtemp(prefix="differential-")
    found = compare.Findings(program, folder, [] if python_only else peers.available())
    shape = "?"
    try:
        case = random_environments.random_case(rng, kind)
        shape = case.shape
        compare.compare(case, kind, rng, found)
    except Exception:  # a defect of sidebet's answer or of this test: both are to be seen
        found.problem("exception: " + traceback.format_exc())
    if not found.problems:
        shutil.rmtree(folder, ignore_errors=True)
        folder = None
    return index, kind, shape, found.counts, found.problems, found.explained, folder


def quiet():
    """HiGHS prints what nobody asked for."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="the first case; with --count 1 that case alone")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--program", default=os.environ.get("SIDEBET_PROGRAM", "build/sidebet"))
    parser.add_argument("--keep", default="build/differential")
    parser.add_argument("--without-peers", action="store_true", help="fractions alone")
    parser.add_argument("--list", action="store_true", help="list every disagreement that is explained")
    return parser.parse_args()


def main():
    options = arguments()
    options.program = os.path.abspath(options.program)
    begun = time.time()
    counts, explained, kinds, bad = collections.Counter(), collections.Counter(), collections.Counter(), 0
    work = [(options.seed, k, options.program, options.without_peers)
            for k in range(options.first, options.first + options.count)]
    with multiprocessing.Pool(options.workers, quiet) as pool:
        for index, kind, shape, some, problems, reasons, folder in pool.imap_unordered(run_one, work):
            counts.update(some)
            kinds[kind] += 1
            for reason, detail in reasons:
                explained[reason] += 1
                if options.list:
                    print("case %d (%s, %s): %s: %s" % (index, kind, shape, reason, detail))
            if problems:
                bad += 1
                print("NOT EXPLAINED: seed %s, case %d (%s, %s):" % (options.seed, index, kind, shape))
                for problem in problems:
                    print("    " + problem.replace("\n", "\n    "))
                kept = os.path.join(options.keep, "seed-%s-case-%d" % (options.seed, index))
                shutil.rmtree(kept, ignore_errors=True)
                shutil.move(folder, kept)
                print("    files: %s" % kept)
                sys.stdout.flush()
    print("seed %s, %d cases (%s) in %.0f s, against %s and fractions" % (
        options.seed, options.count, ", ".join("%d %s" % (n, kind) for kind, n in sorted(kinds.items())),
        time.time() - begun, "nobody" if options.without_peers else ", ".join(peers.available()) or "nobody"))
    for name, number in sorted(counts.items()):
        print("  %6d  %s" % (number, name))
    print("  %6d  disagreements that are explained%s" % (sum(explained.values()), ":" if explained else ""))
    for name, number in sorted(explained.items()):
        print("          %6d  %s" % (number, name))
    print("  %6d  cases with what is not explained" % bad)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
