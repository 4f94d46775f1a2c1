# The manual pages as C: each line a string, each page an array that ends in NULL.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
BEGIN {
    print "/* Made from man/ by make/manual_pages.awk. */"
    print "#include <stddef.h>"
    print "#include \"session/manual_pages.h\""
}
FNR == 1 {
    if (name != "") print "    NULL};"
    name = FILENAME
    sub(/.*\./, "", name)
    print "const char *const sb_manual_page_" name "[] = {"
}
/^\.\\"/ { print "    \"\","; next } # comments; line numbers stay
{
    gsub(/[\\"?]/, "\\\\&") # a backslash before each; ? because of trigraphs
    print "    \"" $0 "\","
}
END { print "    NULL};" }
