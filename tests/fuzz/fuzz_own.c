/* Fuzzing the files of the reader's own: settings, a kept session, recent files.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings that were read are written, and read back as the same.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "session/config.h"
#include "session/recent.h"

static char *configure(const char *path)
{
    sb_error error;
    sb_error_clear(&error);
    sb_session *session = sb_session_new(false, &error);
    fuzz_require(session != NULL, "there is a session");
    sb_text complaints;
    sb_text_init(&complaints);
    (void)sb_session_configure(session, path, &complaints, &error);
    char *text = sb_session_config(session, &error);
    sb_text_clear(&complaints);
    sb_session_free(session);
    return text;
}

static void restore(void)
{
    sb_error error;
    sb_error_clear(&error);
    sb_session *session = sb_session_new(false, &error);
    fuzz_require(session != NULL, "there is a session");
    sb_text output;
    sb_text_init(&output);
    (void)sb_session_command(session, "session restore", &output, &error);
    sb_text_clear(&output);
    sb_session_free(session);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_enter_scratch();
    char *text = fuzz_tame(data, size);
    fuzz_write("own.config", text, size);
    char *once = configure("own.config");
    if (once != NULL) {
        fuzz_write("own.config", once, strlen(once));
        char *twice = configure("own.config");
        fuzz_require(twice != NULL && strcmp(once, twice) == 0,
                     "settings that are written read as the same");
        free(twice);
    }
    free(once);
    fuzz_write("state/sidebet/session", text, size);
    restore();
    fuzz_write("state/sidebet/recent", text, size);
    sb_recent recent;
    sb_recent_read(&recent);
    sb_recent_clear(&recent);
    fuzz_clean_scratch();
    free(text);
    return 0;
}
