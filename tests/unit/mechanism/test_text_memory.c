/* Memory that runs out at every single request while a program is written: an error, and nothing
 * leaks.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/memory.h"
#include "sidebet/design_text.h"
#include "sidebet/incentive_graph.h"
#include "unit/mechanism/environments.h"

/* Requests until the one that fails; negative: none fails. */
static long requests_left = -1;

/* Takes the place of the library's own. */
void *sb_memory_resize(void *memory, size_t bytes)
{
    if (requests_left == 0) {
        requests_left = -1;
        return NULL;
    }
    if (requests_left > 0) {
        requests_left--;
    }
    return realloc(memory, bytes > 0 ? bytes : 1);
}

static sb_status write_text(const sb_environment *environment, const sb_solution *solution,
                            int kind, char **text)
{
    sb_design_listing *listing = NULL;
    sb_status status = sb_design_listing_new(environment, &listing, NULL);
    if (status == SB_OK) {
        status = kind == 0   ? sb_design_format_text(listing, solution, 80, text, NULL)
                 : kind == 1 ? sb_design_format_latex(listing, text, NULL)
                             : sb_design_format_solver(environment, kind == 2, 0, text, NULL);
    }
    sb_design_listing_free(listing);
    return status;
}

static sb_status write_graph(const sb_environment *environment, const sb_solution *solution,
                             char **text)
{
    sb_incentive_graph graph;
    sb_incentive_graph_init(&graph);
    sb_status status =
        sb_incentive_graph_build(environment, solution, 0, SB_NOWHERE, true, &graph, NULL);
    if (status == SB_OK) {
        status = sb_incentive_graph_format_dot(environment, &graph, 1, text, NULL);
    }
    sb_incentive_graph_clear(&graph);
    return status;
}

static void texts_are_whole_or_not_there(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 4");
    set_rules(environment, "bayes-nash", "ex-post");
    sb_solution solution;
    sb_solution_init(&solution);
    assert_int_equal(sb_design_solve(environment, NULL, NULL, &solution, NULL), SB_OK);
    long step = property_cases(10) < 10 ? 17 : 3;
    for (int kind = 0; kind < 5; kind++) {
        char *whole = NULL;
        assert_int_equal(kind == 4 ? write_graph(environment, &solution, &whole)
                                   : write_text(environment, &solution, kind, &whole),
                         SB_OK);
        bool met = true;
        long failures = 0;
        for (; met; failures += step) {
            char *text = NULL;
            requests_left = failures;
            sb_status status = kind == 4 ? write_graph(environment, &solution, &text)
                                         : write_text(environment, &solution, kind, &text);
            met = requests_left < 0;
            requests_left = -1;
            assert_int_equal(status, met ? SB_ERROR_MEMORY : SB_OK);
            if (met) {
                assert_null(text);
            } else {
                assert_string_equal(text, whole);
            }
            free(text);
        }
        assert_true(failures > 10);
        free(whole);
    }
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_are_whole_or_not_there)};
    int failed = cmocka_run_group_tests_name("mechanism/text_memory", tests, NULL, NULL);
    flint_cleanup_master();
    return failed;
}
