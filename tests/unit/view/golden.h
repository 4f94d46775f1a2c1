/* Screens compared with the files in golden/; SIDEBET_GOLDEN=write writes the files.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_GOLDEN_H
#define SB_TESTS_GOLDEN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "unit/view/without_time.h"

/* Frees the screen. Times are masked, but in ASCII. */
static inline void compare_with_golden(char *screen, bool ascii, const char *name)
{
    char *text = ascii ? sb_copy_text(screen) : without_time(screen);
    char *path = sb_format_text("%s/tests/unit/view/golden/%s.txt", SB_SOURCE_DIR, name);
    const char *mode = getenv("SIDEBET_GOLDEN");
    if (mode != NULL && strcmp(mode, "write") == 0) {
        assert_int_equal(sb_text_write_file(path, text, strlen(text), NULL), SB_OK);
    }
    char *expected = NULL;
    size_t length = 0;
    assert_int_equal(sb_text_read_file(path, 1 << 20, &expected, &length, NULL), SB_OK);
    if (strcmp(text, expected) != 0) {
        print_error("%s: the screen differs from the golden file:\n%s", name, text);
    }
    assert_string_equal(text, expected);
    free(expected);
    free(path);
    free(text);
    free(screen);
}

#endif
