/* GLPK kept quiet, and its abort() turned into a return value.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On an error GLPK switches its output on, prints, calls the error hook and aborts should the hook
 * return. So the terminal hook swallows the text, and the error hook never returns.
 */
#include "lp/glpk_guard.h"

#include <setjmp.h>
#include <stddef.h>

#include <glpk.h>

static int swallow(void *info, const char *text)
{
    (void)info;
    (void)text;
    return 1;
}

static void escape(void *info)
{
    jmp_buf *target = info;
    longjmp(*target, 1); /* NOLINT(cert-err52-cpp): the only way out of a library that aborts */
}

bool sb_glpk_guard(void (*work)(void *context), void *context)
{
    jmp_buf target;
    int blocks_before = 0;
    if (glp_init_env() > 1) { /* which GLPK would do by itself, and abort */
        return false;
    }
    glp_mem_usage(&blocks_before, NULL, NULL, NULL);
    int output_before = glp_term_out(GLP_OFF);
    glp_term_hook(swallow, NULL);
    volatile bool done = false;
    if (setjmp(target) == 0) { /* NOLINT(cert-err52-cpp) */
        glp_error_hook(escape, &target);
        work(context);
        done = true;
    }
    glp_error_hook(NULL, NULL);
    glp_term_hook(NULL, NULL);
    glp_term_out(output_before);
    if (blocks_before == 0) {
        glp_free_env();
    }
    return done;
}
