/* Reading the `robust:` section of an environment file: the consistent set of one bidder's beliefs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only shapes and ranges are checked here. Whether the set holds the estimate is decided where it
 * is used: a file is read also while its prior and its set do not fit.
 */
#include <string.h>

#include "base/memory.h"
#include "model/environment_read.h"
#include "model/yaml_utf8.h"

static const char section_hint[] =
    "write robust: {box: 0.01}, or lower: and upper: tables of conditionals";
static const char table_hint[] = "one list a type, with one probability a value of the signal";
static const char extra_hint[] =
    "write extra: [{type: low, coefficients: [1, 0, -1], at-most: 0.2}]";

/* ---- box and tables ---- */

static sb_status read_box(const sb_reader *reader, const sb_yaml_node *node,
                          sb_environment *environment)
{
    fmpq_t radius;
    fmpq_init(radius);
    sb_status status = sb_read_number(reader, node, "the box", radius, NULL);
    if (status == SB_OK) {
        status = sb_read_place(
            reader, node,
            sb_set_description_box(&environment->robust, environment->agents[0].type_count,
                                   environment->signal_count, radius, reader->error));
    }
    fmpq_clear(radius);
    return status;
}

static sb_status want_numbers(const sb_reader *reader, const sb_yaml_node *list, const char *what,
                              size_t count, const char *hint)
{
    char found[96];
    if (list->kind != SB_YAML_LIST || list->count != count) {
        return sb_read_fail(reader, list, hint,
                            "%s: expected a list of %zu entr%s, one a value of the signal, found "
                            "%s",
                            what, count, count == 1 ? "y" : "ies", sb_read_found(list, found));
    }
    return SB_OK;
}

/* The bounds of one type's belief; those of an upper table are not below the lower ones. */
static sb_status read_bounds(const sb_reader *reader, const sb_yaml_node *list, const char *what,
                             size_t count, const fmpq *lower, fmpq *bounds)
{
    char found[96];
    sb_status status = want_numbers(reader, list, what, count, table_hint);
    for (size_t signal = 0; signal < count && status == SB_OK; signal++) {
        const sb_yaml_node *node = &list->items[signal];
        fmpq *bound = bounds + signal;
        status = sb_read_number(reader, node, what, bound, NULL);
        if (status == SB_OK && (fmpq_sgn(bound) < 0 || fmpq_cmp_ui(bound, 1) > 0)) {
            status = sb_read_fail(reader, node, "bounds of a probability are from 0 to 1",
                                  "%s: %s is no probability", what, sb_read_found(node, found));
        }
        if (status == SB_OK && lower != NULL && fmpq_cmp(lower + signal, bound) > 0) {
            status = sb_read_fail(reader, node, "lower bounds are at most the upper ones",
                                  "%s: %s is less than the lower bound", what,
                                  sb_read_found(node, found));
        }
    }
    return status;
}

/* lower NULL: it is the lower table that is read. */
static sb_status read_table(const sb_reader *reader, const sb_yaml_node *table,
                            const sb_environment *environment, const fmpq *lower, fmpq *bounds)
{
    const sb_agent *agent = &environment->agents[0];
    size_t signals = environment->signal_count;
    const char *side = lower == NULL ? "lower" : "upper";
    char found[96];
    char quoted[SB_QUOTED_SIZE];
    if (table->kind != SB_YAML_LIST || table->count != agent->type_count) {
        return sb_read_fail(reader, table, table_hint,
                            "the table %s: expected a list of %zu entr%s, one a type of %s, found "
                            "%s",
                            side, agent->type_count, agent->type_count == 1 ? "y" : "ies",
                            sb_utf8_quote(agent->name, strlen(agent->name), quoted),
                            sb_read_found(table, found));
    }
    sb_status status = SB_OK;
    for (size_t type = 0; type < agent->type_count && status == SB_OK; type++) {
        char what[SB_QUOTED_SIZE + 32];
        const char *label = agent->types[type];
        (void)snprintf(what, sizeof what, "the %s bounds of %s", side,
                       sb_utf8_quote(label, strlen(label), quoted));
        status =
            read_bounds(reader, &table->items[type], what, signals,
                        lower == NULL ? NULL : lower + type * signals, bounds + type * signals);
    }
    return status;
}

static sb_status read_tables(const sb_reader *reader, const sb_yaml_node *lower_node,
                             const sb_yaml_node *upper_node, sb_environment *environment)
{
    size_t types = environment->agents[0].type_count;
    size_t signals = environment->signal_count;
    fmpq *lower = sb_rationals_new(types * signals);
    fmpq *upper = sb_rationals_new(types * signals);
    sb_status status = lower == NULL || upper == NULL ? sb_out_of_memory(reader->error) : SB_OK;
    if (status == SB_OK) {
        status = read_table(reader, lower_node, environment, NULL, lower);
    }
    if (status == SB_OK) {
        status = read_table(reader, upper_node, environment, lower, upper);
    }
    if (status == SB_OK) {
        status = sb_set_description_tables(&environment->robust, types, signals, lower, upper,
                                           reader->error);
    }
    sb_rationals_free(lower, types * signals);
    sb_rationals_free(upper, types * signals);
    return status;
}

/* ---- linear constraints ---- */

typedef struct constraint_reader {
    const sb_reader *reader;
    sb_environment *environment;
    size_t type;
    fmpq *coefficients;
    fmpq_t lower, upper;
} constraint_reader;

static sb_status read_type(constraint_reader *constraint, const sb_yaml_node *node)
{
    constraint->type = SB_EVERY_TYPE;
    if (node == NULL) {
        return SB_OK;
    }
    const sb_reader *reader = constraint->reader;
    const sb_agent *agent = &constraint->environment->agents[0];
    const char *label = NULL;
    sb_status status = sb_read_label(reader, node, "the type of a constraint", &label);
    if (status != SB_OK) {
        return status;
    }
    status = sb_environment_find_type(constraint->environment, 0, label, &constraint->type, NULL);
    if (status != SB_ERROR_USAGE) {
        return status == SB_OK ? SB_OK : sb_out_of_memory(reader->error);
    }
    return sb_read_fail_label(reader, node, "extra: there is no type",
                              (const char *const *)agent->types, agent->type_count);
}

static sb_status read_coefficients(constraint_reader *constraint, const sb_yaml_node *entry,
                                   const sb_yaml_node *list)
{
    static const char what[] = "the coefficients of a constraint";
    const sb_reader *reader = constraint->reader;
    size_t count = constraint->environment->signal_count;
    if (list == NULL) {
        return sb_read_fail(reader, entry, extra_hint, "a constraint has no coefficients");
    }
    sb_status status =
        want_numbers(reader, list, what, count, "write one number a value of the signal");
    for (size_t signal = 0; signal < count && status == SB_OK; signal++) {
        status = sb_read_number(reader, &list->items[signal], what,
                                constraint->coefficients + signal, NULL);
    }
    return status;
}

static sb_status read_limits(constraint_reader *constraint, const sb_yaml_node *entry,
                             const sb_yaml_node *least, const sb_yaml_node *most)
{
    const sb_reader *reader = constraint->reader;
    char found[96];
    if (least == NULL && most == NULL) {
        return sb_read_fail(reader, entry, "write at-least: NUMBER, at-most: NUMBER, or both",
                            "a constraint has no bound");
    }
    sb_status status = SB_OK;
    if (least != NULL) {
        status = sb_read_number(reader, least, "at-least", constraint->lower, NULL);
    }
    if (status == SB_OK && most != NULL) {
        status = sb_read_number(reader, most, "at-most", constraint->upper, NULL);
    }
    if (status == SB_OK && least != NULL && most != NULL &&
        fmpq_cmp(constraint->lower, constraint->upper) > 0) {
        status =
            sb_read_fail(reader, most, "exchange the two",
                         "at-most is less than at-least: found %s", sb_read_found(most, found));
    }
    return status;
}

static sb_status read_constraint(constraint_reader *constraint, const sb_yaml_node *entry)
{
    static const char *const keys[] = {"type", "coefficients", "at-least", "at-most"};
    const sb_reader *reader = constraint->reader;
    sb_status status = sb_read_want_mapping(reader, entry, "a constraint", extra_hint);
    if (status == SB_OK) {
        status = sb_read_check_keys(reader, entry, "in a constraint", keys, 4);
    }
    if (status == SB_OK) {
        status = read_type(constraint, sb_yaml_find(entry, "type", 0));
    }
    if (status == SB_OK) {
        status = read_coefficients(constraint, entry, sb_yaml_find(entry, "coefficients", 1));
    }
    const sb_yaml_node *least = sb_yaml_find(entry, "at-least", 2);
    const sb_yaml_node *most = sb_yaml_find(entry, "at-most", 3);
    if (status == SB_OK) {
        status = read_limits(constraint, entry, least, most);
    }
    if (status == SB_OK) {
        sb_environment *environment = constraint->environment;
        status = sb_set_description_constrain(
            &environment->robust, environment->agents[0].type_count, environment->signal_count,
            constraint->type, constraint->coefficients, least == NULL ? NULL : constraint->lower,
            most == NULL ? NULL : constraint->upper, reader->error);
    }
    return status;
}

static sb_status read_extra(const sb_reader *reader, const sb_yaml_node *list,
                            sb_environment *environment)
{
    sb_status status = sb_read_want_list(reader, list, "extra", extra_hint);
    if (status != SB_OK) {
        return status;
    }
    constraint_reader constraint = {
        .reader = reader,
        .environment = environment,
        .coefficients = sb_rationals_new(environment->signal_count),
    };
    if (constraint.coefficients == NULL) {
        return sb_out_of_memory(reader->error);
    }
    fmpq_init(constraint.lower);
    fmpq_init(constraint.upper);
    for (size_t index = 0; index < list->count && status == SB_OK; index++) {
        status = read_constraint(&constraint, &list->items[index]);
    }
    fmpq_clear(constraint.lower);
    fmpq_clear(constraint.upper);
    sb_rationals_free(constraint.coefficients, environment->signal_count);
    return status;
}

/* ---- the section ---- */

static sb_status check_place(const sb_reader *reader, const sb_yaml_node *section,
                             const sb_environment *environment)
{
    if (environment->agent_count == 1 && environment->has_signal) {
        return SB_OK;
    }
    return sb_read_fail(reader, section, "leave robust out, or describe one agent and a signal",
                        "robust goes with one agent and a signal, but there %s",
                        environment->agent_count != 1 ? "are several agents" : "is no signal");
}

/* Which of box, lower and upper there are: one box, or both tables, or neither beside extra. */
static sb_status check_kind(const sb_reader *reader, const sb_yaml_node *section,
                            const sb_yaml_node *box, const sb_yaml_node *lower,
                            const sb_yaml_node *upper)
{
    if (box != NULL && (lower != NULL || upper != NULL)) {
        return sb_read_fail(reader, section, "keep one of them",
                            "robust has both a box and tables of bounds");
    }
    if ((lower == NULL) != (upper == NULL)) {
        return sb_read_fail(reader, section, "write both; 0 and 1 bound nothing",
                            "robust has the table %s without %s", lower != NULL ? "lower" : "upper",
                            lower != NULL ? "upper" : "lower");
    }
    return SB_OK;
}

sb_status sb_read_robust(const sb_reader *reader, const sb_yaml_node *section,
                         sb_environment *environment)
{
    static const char *const keys[] = {"box", "lower", "upper", "extra"};
    sb_status status = check_place(reader, section, environment);
    if (status == SB_OK) {
        status = sb_read_want_mapping(reader, section, "robust", section_hint);
    }
    if (status == SB_OK) {
        status = sb_read_check_keys(reader, section, "under robust", keys, 4);
    }
    if (status != SB_OK) {
        return status;
    }
    const sb_yaml_node *box = sb_yaml_find(section, "box", 0);
    const sb_yaml_node *lower = sb_yaml_find(section, "lower", 0);
    const sb_yaml_node *upper = sb_yaml_find(section, "upper", 1);
    const sb_yaml_node *extra = sb_yaml_find(section, "extra", 2);
    if (section->count == 0) {
        return sb_read_fail(reader, section, section_hint, "robust is empty");
    }
    status = check_kind(reader, section, box, lower, upper);
    if (status == SB_OK && box != NULL) {
        status = read_box(reader, box, environment);
    }
    if (status == SB_OK && lower != NULL) {
        status = read_tables(reader, lower, upper, environment);
    }
    if (status == SB_OK && extra != NULL) {
        status = read_extra(reader, extra, environment);
    }
    return status;
}
