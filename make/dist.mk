# make dist, make deb: the sources in one file, and a package.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Both are the same bytes wherever and whenever they are made from the same sources: names are
# sorted, owners left out, and the time is SOURCE_DATE_EPOCH, else that of the last commit, else
# that of the change log, which an unpacked archive gives back.

RELEASE := sidebet-$(VERSION)
ARCHIVE := $(BUILD)/$(RELEASE).tar.gz
# What is under version control; in an unpacked archive all there is but what was built.
LIST_SOURCES = if git rev-parse --git-dir >/dev/null 2>&1 && [ -e .git ]; then git ls-files; \
    else find . -type f ! -path './build/*' | sed 's|^\./||'; fi
EPOCH = $${SOURCE_DATE_EPOCH:-$$( \
    if [ -e .git ]; then git log -1 --format=%ct 2>/dev/null; else stat -c %Y CHANGELOG.md; fi)}

.PHONY: dist check-dist deb deb-files
dist:
	@mkdir -p $(BUILD)
	@$(LIST_SOURCES) | LC_ALL=C sort | tar --create --file=- --format=ustar --no-recursion --files-from=- \
	    --owner=0 --group=0 --numeric-owner --mode=u+rw,go+r,go-w --mtime=@$(EPOCH) --transform='s|^|$(RELEASE)/|' \
	    | gzip -9n >$(ARCHIVE)
	@echo $(ARCHIVE)

# The archive alone, in a folder of its own: it builds, installs, solves, and makes itself again.
check-dist: dist
	@rm -rf $(BUILD)/unpacked && mkdir -p $(BUILD)/unpacked && tar -xzf $(ARCHIVE) -C $(BUILD)/unpacked
	@cd $(BUILD)/unpacked/$(RELEASE) && \
	    $(MAKE) --no-print-directory MODE=release WERROR=1 CFLAGS=-O0 all >../log 2>&1 || { tail -20 ../log; exit 1; }
	@cd $(BUILD)/unpacked/$(RELEASE) && $(MAKE) --no-print-directory MODE=release CFLAGS=-O0 dist >/dev/null && \
	    cmp build/$(RELEASE).tar.gz $(abspath $(ARCHIVE)) && tests/run scripts >../log 2>&1 && \
	    BUILD=build sh tests/cli/test_install.sh >>../log 2>&1 || { tail -40 ../log; exit 1; }
	@rm -rf $(BUILD)/unpacked
	@echo "check-dist: $(ARCHIVE) builds, installs and solves"

# A Debian package with everything in it, by dpkg-deb alone. What it depends on are the packages of
# the libraries that the program was linked with.
DEB_ARCH = $(shell dpkg --print-architecture)
DEB_ROOT := $(BUILD)/deb
deb: all
	@$(MAKE) --no-print-directory deb-files

# What deb does once everything is built.
deb-files:
	@command -v dpkg-deb >/dev/null || { echo "make deb needs dpkg-deb"; exit 1; }
	@rm -rf $(DEB_ROOT) && mkdir -p $(DEB_ROOT)/DEBIAN
	@$(MAKE) --no-print-directory install-files DESTDIR=$(DEB_ROOT) PREFIX=/usr
	@find $(DEB_ROOT)/usr/share/man -type f -exec gzip -9n {} +
	@mv $(DEB_ROOT)/usr/share/doc/sidebet/CHANGELOG.md $(DEB_ROOT)/usr/share/doc/sidebet/changelog
	@gzip -9n $(DEB_ROOT)/usr/share/doc/sidebet/changelog
	@cp packaging/debian/copyright $(DEB_ROOT)/usr/share/doc/sidebet/copyright
	@rm $(DEB_ROOT)/usr/share/doc/sidebet/LICENSE
	@strip --strip-unneeded $(DEB_ROOT)/usr/bin/sidebet $(DEB_ROOT)/usr/lib/$(notdir $(SHARED))
	@strip --strip-debug $(DEB_ROOT)/usr/lib/$(notdir $(LIBRARY))
	@chmod -R u+rwX,go+rX,go-w $(DEB_ROOT)
	@sed -e 's/@VERSION@/$(VERSION)/' -e 's/@ARCHITECTURE@/$(DEB_ARCH)/' \
	    -e "s/@SIZE@/$$(du -sk --apparent-size $(DEB_ROOT)/usr | cut -f1)/" \
	    -e "s/@DEPENDS@/$$(sh packaging/debian/depends.sh $(DEB_ROOT)/usr/bin/sidebet)/" \
	    packaging/debian/control.in >$(DEB_ROOT)/DEBIAN/control
	@cd $(DEB_ROOT) && find usr -type f | LC_ALL=C sort | xargs md5sum >DEBIAN/md5sums
	@find $(DEB_ROOT) -exec touch -h -d @$(EPOCH) {} +
	@SOURCE_DATE_EPOCH=$(EPOCH) dpkg-deb --root-owner-group -Zgzip --build $(DEB_ROOT) \
	    $(BUILD)/sidebet_$(VERSION)_$(DEB_ARCH).deb >/dev/null
	@echo $(BUILD)/sidebet_$(VERSION)_$(DEB_ARCH).deb
