/* The answer of sidebet sensitivity for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/layout.h"
#include "cli/report_number.h"
#include "cli/sensitivity.h"

enum { INDENT = 2 };

static const char *objective_name(const sb_environment *environment)
{
    return sb_rules_objective_noun(&environment->rules);
}

static bool has_unknown(const sb_sensitivity *sensitivity)
{
    for (size_t k = 0; k < sensitivity->profile_count; k++) {
        if (sensitivity->cells[k].kind == SB_SENSITIVITY_UNKNOWN) {
            return true;
        }
    }
    return false;
}

static void add_sentence(sb_text *text, size_t width, char *sentence)
{
    text->failed = text->failed || sentence == NULL;
    sb_layout_wrap(text, sentence == NULL ? "" : sentence, 0, INDENT, width);
    sb_text_add(text, "\n");
    free(sentence);
}

/* "-1", "0.5, jump 0.25", "-" where the cell cannot move this way, "?" where nothing was found. */
static void add_side(sb_table *table, const sb_sensitivity_side *side, bool *rounded)
{
    if (!side->exists || !side->confirmed) {
        sb_table_add(table, side->exists ? "?" : "-");
        return;
    }
    char *slope = sb_report_cell(&side->derivative, SB_REPORT_CELL_WIDTH, rounded);
    if (!side->jump) {
        sb_table_take(table, slope);
        return;
    }
    char *size = sb_report_cell(&side->jump_size, SB_REPORT_CELL_WIDTH, rounded);
    sb_table_take(table, slope == NULL || size == NULL
                             ? NULL
                             : sb_format_text("jump %s, then %s", size, slope));
    free(slope);
    free(size);
}

static void add_table(sb_text *text, const sb_sensitivity_answer *answer, bool *rounded)
{
    const sb_sensitivity *sensitivity = answer->sensitivity;
    fmpq_t probability;
    fmpq_init(probability);
    sb_table table;
    sb_table_init(&table, 5);
    static const char *const heads[] = {"profile", "probability", "kind", "down", "up"};
    for (size_t k = 0; k < sizeof heads / sizeof heads[0]; k++) {
        sb_table_add(&table, heads[k]);
    }
    for (size_t profile = 0; profile < sensitivity->profile_count; profile++) {
        const sb_sensitivity_cell *cell = &sensitivity->cells[profile];
        sb_environment_probability(probability, answer->environment, profile);
        sb_table_take(&table, sb_environment_profile_label(answer->environment, profile));
        sb_table_take(&table, sb_report_cell(probability, SB_REPORT_CELL_WIDTH, rounded));
        /* "unknown" on a side that time did not reach */
        sb_table_add(&table, sb_sensitivity_kind_name(cell->kind));
        if (cell->kind == SB_SENSITIVITY_UNKNOWN && !cell->down.exists && !cell->up.exists) {
            sb_table_add(&table, "?");
            sb_table_add(&table, "?");
        } else {
            add_side(&table, &cell->down, rounded);
            add_side(&table, &cell->up, rounded);
        }
    }
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    fmpq_clear(probability);
}

void sb_report_sensitivity(sb_text *text, const void *whole, size_t width)
{
    const sb_sensitivity_answer *answer = whole;
    const sb_sensitivity *sensitivity = answer->sensitivity;
    const sb_mass_mode_description *mode = sb_mass_mode_describe(sensitivity->mode);
    if (answer->environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", answer->environment->title);
    }
    add_sentence(
        text, width,
        sb_format_text("%s per unit of each probability, as it falls and as it grows (%s); "
                       "every number is exact%s",
                       objective_name(answer->environment), mode->title,
                       has_unknown(sensitivity) ? ", and ? is not known" : ""));
    bool rounded = false;
    add_table(text, answer, &rounded);
    if (rounded) {
        add_sentence(text, width,
                     sb_copy_text("(rounded to fit; --csv and --json print all digits)"));
    }
    if (sensitivity->mode == SB_MASS_FREE) {
        add_sentence(text, width,
                     sb_copy_text("(per unit of the number's weight, over the sum of weights)"));
    }
    for (size_t k = 0; k < sensitivity->remarks.count; k++) {
        add_sentence(text, width, sb_format_text("%s.", sensitivity->remarks.texts[k]));
    }
}
