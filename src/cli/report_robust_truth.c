/* The answer of sidebet robust --truth for people: what each mechanism earns.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/layout.h"
#include "cli/report_number.h"
#include "cli/robust.h"

enum { INDENT = 2, COLUMNS = 7 };

static void add_count(sb_table *table, size_t count)
{
    sb_table_take(table, sb_format_text("%zu", count));
}

static void add_double(sb_table *table, double number)
{
    if (isfinite(number)) {
        sb_table_take(table, sb_format_text("%.7g", number));
    } else {
        sb_table_add(table, "-");
    }
}

/* Revenue, and how much of all there is. */
static void add_earned(sb_table *table, double revenue, double surplus)
{
    add_double(table, revenue);
    if (isfinite(revenue) && surplus > 0) {
        sb_table_take(table, sb_format_text("%.4g%%", 100 * revenue / surplus));
    } else {
        sb_table_add(table, "-");
    }
}

static void add_other(sb_table *table, const sb_robust_answer *answer, sb_contender contender)
{
    const sb_contender_outcome *outcome = &answer->others.outcomes[contender];
    bool optimal = outcome->status == SB_LP_OPTIMAL;
    sb_table_add(table, sb_contender_name(contender));
    add_earned(table, optimal ? outcome->revenue : (double)NAN, answer->others.full_surplus);
    add_double(table, optimal ? outcome->designed : (double)NAN);
    add_count(table, outcome->truthful);
    add_count(table, outcome->lying);
    add_count(table, outcome->absent);
}

static void add_robust(sb_table *table, const sb_robust_answer *answer)
{
    const sb_misbelief_agent *agent = &answer->meeting.agents[0];
    size_t counts[SB_ACTION_EXIT + 1] = {0};
    for (size_t type = 0; type < agent->type_count; type++) {
        if (agent->replies[type].has_belief) {
            counts[agent->replies[type].action]++;
        }
    }
    sb_table_add(table, "robust");
    add_earned(table, sb_rational_to_double(&answer->meeting.revenue),
               sb_rational_to_double(&answer->truth_surplus));
    add_double(table, sb_rational_to_double(&answer->meeting.designed_revenue));
    add_count(table, counts[SB_ACTION_TRUTH]);
    add_count(table, counts[SB_ACTION_MISREPORT]);
    add_count(table, counts[SB_ACTION_EXIT]);
}

/* An optimum has many mechanisms: which of them have met the truth. */
static void add_choice(sb_text *text, const sb_robust_answer *answer, size_t width)
{
    bool smallest = true;
    for (int k = 0; k < SB_CONTENDER_ROBUST; k++) {
        const sb_contender_outcome *outcome = &answer->others.outcomes[k];
        smallest = smallest && (outcome->status != SB_LP_OPTIMAL || outcome->smallest_payments);
    }
    sb_layout_wrap(text,
                   smallest ? "(of many optimal mechanisms, those beside the robust one are the "
                              "ones with the smallest payments)"
                            : "(some optimal mechanisms are the vertex where the solver stopped, "
                              "not the one with the smallest payments; what they earn depends on "
                              "it)",
                   0, INDENT, width);
    sb_text_add(text, "\n");
}

void sb_report_robust_truth(sb_text *text, const sb_robust_answer *answer, size_t width)
{
    if (!answer->has_meeting) {
        return;
    }
    static const char *const heads[COLUMNS] = {"",         "earns", "of full surplus", "designed",
                                               "truthful", "lying", "absent"};
    sb_table table;
    sb_table_init(&table, COLUMNS);
    for (int k = 0; k < COLUMNS; k++) {
        sb_table_add(&table, heads[k]);
    }
    add_other(&table, answer, SB_CONTENDER_KNOWN_PRIOR);
    add_robust(&table, answer);
    add_other(&table, answer, SB_CONTENDER_BAYESIAN);
    add_other(&table, answer, SB_CONTENDER_EX_POST);
    char *heading = sb_format_text("Under the truth in %s, each type reports or stays away as "
                                   "suits it, and the seller earns:",
                                   answer->truth_name);
    text->failed = text->failed || heading == NULL;
    sb_text_add(text, "\n");
    sb_layout_wrap(text, heading == NULL ? "" : heading, 0, INDENT, width);
    sb_text_add(text, "\n");
    free(heading);
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    add_choice(text, answer, width);
    sb_layout_wrap(
        text,
        answer->others.set_holds_truth
            ? "(the set holds the truth, so no type gains by lying to the robust mechanism or by "
              "staying away)"
            : "(the set does not hold the truth)",
        0, INDENT, width);
    sb_text_add(text, "\n");
}
