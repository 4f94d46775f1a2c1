/* The answer of sidebet incentives for people: the diagrams of the explorer.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/incentives.h"
#include "cli/layout.h"
#include "view/incentive_diagram.h"

static void add_graph(sb_text *text, const sb_environment *environment,
                      const sb_incentive_graph *graph, size_t width)
{
    sb_incentive_look look = {.environment = environment,
                              .graph = graph,
                              .cursor = SB_NOWHERE,
                              .type = SB_NOWHERE,
                              .report = SB_NOWHERE};
    sb_text_add_format(text, "%s\n", sb_environment_player_name(environment, graph->agent));
    if (graph->edge_count == 0) {
        sb_text_add(text, "  none of its rules binds\n\n");
        return;
    }
    /* A matrix is printed whole, however wide. */
    bool diagram = sb_incentive_is_diagram(&look, (int)width - 2);
    int columns = diagram ? (int)width - 2 : 16 + 8 * (int)(graph->type_count + 1);
    sb_canvas canvas;
    if (!sb_canvas_init(&canvas, sb_incentive_rows(&look, columns), columns, false)) {
        text->failed = true;
        return;
    }
    sb_rectangle area = {0, 0, canvas.rows, canvas.columns};
    sb_incentive_draw(&look, &canvas, area);
    char *drawn = sb_canvas_dump(&canvas);
    sb_canvas_clear(&canvas);
    bool begins = true;
    text->failed = text->failed || drawn == NULL;
    for (const char *byte = drawn; byte != NULL && *byte != '\0'; byte++) {
        if (begins && *byte != '\n') {
            sb_text_add(text, "  ");
        }
        sb_text_add_part(text, byte, 1);
        begins = *byte == '\n';
    }
    free(drawn);
    if (!diagram) {
        sb_text_add_format(text, "  %s\n", sb_incentive_matrix_legend());
    }
    sb_text_add(text, "\n");
}

void sb_report_incentives(sb_text *text, const sb_incentives_answer *answer, size_t width)
{
    const sb_solution *solution = answer->solution;
    if (solution->status != SB_LP_OPTIMAL) {
        sb_text_add_format(text,
                           "The program is %s: there is no mechanism whose incentives could "
                           "be shown.\n",
                           solution->status == SB_LP_FAILED ? "not solved"
                                                            : sb_lp_status_name(solution->status));
        return;
    }
    for (size_t k = 0; k < answer->count; k++) {
        add_graph(text, answer->environment, &answer->graphs[k], width);
    }
    sb_layout_wrap(text,
                   solution->searched
                       ? "An arrow goes from a type to a report that would serve it as well as the "
                         "truth, or to staying away."
                       : "An arrow goes from a type to a report that would serve it as well as the "
                         "truth, or to staying away; its dual is what the optimum gains for each "
                         "unit by which that rule is relaxed.",
                   0, 0, width);
    sb_text_add(text, "\n");
}
