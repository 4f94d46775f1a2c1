/* Writing the `robust:` section of an environment file.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/environment_write.h"
#include "model/yaml_scalar.h"

static void add_numbers(sb_text *out, const fmpq *numbers, size_t count)
{
    sb_text_add(out, "[");
    for (size_t index = 0; index < count; index++) {
        sb_text_add(out, index > 0 ? ", " : "");
        sb_text_add_rational(out, &numbers[index], SB_NUMBER_DECIMAL);
    }
    sb_text_add(out, "]");
}

static void add_table(sb_text *out, const char *name, const fmpq *bounds,
                      const sb_set_description *set)
{
    sb_text_add_format(out, "  %s:\n", name);
    for (size_t type = 0; type < set->type_count; type++) {
        sb_text_add(out, "    - ");
        add_numbers(out, bounds + type * set->signal_count, set->signal_count);
        sb_text_add(out, "\n");
    }
}

static void add_constraint(sb_text *out, const sb_environment *environment,
                           const sb_belief_constraint *constraint)
{
    sb_text_add(out, "    - {");
    if (constraint->type != SB_EVERY_TYPE) {
        sb_text_add(out, "type: ");
        sb_yaml_add_scalar(out, environment->agents[0].types[constraint->type]);
        sb_text_add(out, ", ");
    }
    sb_text_add(out, "coefficients: ");
    add_numbers(out, constraint->coefficients, environment->robust.signal_count);
    if (constraint->has_lower) {
        sb_text_add(out, ", at-least: ");
        sb_text_add_rational(out, &constraint->lower, SB_NUMBER_DECIMAL);
    }
    if (constraint->has_upper) {
        sb_text_add(out, ", at-most: ");
        sb_text_add_rational(out, &constraint->upper, SB_NUMBER_DECIMAL);
    }
    sb_text_add(out, "}\n");
}

void sb_write_robust(sb_text *out, const sb_environment *environment)
{
    const sb_set_description *set = &environment->robust;
    if (set->kind == SB_SET_NONE && set->constraint_count == 0) {
        return;
    }
    sb_text_add(out, "robust:\n");
    if (set->kind == SB_SET_BOX) {
        sb_text_add(out, "  box: ");
        sb_text_add_rational(out, &set->radius, SB_NUMBER_DECIMAL);
        sb_text_add(out, "\n");
    } else if (set->kind == SB_SET_TABLES) {
        add_table(out, "lower", set->lower, set);
        add_table(out, "upper", set->upper, set);
    }
    if (set->constraint_count > 0) {
        sb_text_add(out, "  extra:\n");
    }
    for (size_t index = 0; index < set->constraint_count; index++) {
        add_constraint(out, environment, &set->constraints[index]);
    }
}
