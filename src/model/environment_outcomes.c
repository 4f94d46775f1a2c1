/* The outcomes of the short forms: how many there are, what they are called, what they are worth.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An outcome says who gets one of the units, or who holds each good. Outcomes are gone through in
 * their order, by an odometer of holders or by the next set of bidders of the same size.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/environment_parts.h"

void sb_form_shape_of(sb_form_shape *shape, const sb_environment *environment)
{
    *shape = (sb_form_shape){.form = environment->form,
                             .agent_count = environment->agent_count,
                             .unit_count = environment->unit_count,
                             .good_count = environment->good_count,
                             .goods = environment->goods};
    for (size_t i = 0; i < environment->agent_count; i++) {
        shape->names[i] = environment->agents[i].name;
    }
}

/* ---- going through the outcomes ---- */

/* One outcome. holders[g] is an agent, or agent_count + u: nobody, or the asset's other use u. */
typedef struct allocation {
    size_t holders[SB_MAX_GOODS];
    size_t set_size; /* units: the bidders who get one, in order */
    size_t set[SB_MAX_PLAYERS];
} allocation;

static size_t holder_count(const sb_form_shape *shape, size_t good)
{
    return shape->agent_count +
           (shape->form == SB_FORM_DIVISION ? shape->goods[good].use_count : 1);
}

static void begin_set(allocation *at, size_t size)
{
    at->set_size = size;
    for (size_t k = 0; k < size; k++) {
        at->set[k] = k;
    }
}

static size_t largest_set(const sb_form_shape *shape)
{
    return shape->unit_count < shape->agent_count ? shape->unit_count : shape->agent_count;
}

static void begin(allocation *at, const sb_form_shape *shape)
{
    memset(at, 0, sizeof *at);
    begin_set(at, largest_set(shape));
}

static void next_set(allocation *at, size_t agents)
{
    size_t k = at->set_size;
    while (k > 0 && at->set[k - 1] == agents - at->set_size + k - 1) {
        k--;
    }
    if (k == 0) {
        begin_set(at, at->set_size == 0 ? 0 : at->set_size - 1);
        return;
    }
    at->set[k - 1]++;
    for (; k < at->set_size; k++) {
        at->set[k] = at->set[k - 1] + 1;
    }
}

static void advance(allocation *at, const sb_form_shape *shape)
{
    if (shape->form == SB_FORM_UNITS) {
        next_set(at, shape->agent_count);
        return;
    }
    for (size_t good = shape->good_count; good > 0; good--) {
        if (++at->holders[good - 1] < holder_count(shape, good - 1)) {
            return;
        }
        at->holders[good - 1] = 0;
    }
}

static bool is_in_set(const allocation *at, size_t agent)
{
    bool found = false;
    for (size_t k = 0; k < at->set_size && !found; k++) {
        found = at->set[k] == agent;
    }
    return found;
}

static size_t count_sets(const sb_form_shape *shape)
{
    size_t total = 0;
    size_t sets = 1; /* of the present size */
    for (size_t size = 0; size <= largest_set(shape); size++) {
        total += sets;
        sets = sets * (shape->agent_count - size) / (size + 1);
    }
    return total;
}

size_t sb_form_outcome_count(const sb_form_shape *shape)
{
    size_t count = 1;
    switch (shape->form) {
    case SB_FORM_ITEM:
        return shape->agent_count + 1;
    case SB_FORM_UNITS:
        return count_sets(shape);
    case SB_FORM_ITEMS:
    case SB_FORM_DIVISION:
        for (size_t good = 0; good < shape->good_count && count <= SB_MAX_OUTCOMES; good++) {
            count *= holder_count(shape, good);
        }
        return count;
    default:
        return 2;
    }
}

/* ---- what outcomes are called ---- */

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

static void add_set(label_writer *writer, const allocation *at)
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
static bool add_holding(label_writer *writer, const allocation *at, size_t agent, bool first)
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

static void add_codes(label_writer *writer, const allocation *at)
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

static void add_holdings(label_writer *writer, const allocation *at)
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

static char *outcome_label(const sb_form_shape *shape, const allocation *at, size_t outcome,
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
    allocation at;
    begin(&at, shape);
    *short_enough = true;
    for (size_t outcome = 0; labels != NULL && outcome < count; outcome++) {
        labels[outcome] = outcome_label(shape, &at, outcome, style);
        if (labels[outcome] == NULL) {
            sb_labels_free(labels, count);
            return NULL;
        }
        *short_enough = *short_enough && strlen(labels[outcome]) <= SB_MAX_LABEL;
        advance(&at, shape);
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

/* ---- what outcomes are worth ---- */

/* The item bidder wants all of `wants`; or adds up what the agent holds. */
static void add_held(fmpq_t utility, const sb_form_shape *shape, const allocation *at, size_t agent,
                     unsigned wants, const fmpq *values)
{
    size_t thing = 0; /* the value of the present good */
    bool all = true;
    for (size_t good = 0; good < shape->good_count; good++) {
        bool held = at->holders[good] == agent;
        all = all && (held || (wants >> good & 1) == 0);
        if (wants == 0 && held) {
            fmpq_add(utility, utility, values + thing);
        } else if (shape->form == SB_FORM_DIVISION && at->holders[good] >= shape->agent_count) {
            fmpq_add(utility, utility, values + thing + 1 + at->holders[good] - shape->agent_count);
        }
        thing += 1 + shape->goods[good].use_count;
    }
    if (wants != 0 && all) {
        fmpq_set(utility, values);
    }
}

void sb_form_utilities(const sb_form_shape *shape, size_t agent, unsigned wants, const fmpq *values,
                       fmpq *utilities)
{
    size_t count = sb_form_outcome_count(shape);
    allocation at;
    begin(&at, shape);
    for (size_t outcome = 0; outcome < count; outcome++) {
        fmpq *utility = utilities + outcome;
        fmpq_zero(utility);
        bool paid = outcome == 0;
        switch (shape->form) {
        case SB_FORM_ITEM:
            paid = outcome == agent;
            break;
        case SB_FORM_UNITS:
            paid = is_in_set(&at, agent);
            break;
        case SB_FORM_ITEMS:
        case SB_FORM_DIVISION:
            paid = false;
            add_held(utility, shape, &at, agent, wants, values);
            break;
        default:
            break;
        }
        if (paid) {
            fmpq_set(utility, values);
        }
        if (paid && shape->form == SB_FORM_TRADE && agent == 1) {
            fmpq_neg(utility, utility);
        }
        advance(&at, shape);
    }
}

void sb_form_designer(sb_environment *environment)
{
    sb_form_shape shape;
    sb_form_shape_of(&shape, environment);
    fmpq_t units;
    fmpq_init(units);
    allocation at;
    begin(&at, &shape);
    for (size_t outcome = 0; outcome < environment->outcome_count; outcome++) {
        fmpq *value = environment->designer + outcome;
        fmpq_zero(value);
        if (shape.form == SB_FORM_ITEM && outcome == shape.agent_count) {
            fmpq_set(value, &environment->reserve);
        } else if (shape.form == SB_FORM_UNITS) {
            fmpq_set_ui(units, shape.unit_count - at.set_size, 1);
            fmpq_mul(value, units, &environment->reserve);
        } else if (shape.form == SB_FORM_PUBLIC_GOOD && outcome == 0) {
            fmpq_neg(value, &environment->cost);
        }
        for (size_t good = 0; shape.form == SB_FORM_ITEMS && good < shape.good_count; good++) {
            if (at.holders[good] == shape.agent_count) {
                fmpq_add(value, value, &shape.goods[good].reserve);
            }
        }
        advance(&at, &shape);
    }
    fmpq_clear(units);
}
