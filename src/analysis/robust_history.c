/* The history of a stepped run as CSV: one line an added cut, and one for the round it ended in.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     round,objective,kind,type,report,violation,belief 1,...,belief K,exact
 *     0,5.5,incentive,3,2,0.31,...,yes
 *     7,5.1153,end,,,0,,...,yes
 *
 * Numbers are exact. A relaxation without an optimum has its status for an objective.
 */
#include "analysis/robust_history.h"

#include <string.h>

#include "analysis/robust_run.h"
#include "base/text.h"

void sb_history_add_header(sb_text *text, size_t signal_count)
{
    sb_text_add(text, "round,objective,kind,type,report,violation");
    for (size_t signal = 0; signal < signal_count; signal++) {
        sb_text_add_format(text, ",belief %zu", signal + 1);
    }
    sb_text_add(text, ",exact");
}

static void add_field(sb_text *text, const char *field)
{
    if (strpbrk(field, ",;\"\t#") == NULL) {
        sb_text_add(text, field);
        return;
    }
    sb_text_add(text, "\"");
    for (const char *at = field; *at != '\0'; at++) {
        sb_text_add_part(text, at, 1);
        if (*at == '"') {
            sb_text_add(text, "\"");
        }
    }
    sb_text_add(text, "\"");
}

static void begin_line(sb_text *text, const sb_robust_round *round, const char *kind)
{
    sb_text_add_format(text, "%zu,", round->round);
    if (round->status == SB_LP_OPTIMAL) {
        sb_text_add_rational(text, &round->objective, SB_NUMBER_DECIMAL);
    } else {
        sb_text_add(text, sb_lp_status_name(round->status));
    }
    sb_text_add_format(text, ",%s,", kind);
}

static void end_line(sb_text *text, const sb_robust_round *round)
{
    sb_text_add(text, round->proof == SB_PROOF_EXACT ? "," SB_HISTORY_EXACT "\n"
                                                     : "," SB_HISTORY_FLOATING "\n");
}

static void add_cut_line(sb_text *text, const sb_environment *environment,
                         const sb_robust_round *round, const sb_cut *cut)
{
    begin_line(text, round, sb_cut_kind_name(cut->kind));
    add_field(text, sb_environment_label(environment, 0, cut->type));
    sb_text_add(text, ",");
    if (cut->report != SB_NOWHERE) {
        add_field(text, sb_environment_label(environment, 0, cut->report));
    }
    sb_text_add(text, ",");
    sb_text_add_rational(text, &cut->violation, SB_NUMBER_DECIMAL);
    for (size_t signal = 0; signal < environment->signal_count; signal++) {
        sb_text_add(text, ",");
        sb_text_add_rational(text, cut->belief + signal, SB_NUMBER_DECIMAL);
    }
    end_line(text, round);
}

static void add_end_line(sb_text *text, size_t signal_count, const sb_robust_round *round)
{
    begin_line(text, round, SB_HISTORY_END);
    sb_text_add(text, ",,");
    sb_text_add_rational(text, &round->violation, SB_NUMBER_DECIMAL);
    for (size_t signal = 0; signal < signal_count; signal++) {
        sb_text_add(text, ",");
    }
    end_line(text, round);
}

sb_status sb_robust_history_format(const sb_robust_run *run, char **text, sb_error *error)
{
    sb_text out;
    sb_text_init(&out);
    sb_history_add_header(&out, run->environment->signal_count);
    sb_text_add(&out, "\n");
    for (size_t number = 0; number < run->current; number++) {
        const sb_robust_round *round = run->rounds[number];
        for (size_t k = 0; k < round->found_count; k++) {
            if (round->found[k].added) {
                add_cut_line(&out, run->environment, round, &round->found[k]);
            }
        }
    }
    add_end_line(&out, run->environment->signal_count, run->rounds[run->current]);
    *text = sb_text_take(&out, error);
    return *text != NULL ? SB_OK : SB_ERROR_MEMORY;
}
