# make install, make uninstall: what goes where.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PREFIX, and DESTDIR in front of it for packagers; each folder can be given by itself as well.

BINDIR ?= $(PREFIX)/bin
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
DATADIR ?= $(PREFIX)/share
MANDIR ?= $(DATADIR)/man
DOCDIR ?= $(DATADIR)/doc/sidebet
DEMODIR := $(DATADIR)/sidebet/demos

DEMO_FOLDERS := demos $(patsubst %/,%,$(wildcard demos/*/))
demo_files = $(filter-out %.sh,$(wildcard $(addprefix $(1)/,*.yaml *.csv *.sb *.sbt *.svg *.md *.c Makefile)))
demo_target = $(DEMODIR)$(patsubst demos%,%,$(1))

# A place: a folder, a mode, the files. Installing and uninstalling follow the same list.
place_program := $(BINDIR) 755 $(PROGRAM)
place_archive := $(LIBDIR) 644 $(LIBRARY)
place_shared := $(LIBDIR) 644 $(SHARED)
place_headers := $(INCLUDEDIR)/sidebet 644 $(wildcard include/sidebet/*.h)
place_pc := $(LIBDIR)/pkgconfig 644 $(BUILD)/installation/sidebet.pc
place_man1 := $(MANDIR)/man1 644 $(wildcard man/*.1)
place_man5 := $(MANDIR)/man5 644 $(wildcard man/*.5)
place_man7 := $(MANDIR)/man7 644 $(wildcard man/*.7)
place_bash := $(DATADIR)/bash-completion/completions 644 $(BUILD)/completions/bash/sidebet
place_zsh := $(DATADIR)/zsh/site-functions 644 $(BUILD)/completions/zsh/_sidebet
place_fish := $(DATADIR)/fish/vendor_completions.d 644 $(BUILD)/completions/fish/sidebet.fish
place_documents := $(DOCDIR) 644 README.md CHANGELOG.md LICENSE
PLACES := program archive shared headers pc man1 man5 man7 bash zsh fish documents
define demo_place
place_$(1) := $$(call demo_target,$(1)) 644 $$(call demo_files,$(1))
place_$(1)_scripts := $$(call demo_target,$(1)) 755 $$(wildcard $(1)/*.sh)
PLACES += $(1) $(1)_scripts
endef
$(foreach folder,$(DEMO_FOLDERS),$(eval $(call demo_place,$(folder))))
# Folders that are nobody else's, deepest first: removed once they are empty.
OWN_FOLDERS := $(INCLUDEDIR)/sidebet $(foreach folder,$(filter-out demos,$(DEMO_FOLDERS)),$(call demo_target,$(folder))) \
    $(DEMODIR) $(DATADIR)/sidebet $(DOCDIR)

place_files = $(wordlist 3,$(words $(place_$(1))),$(place_$(1)))
define put
$(if $(call place_files,$(1)),
	@install -d $(DESTDIR)$(word 1,$(place_$(1)))
	@install -m $(word 2,$(place_$(1))) $(call place_files,$(1)) $(DESTDIR)$(word 1,$(place_$(1)))/)
endef
define take
$(if $(call place_files,$(1)),
	@rm -f $(addprefix $(DESTDIR)$(word 1,$(place_$(1)))/,$(notdir $(call place_files,$(1)))))
endef

.PHONY: install install-files uninstall pkg-config-file
install: all
	@$(MAKE) --no-print-directory install-files
	@echo "installed in $(DESTDIR)$(PREFIX); make uninstall takes it away again"

# What install does once everything is built.
install-files: pkg-config-file
	$(foreach place,$(PLACES),$(call put,$(place)))
	@ln -sf $(notdir $(SHARED)) $(DESTDIR)$(LIBDIR)/$(SONAME)
	@ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libsidebet.so

uninstall:
	$(foreach place,$(PLACES),$(call take,$(place)))
	@rm -f $(DESTDIR)$(LIBDIR)/$(SONAME) $(DESTDIR)$(LIBDIR)/libsidebet.so
	@for folder in $(OWN_FOLDERS); do rmdir $(DESTDIR)$$folder 2>/dev/null || true; done

pkg-config-file:
	@mkdir -p $(BUILD)/installation
	@sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' \
	    -e 's|@LIBDIR@|$(patsubst $(PREFIX)/%,$${prefix}/%,$(LIBDIR))|' \
	    -e 's|@INCLUDEDIR@|$(patsubst $(PREFIX)/%,$${prefix}/%,$(INCLUDEDIR))|' \
	    packaging/sidebet.pc.in >$(BUILD)/installation/sidebet.pc
