# sidebet: build, run, test, check, bench, install.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   make            build build/sidebet and build/libsidebet.a
#   make run        install what is missing, build, open the explorer on the example
#   make test       install what is missing, build, run every test
#   make check      sanitizers, valgrind, fuzzers, clang-tidy, cppcheck, clang-format
#   make fuzz       made-up input for all that is read (make/fuzz.mk)
#   make monkey     random keys against the explorer under the sanitizers
#   make differential  2,000 random environments against other solvers and exact fractions
#   make bench      against other solvers, side by side (bench-quick: small; bench-table: into
#                   tests/bench/README.md; bench-parts: the programs of single layers)
#   make check-instructions  instructions of fixed workloads against those kept (UPDATE=1 keeps)
#   make coverage   lines that the tests run, by layer (make/coverage.mk)
#   make install    PREFIX=/usr/local, DESTDIR= for packagers (make/install.mk)
#
# MODE=release (default) | sanitize | coverage | debug | fuzz: each builds in a folder of its own.

VERSION := 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
MODE ?= release
CC ?= cc
PKG_CONFIG ?= pkg-config

ifeq ($(MODE),release)
BUILD := build
MODE_FLAGS := -O2 -g
else ifeq ($(MODE),debug)
BUILD := build/debug
MODE_FLAGS := -O0 -g3
else ifeq ($(MODE),sanitize)
BUILD := build/sanitize
MODE_FLAGS := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else ifeq ($(MODE),coverage)
BUILD := build/coverage
MODE_FLAGS := -O0 -g --coverage
else ifeq ($(MODE),fuzz)
BUILD := build/fuzz
MODE_FLAGS := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else
$(error MODE=$(MODE) is unknown: use release, debug, sanitize, coverage or fuzz)
endif

WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
# GCC 12 takes a structure's fmpq member for its first half when it is passed as fmpq_t (an array of
# one) and warns of overruns that are not there; a compiler that knows these two warnings drops them.
QUIET := -Wno-stringop-overflow -Wno-stringop-overread
MODE_FLAGS += $(shell $(CC) -Werror $(QUIET) -x c -fsyntax-only /dev/null 2>/dev/null && echo '$(QUIET)')
ifdef WERROR
WARNINGS += -Werror
endif
CPPFLAGS += -Iinclude -Isrc -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -DSB_VERSION='"$(VERSION)"'
# One set of objects for the program, the archive and the shared library, which exports what the
# public headers declare (sidebet/declarations.h) and nothing else.
SHARED_FLAGS := -fPIC -fvisibility=hidden -fno-semantic-interposition
CFLAGS_ALL = -std=c17 $(MODE_FLAGS) $(SHARED_FLAGS) $(WARNINGS) -pthread $(CFLAGS)
LDFLAGS_ALL = $(MODE_FLAGS) -pthread $(LDFLAGS)

LIBS_LIBRARY := -lyaml -lglpk -lflint -lgmp -lgsl -lgslcblas -lm
LIBS_PROGRAM := -lreadline $(shell $(PKG_CONFIG) --libs ncursesw 2>/dev/null || echo -lncursesw -ltinfo)
LIBS_FIGURE := $(shell $(PKG_CONFIG) --libs cairo cairo-pdf fontconfig 2>/dev/null || echo -lcairo -lfontconfig)
LIBS_TEST := -lcmocka
LIBS_TERMINAL_TEST := -lvterm -lutil -lm

# The layers, lowest first: an archive may use only those to the left of it (tests/layers.sh).
LAYERS := base model lp mechanism analysis session view tui cli
LIBRARY_LAYERS := base model lp mechanism analysis

archive = $(BUILD)/layers/lib$(1).a
# The archives of a layer and all below it, highest first, as the linker wants them.
reverse = $(if $(1),$(call reverse,$(wordlist 2,$(words $(1)),$(1))) $(firstword $(1)))
upto = $(if $(filter $(1),$(firstword $(2))),$(1),$(firstword $(2)) $(call upto,$(1),$(wordlist 2,$(words $(2)),$(2))))
archives_upto = $(foreach layer,$(call reverse,$(call upto,$(1),$(LAYERS))),$(call archive,$(layer)))

LIBRARY := $(BUILD)/libsidebet.a
# The shared library and its name in programs: one as long as programs need not be built anew.
SHARED := $(BUILD)/libsidebet.so.$(VERSION)
SONAME := libsidebet.so.0
PROGRAM := $(BUILD)/sidebet
DEMO := demos/almost-independent.yaml

.PHONY: all monkey deps run test test-programs check check-warnings check-format check-static check-tidy \
        check-sanitize check-valgrind check-instructions differential bench bench-quick bench-table bench-parts \
        format clean FORCE
COMPLETIONS := $(addprefix $(BUILD)/completions/,bash/sidebet zsh/_sidebet fish/sidebet.fish)
all: $(PROGRAM) $(LIBRARY) $(SHARED) $(COMPLETIONS)

define layer_rules
SOURCES_$(1) := $$(wildcard src/$(1)/*.c)
OBJECTS_$(1) := $$(patsubst src/%.c,$$(BUILD)/objects/%.o,$$(filter-out src/cli/main.c,$$(SOURCES_$(1))))
$$(call archive,$(1)): $$(OBJECTS_$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(AR) rcs $$@ $$^
endef
$(foreach layer,$(LAYERS),$(eval $(call layer_rules,$(layer))))
$(call archive,session): $(BUILD)/objects/session/manual_pages.o

# The manual is part of the program: help TOPIC finds it without being installed.
$(BUILD)/generated/manual_pages.c: make/manual_pages.awk man/sidebet.1 man/sidebet.5 man/sidebet.7
	@mkdir -p $(@D)
	LC_ALL=C awk -f $^ >$@
$(BUILD)/objects/session/manual_pages.o: $(BUILD)/generated/manual_pages.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/objects/%.o: src/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# A changed compiler or flag rebuilds everything.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CPPFLAGS) $(CFLAGS_ALL)' | cmp -s - $@ || echo '$(CC) $(CPPFLAGS) $(CFLAGS_ALL)' > $@
FORCE:

$(LIBRARY): $(foreach layer,$(LIBRARY_LAYERS),$(OBJECTS_$(layer)))
	@rm -f $@
	$(AR) rcs $@ $^

$(SHARED): $(foreach layer,$(LIBRARY_LAYERS),$(OBJECTS_$(layer)))
	$(CC) $(LDFLAGS_ALL) -shared -Wl,-soname,$(SONAME) -o $@ $^ $(LIBS_LIBRARY)

$(PROGRAM): $(BUILD)/objects/cli/main.o $(call archives_upto,cli)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS_FIGURE) $(LIBS_PROGRAM) $(LIBS_LIBRARY)

# The program knows its own options: build/completions/SHELL/NAME, by the name that shells look for.
$(COMPLETIONS): $(PROGRAM)
	@mkdir -p $(@D)
	$(PROGRAM) completions $(notdir $(patsubst %/,%,$(@D))) >$@

# Unit tests: tests/unit/LAYER/test_*.c sees that layer and those below it, nothing above.
UNIT_SOURCES := $(wildcard tests/unit/*/test_*.c)
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(UNIT_SOURCES))
TERMINAL_TESTS := $(patsubst tests/terminal/%.c,$(BUILD)/tests/terminal/%,$(wildcard tests/terminal/test_*.c))
BENCHES := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/bench_*.c))

define unit_rules
$$(BUILD)/tests/$(1)/%: tests/unit/$(1)/%.c $$(call archives_upto,$(1)) $$(BUILD)/flags
	@mkdir -p $$(@D)
	$$(CC) $$(CPPFLAGS) -Itests -DSB_SOURCE_DIR='"$$(CURDIR)"' $$(CFLAGS_ALL) $$(LDFLAGS_ALL) -MMD -MP -MF $$@.d \
	    -o $$@ $$< $$(call archives_upto,$(1)) $$(LIBS_TEST) $$(LIBS_PROGRAM) $$(LIBS_LIBRARY)
endef
$(foreach layer,$(filter-out cli,$(LAYERS)),$(eval $(call unit_rules,$(layer))))

$(BUILD)/tests/terminal/%: tests/terminal/%.c $(wildcard tests/*.h tests/terminal/terminal*.[ch]) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $(filter %.c,$^) $(LIBS_TEST) $(LIBS_TERMINAL_TEST)
$(BUILD)/tests/terminal/test_monkey: $(wildcard tests/terminal/monkey*.[ch])

$(BUILD)/bench/%: tests/bench/%.c $(call archives_upto,tui) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS_ALL) $(LDFLAGS_ALL) -MMD -MP -MF $@.d \
	    -o $@ $< $(call archives_upto,tui) $(LIBS_PROGRAM) $(LIBS_LIBRARY)

-include $(foreach layer,$(LAYERS),$(OBJECTS_$(layer):.o=.d)) $(BUILD)/objects/cli/main.d
-include $(wildcard $(BUILD)/tests/*/*.d $(BUILD)/bench/*.d)

include make/fuzz.mk

# ---- dependencies ----
# apt where it is there and one may; else the names to install by hand.
APT_PACKAGES := gcc make pkg-config libc6-dev libgmp-dev libflint-dev libglpk-dev libgsl-dev libyaml-dev \
    libncurses-dev libreadline-dev libcairo2-dev
APT_TEST_PACKAGES := libcmocka-dev libvterm-dev mandoc tmux
APT_CHECK_PACKAGES := clang clang-format clang-tidy cppcheck valgrind python3-scipy glpk-utils coinor-clp
DNF_PACKAGES := gcc make pkgconf-pkg-config gmp-devel flint-devel glpk-devel gsl-devel libyaml-devel \
    ncurses-devel readline-devel cairo-devel libcmocka-devel libvterm-devel mandoc tmux
PACMAN_PACKAGES := gcc make pkgconf gmp flint glpk gsl libyaml ncurses readline cairo cmocka libvterm \
    mandoc tmux
BREW_PACKAGES := pkg-config gmp flint glpk gsl libyaml ncurses readline cairo cmocka libvterm mandoc tmux
# What `deps` makes sure of; `test` and `check` ask for more than `run`.
WANTED ?= $(APT_PACKAGES)

deps:
	@if command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then \
	    missing=; \
	    for package in $(WANTED); do \
	        dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	    done; \
	    if [ -n "$$missing" ]; then \
	        if [ "$$(id -u)" = 0 ]; then become=; \
	        elif command -v sudo >/dev/null 2>&1; then become=sudo; \
	        else echo "These packages are missing and need an administrator:"; \
	             echo "    apt-get install$$missing"; exit 1; fi; \
	        echo "installing$$missing"; \
	        $$become apt-get update -qq >/dev/null || true; \
	        DEBIAN_FRONTEND=noninteractive $$become apt-get install -y -qq --no-install-recommends $$missing >/dev/null || { \
	            echo "apt-get could not install:$$missing"; exit 1; }; \
	    fi; \
	elif printf '#include <flint/fmpq.h>\n#include <glpk.h>\n#include <yaml.h>\n#include <gsl/gsl_linalg.h>\n#include <curses.h>\n#include <cairo/cairo-pdf.h>\n#include <stdio.h>\n#include <readline/readline.h>\nint main(void) { return 0; }\n' \
	        | $(CC) $(CPPFLAGS) $(CFLAGS) -x c -fsyntax-only - 2>/dev/null; then \
	    :; \
	else \
	    echo "sidebet needs FLINT, GMP, GLPK, GSL, libyaml, ncurses (wide), readline and cairo."; \
	    echo "The last four names in a line are for the tests alone. Install:"; \
	    echo "  Debian, Ubuntu  apt-get install $(APT_PACKAGES) $(APT_TEST_PACKAGES)"; \
	    echo "  Fedora          dnf install $(DNF_PACKAGES)"; \
	    echo "  Arch            pacman -S $(PACMAN_PACKAGES)"; \
	    echo "  Homebrew        brew install $(BREW_PACKAGES)"; \
	    echo "and say make again (CFLAGS=-I... LDFLAGS=-L... if they are in an unusual place)."; \
	    exit 1; \
	fi

run: deps
	@$(MAKE) --no-print-directory $(PROGRAM)
	@$(PROGRAM) $(DEMO)

# ---- tests ----
# One line a test, then `N passed, N failed`; tests/run says how to run a part.
test:
	@$(MAKE) --no-print-directory deps WANTED="$(APT_PACKAGES) $(APT_TEST_PACKAGES)"
	@$(MAKE) --no-print-directory all test-programs
	@BUILD=$(BUILD) tests/run

# Preloaded by tests that let memory run out.
FAILING_MEMORY := $(BUILD)/tests/failing_memory.so
$(FAILING_MEMORY): tests/faults/failing_memory.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -std=c17 -O1 -fPIC -shared $(WARNINGS) -o $@ $<

test-programs: $(FAILING_MEMORY) $(UNIT_TESTS) $(TERMINAL_TESTS) $(FUZZ_REPLAYS) $(BENCHES) $(PROGRAM)

# ---- checks ----
C_FILES = $(wildcard include/sidebet/*.h demos/library/*.c src/*/*.[ch] tests/unit/*/*.[ch] tests/terminal/*.[ch] tests/fuzz/*.[ch] tests/bench/*.[ch])

check:
	@$(MAKE) --no-print-directory deps WANTED="$(APT_PACKAGES) $(APT_TEST_PACKAGES) $(APT_CHECK_PACKAGES)"
	@$(MAKE) --no-print-directory check-warnings check-format check-static check-tidy check-sanitize check-valgrind check-instructions differential monkey fuzz
	@echo "check: all well"

# Every source and test with warnings as errors, by gcc and by clang; no code is made.
check-warnings:
	@for compiler in gcc clang; do \
	    command -v $$compiler >/dev/null 2>&1 || { echo "check-warnings: no $$compiler"; exit 1; }; \
	    for file in $(filter %.c,$(C_FILES)); do \
	        $$compiler $(CPPFLAGS) -Itests -DSB_SOURCE_DIR='"."' -std=c17 $(WARNINGS) -Werror -fsyntax-only $$file || exit 1; \
	    done; \
	done; echo "check-warnings: gcc and clang agree on $(words $(filter %.c,$(C_FILES))) files"

check-format:
	@clang-format --dry-run --Werror $(C_FILES) && echo "check-format: $(words $(C_FILES)) files"

check-static:
	@cppcheck --quiet --std=c11 --enable=warning,performance,portability --error-exitcode=1 --inline-suppr \
	    --suppress=missingIncludeSystem -Iinclude -Isrc src && echo "check-static: cppcheck is content"

# A file at a time: clang-tidy 14 mistakes every va_list of a second file for an uninitialised one.
check-tidy:
	@printf '%s\n' $(wildcard src/*/*.c) | xargs -P 2 -I FILE \
	    clang-tidy --quiet FILE -- $(CPPFLAGS) -std=c17 2>/dev/null \
	    && echo "check-tidy: clang-tidy is content"

# The whole test run once more under AddressSanitizer and UndefinedBehaviorSanitizer.
check-sanitize:
	@$(MAKE) --no-print-directory MODE=sanitize all test-programs
	@BUILD=build/sanitize SIDEBET_PROGRAM=build/sanitize/sidebet tests/run

# Random keys, windows and signals; a failure says how to play it again (tests/terminal/README.md).
MONKEY_KEYS ?= 20000
MONKEY_SEED ?= 1
monkey:
	@$(MAKE) --no-print-directory MODE=sanitize build/sanitize/sidebet build/sanitize/tests/terminal/test_monkey
	@SIDEBET_PROGRAM=build/sanitize/sidebet build/sanitize/tests/terminal/test_monkey \
	    --keys $(MONKEY_KEYS) --seed $(MONKEY_SEED)

check-valgrind: $(UNIT_TESTS)
	@BUILD=$(BUILD) tests/run valgrind

# Random environments and rules against other solvers and exact fractions; tests/differential/README.md.
SEED ?= 1
COUNT ?= 2000
differential: $(PROGRAM)
	@SIDEBET_PROGRAM=$(PROGRAM) tests/differential/run --seed $(SEED) --count $(COUNT)

# Instructions counted by callgrind; what they are compared with is kept (tests/bench/README.md).
check-instructions: $(BUILD)/bench/instructions
	@CC='$(lastword $(CC))' FLAGS='$(strip $(MODE_FLAGS) $(CFLAGS))' \
	    tests/bench/instructions.sh $< tests/bench/instructions.txt $(UPDATE)

# ---- measurements ----
# Nothing is asserted; tests/bench/README.md says what is measured.
bench: $(BUILD)/bench/bench_speed
	@$<
bench-quick: $(BUILD)/bench/bench_speed
	@$< quick
bench-table: $(BUILD)/bench/bench_speed
	@$< write tests/bench/README.md
bench-parts: $(filter-out $(BUILD)/bench/bench_speed,$(BENCHES))
	@for bench in $^; do $$bench || exit 1; done

format:
	clang-format -i $(C_FILES)

include make/install.mk
include make/dist.mk
include make/coverage.mk

clean:
	rm -rf build
