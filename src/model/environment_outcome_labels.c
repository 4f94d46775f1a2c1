/* What the outcomes of the short forms are called.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/environment_outcomes.h"

/* Where names make a label too long, all agents go by their numbers; where that is not enough, an
 * outcome goes by the holder of each good: an agent's number, 0 for nobody, +1 for the first other
 * use. With at most SB_MAX_OUTCOMES outcomes that is always short enough. */
typedef enum label_style { NAMES, NUMBERS, CODES } label_style;

typedef struct label_writer {
    const sb_form_shape *shape;
    label_style style;
    sb_text text;
} label_writer;

static void add_agent(label_writer *writer, size_t agent)
{
    if (writer->style != NAMES) {
        sb_text_add_format(&writer->text, "%zu", agent + 1);
    } else {
        sb_text_add(&writer->text, writer->shape->names[agent]);
    }
}

/* What stands between entry k and the one before it in a list of count: "a, b and c". */
static const char *separator(size_t k, size_t count)
{
    return k == 0 ? "" : k + 1 < count ? ", " : " and ";
}

static void add_set(label_writer *writer, const sb_allocation *at)
{
    for (size_t k = 0; k < at->set_size; k++) {
        sb_text_add(&writer->text, separator(k, at->set_size));
        add_agent(writer, at->set[k]);
    }
    sb_text_add(&writer->text, at->set_size == 0   ? "nobody gets one"
                               : at->set_size == 1 ? " gets one"
                                                   : " get one");
}

/* "left and right to a": what an agent holds, if anything. Returns whether there was something. */
static bool add_holding(label_writer *writer, const sb_allocation *at, size_t agent, bool first)
{
    const sb_form_shape *shape = writer->shape;
    size_t count = 0;
    for (size_t good = 0; good < shape->good_count; good++) {
        count += at->holders[good] == agent;
    }
    size_t k = 0;
    for (size_t good = 0; good < shape->good_count; good++) {
        if (at->holders[good] == agent) {
            sb_text_add(&writer->text, k == 0 && !first ? ", " : separator(k, count));
            sb_text_add(&writer->text, shape->goods[good].name);
            k++;
        }
    }
    if (count > 0) {
        sb_text_add(&writer->text, " to ");
        add_agent(writer, agent);
    }
    return count > 0;
}

static void add_codes(label_writer *writer, const sb_allocation *at)
{
    const sb_form_shape *shape = writer->shape;
    for (size_t good = 0; good < shape->good_count; good++) {
        sb_text_add(&writer->text, good > 0 ? " " : "");
        if (at->holders[good] < shape->agent_count) {
            add_agent(writer, at->holders[good]);
        } else if (shape->form == SB_FORM_ITEMS) {
            sb_text_add(&writer->text, "0");
        } else {
            sb_text_add_format(&writer->text, "+%zu", at->holders[good] - shape->agent_count + 1);
        }
    }
}

static void add_holdings(label_writer *writer, const sb_allocation *at)
{
    const sb_form_shape *shape = writer->shape;
    bool first = true;
    for (size_t agent = 0; agent < shape->agent_count; agent++) {
        first = !add_holding(writer, at, agent, first) && first;
    }
    for (size_t good = 0; shape->form == SB_FORM_DIVISION && good < shape->good_count; good++) {
        if (at->holders[good] >= shape->agent_count) {
            const sb_good *asset = &shape->goods[good];
            sb_text_add_format(&writer->text, "%s%s %s", first ? "" : ", ", asset->name,
                               asset->uses[at->holders[good] - shape->agent_count]);
            first = false;
        }
    }
    sb_text_add(&writer->text, first ? "nobody gets anything" : "");
}

static char *outcome_label(const sb_form_shape *shape, const sb_allocation *at, size_t outcome,
                           label_style style)
{
    label_writer writer = {.shape = shape, .style = style};
    sb_text_init(&writer.text);
    switch (shape->form) {
    case SB_FORM_ITEM:
        sb_text_add_format(&writer.text, "%s gets it",
                           outcome < shape->agent_count ? shape->names[outcome] : "nobody");
        break;
    case SB_FORM_UNITS:
        add_set(&writer, at);
        break;
    case SB_FORM_PUBLIC_GOOD:
        sb_text_add(&writer.text, outcome == 0 ? "provided" : "not provided");
        break;
    case SB_FORM_TRADE:
        sb_text_add(&writer.text, outcome == 0 ? "trade" : "no trade");
        break;
    default:
        if (style == CODES) {
            add_codes(&writer, at);
        } else {
            add_holdings(&writer, at);
        }
    }
    char *label = sb_text_take(&writer.text, NULL);
    sb_text_clear(&writer.text);
    return label;
}

/* All labels, and whether each is short enough; NULL when memory runs out. */
static char **outcome_labels(const sb_form_shape *shape, label_style style, bool *short_enough)
{
    size_t count = sb_form_outcome_count(shape);
    char **labels = sb_allocate(count, sizeof *labels);
    sb_allocation at;
    sb_allocation_begin(&at, shape);
    *short_enough = true;
    for (size_t outcome = 0; labels != NULL && outcome < count; outcome++) {
        labels[outcome] = outcome_label(shape, &at, outcome, style);
        if (labels[outcome] == NULL) {
            sb_labels_free(labels, count);
            return NULL;
        }
        *short_enough = *short_enough && strlen(labels[outcome]) <= SB_MAX_LABEL;
        sb_allocation_advance(&at, shape);
    }
    return labels;
}

sb_status sb_form_outcome_labels(const sb_form_shape *shape, char ***labels, sb_error *error)
{
    bool short_enough = false;
    size_t count = sb_form_outcome_count(shape);
    /* An item's labels may be too long: they are neither checked nor written to files. */
    label_style last = shape->form == SB_FORM_ITEM ? NAMES : CODES;
    char **made = NULL;
    for (label_style style = NAMES; style <= last && !short_enough; style++) {
        sb_labels_free(made, count);
        made = outcome_labels(shape, style, &short_enough);
        short_enough = short_enough || made == NULL;
    }
    if (made == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = shape->form == SB_FORM_ITEM
                           ? SB_OK
                           : sb_labels_check(made, count, "an outcome's label", "", error);
    if (status != SB_OK) {
        if (status != SB_ERROR_MEMORY) {
            sb_error_set_hint(error, "choose shorter names that differ");
        }
        sb_labels_free(made, count);
        return status;
    }
    *labels = made;
    return SB_OK;
}
