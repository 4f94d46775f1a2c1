# Lines that the tests run, by layer: builds with MODE=coverage, runs every test, reads with lcov.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   make coverage           everything; fails below the floors
#   make coverage-report    only the reading, of what the last run left
#   make coverage-html      the same as pages, in build/coverage/html

COVERAGE_BUILD := build/coverage
COVERAGE_TRACE := $(COVERAGE_BUILD)/lines.info
COVERAGE_FLOOR_BELOW_TUI := 90
COVERAGE_FLOOR_TUI := 75

.PHONY: coverage coverage-report coverage-html

# The counts of an earlier run are of other sources: they go first. A failed test is said and the
# reading goes on, for what it covered was run.
coverage:
	@$(MAKE) --no-print-directory deps WANTED="$(APT_PACKAGES) $(APT_TEST_PACKAGES) lcov"
	@$(MAKE) --no-print-directory MODE=coverage all test-programs
	@find $(COVERAGE_BUILD) -name '*.gcda' -delete
	@BUILD=$(COVERAGE_BUILD) SIDEBET_PROGRAM=$(COVERAGE_BUILD)/sidebet tests/run \
	    || echo "coverage: some tests failed; what they ran is counted"
	@$(MAKE) --no-print-directory coverage-report

coverage-report:
	@lcov --quiet --capture --directory $(COVERAGE_BUILD)/objects --base-directory . --no-external \
	    --output-file $(COVERAGE_TRACE) 2>/dev/null
	@awk -f make/coverage.awk -v layers="$(LAYERS)" -v below=$(COVERAGE_FLOOR_BELOW_TUI) -v tui=$(COVERAGE_FLOOR_TUI) $(COVERAGE_TRACE)

coverage-html: coverage-report
	@genhtml --quiet --output-directory $(COVERAGE_BUILD)/html $(COVERAGE_TRACE) && echo "$(COVERAGE_BUILD)/html/index.html"
