# make fuzz: made-up input for everything that reads what others wrote.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   make fuzz FUZZ_SECONDS=600 FUZZ=certificate     one target, ten minutes
#
# Each tests/fuzz/fuzz_NAME.c is run under libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer
# for FUZZ_SECONDS, from the inputs kept in tests/fuzz/corpus/NAME; an input may take FUZZ_INPUT_SECONDS
# and FUZZ_MEGABYTES. What it finds is left in build/fuzz/found. make fuzz-keep takes what is new in
# build/fuzz/corpus, minimised, into the tree. The tests run every kept input once, without a fuzzer.

FUZZ_CC ?= clang
FUZZ_SECONDS ?= 60
FUZZ_INPUT_SECONDS ?= 10
FUZZ_MEGABYTES ?= 2048
FUZZ_NAMES := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ ?= $(FUZZ_NAMES)
FUZZ_SHARED := tests/fuzz/scratch.c tests/fuzz/environments.c
FUZZ_REPLAYS := $(addprefix $(BUILD)/tests/fuzz/,$(FUZZ_NAMES))
FUZZ_TARGETS := $(addprefix $(BUILD)/fuzzers/,$(FUZZ_NAMES))

$(BUILD)/tests/fuzz/%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c $(FUZZ_SHARED) $(call archives_upto,session)
	$(link_fuzz_target)

# In MODE=fuzz alone.
$(BUILD)/fuzzers/%: tests/fuzz/fuzz_%.c $(FUZZ_SHARED) $(call archives_upto,session)
	$(link_fuzz_target) -fsanitize=fuzzer

$(FUZZ_REPLAYS) $(FUZZ_TARGETS): tests/fuzz/fuzz.h $(BUILD)/flags
define link_fuzz_target
@mkdir -p $(@D)
$(CC) $(CPPFLAGS) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $(filter %.c %.a,$^) $(LIBS_LIBRARY)
endef

.PHONY: fuzz fuzz-keep fuzz-targets
fuzz-targets: $(FUZZ_TARGETS)

fuzz:
	@$(MAKE) --no-print-directory MODE=fuzz CC="$(FUZZ_CC)" fuzz-targets
	@for name in $(FUZZ); do \
	    FUZZ_SECONDS=$(FUZZ_SECONDS) FUZZ_INPUT_SECONDS=$(FUZZ_INPUT_SECONDS) \
	        FUZZ_MEGABYTES=$(FUZZ_MEGABYTES) sh tests/fuzz/run.sh $$name || exit 1; \
	done

fuzz-keep:
	@for name in $(FUZZ); do sh tests/fuzz/run.sh --keep $$name || exit 1; done
