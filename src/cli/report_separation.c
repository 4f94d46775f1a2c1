/* The answer of sidebet separation for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/report_beliefs.h"
#include "cli/report_number.h"
#include "cli/separation.h"

enum { INDENT = 2 };

/* ---- gamma and where it is attained ---- */

/* "types 5 and 6": those whose belief is a mixture of others. */
static void add_not_separated(sb_text *line, const sb_agent *agent, const sb_separation *separation)
{
    size_t left = 0;
    for (size_t type = 0; type < separation->type_count; type++) {
        const sb_type_separation *one = &separation->types[type];
        left += one->has_belief && !one->alone && fmpq_is_zero(&one->distance);
    }
    sb_text_add(line, left > 1 ? "types " : "type ");
    for (size_t type = 0; type < separation->type_count; type++) {
        const sb_type_separation *one = &separation->types[type];
        if (one->has_belief && !one->alone && fmpq_is_zero(&one->distance)) {
            left--;
            sb_text_add_format(line, "%s%s", agent->types[type],
                               left > 1    ? ", "
                               : left == 1 ? " and "
                                           : "");
        }
    }
}

static void add_gamma(sb_text *text, const sb_agent *agent, const sb_separation *separation,
                      size_t width)
{
    sb_text line;
    sb_text_init(&line);
    sb_text_add(&line, "gamma ");
    sb_report_add_number(&line, &separation->gamma, separation->proof == SB_PROOF_EXACT);
    sb_text_add_format(&line, " in the %s (%s): ", sb_norm_name(separation->norm),
                       sb_proof_name(separation->proof));
    if (fmpq_is_zero(&separation->gamma)) {
        sb_text_add(&line, "not separated: ");
        add_not_separated(&line, agent, separation);
    } else {
        sb_text_add_format(&line,
                           "every belief is that far from all mixtures of the others%s, type %s "
                           "no farther",
                           agent->reports == NULL ? "" : " that may report its type",
                           agent->types[separation->type]);
    }
    sb_report_add_line(text, &line, INDENT, width);
}

/* ---- the types ---- */

static void add_distances(sb_text *text, const sb_agent *agent, const sb_separation *separation,
                          size_t width)
{
    for (size_t type = 0; type < separation->type_count; type++) {
        const sb_type_separation *one = &separation->types[type];
        sb_text line;
        sb_text_init(&line);
        sb_text_add_format(&line, "type %s: ", agent->types[type]);
        if (!one->has_belief) {
            sb_text_add(&line, "probability zero, left out");
        } else if (one->alone) {
            sb_text_add(&line, "no other type may report it: nothing to be told from");
        } else if (fmpq_is_zero(&one->distance)) {
            sb_text_add(&line, "distance 0, believes what is believed by ");
            sb_report_add_mixture(&line, agent, one->mixture);
        } else {
            sb_text_add(&line, "distance ");
            sb_report_add_short(&line, &one->distance);
            sb_text_add(&line, ", nearest ");
            sb_report_add_mixture(&line, agent, one->mixture);
        }
        sb_report_add_line(text, &line, INDENT, width);
    }
}

/* Separating vectors side by side. */
static void add_vectors(sb_text *text, const sb_environment *environment, size_t index,
                        const sb_separation *separation, size_t width)
{
    size_t types = separation->type_count, others = separation->others_count;
    fmpq *vectors = sb_rationals_new(types * others);
    bool *has = sb_allocate(types, sizeof *has);
    bool some = false;
    if (vectors == NULL || has == NULL) {
        text->failed = true;
    } else {
        for (size_t type = 0; type < types; type++) {
            const sb_type_separation *one = &separation->types[type];
            has[type] = one->has_belief && !one->alone && !fmpq_is_zero(&one->distance);
            some = some || has[type];
            for (size_t k = 0; has[type] && k < others; k++) {
                fmpq_set(vectors + type * others + k, one->separating + k);
            }
        }
    }
    if (some) {
        sb_text line;
        sb_text_init(&line);
        sb_text_add_format(&line,
                           "separating vectors: every other type%s expects more of a type's "
                           "vector than the type itself does, by its distance (%s 1)",
                           environment->agents[index].reports == NULL ? "" : " that may report it",
                           separation->norm == SB_NORM_ONE ? "largest entry" : "sum of entries");
        sb_report_add_line(text, &line, INDENT, width);
        sb_report_add_belief_table(text, environment, index, vectors, has, 2 * (size_t)INDENT,
                                   width);
    }
    sb_rationals_free(vectors, types * others);
    free(has);
}

static void add_agent(sb_text *text, const sb_separation_answer *answer, size_t index, size_t width)
{
    const sb_agent *agent = &answer->environment->agents[index];
    const sb_separation *separation = &answer->separations[index - answer->first];
    if (answer->environment->agent_count > 1) {
        sb_text_add_format(text, "\n%s\n", agent->name);
    }
    if (separation->alone) {
        sb_text_add_format(text, "%*s%s: there is nothing to separate\n", INDENT, "",
                           sb_environment_has_reporting_sets(answer->environment, index)
                               ? "no type of positive probability may report another"
                               : "fewer than two types of positive probability");
        return;
    }
    add_gamma(text, agent, separation, width);
    add_distances(text, agent, separation, width);
    add_vectors(text, answer->environment, index, separation, width);
}

void sb_report_separation(sb_text *text, const sb_separation_answer *answer, size_t width)
{
    if (answer->environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", answer->environment->title);
    }
    for (size_t i = 0; i < answer->count; i++) {
        add_agent(text, answer, answer->first + i, width);
    }
}
