/* Incentive graphs: the published example, ex-post rules gathered, and DOT.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/design_text.h"
#include "sidebet/incentive_graph.h"
#include "unit/mechanism/environments.h"

static void solve(const sb_environment *environment, sb_solution *solution)
{
    sb_solution_init(solution);
    assert_int_equal(sb_design_solve(environment, NULL, NULL, solution, NULL), SB_OK);
}

static const sb_incentive_edge *find(const sb_incentive_graph *graph, size_t type, size_t report)
{
    for (size_t k = 0; k < graph->edge_count; k++) {
        if (graph->edges[k].type == type && graph->edges[k].report == report) {
            return &graph->edges[k];
        }
    }
    return NULL;
}

/* Full surplus extraction: participation binds, worth 1 a unit each. */
static void the_published_example(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "0.251 0.25 0.25 0.249");
    sb_solution solution;
    solve(environment, &solution);
    sb_incentive_graph graph;
    sb_incentive_graph_init(&graph);
    assert_int_equal(
        sb_incentive_graph_build(environment, &solution, 0, SB_NOWHERE, true, &graph, NULL), SB_OK);
    assert_int_equal(graph.edge_count, 4);
    assert_false(graph.ex_post);
    assert_true(graph.has_duals);
    for (size_t type = 0; type < 2; type++) {
        const sb_incentive_edge *edge = find(&graph, type, SB_NOWHERE);
        assert_non_null(edge);
        assert_int_equal(edge->binding, 1);
        assert_int_equal(edge->places, 1);
        assert_number(&edge->dual, "1");
        assert_number(&edge->slack, "0");
        sb_constraint constraint = sb_incentive_edge_constraint(&graph, edge);
        assert_non_null(sb_solution_binding(&solution, &constraint));
    }
    sb_incentive_graph_clear(&graph);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

/* What the edges gather is what the bindings are, whatever the rules. */
static void edges_gather_the_rules(void **state)
{
    (void)state;
    static const char *const rules[][2] = {{"bayes-nash", "ex-interim"},
                                           {"ex-post", "ex-post"},
                                           {"ex-post", "ex-interim"},
                                           {"bayes-nash", "ex-ante"}};
    sb_environment *environment = two_bidders("1 2 4", "1 2 3", "3 2 1 2 3 2 1 2 4");
    for (size_t r = 0; r < sizeof rules / sizeof rules[0]; r++) {
        set_rules(environment, rules[r][0], rules[r][1]);
        sb_solution solution;
        solve(environment, &solution);
        assert_int_equal(solution.status, SB_LP_OPTIMAL);
        sb_incentive_graph all, binding;
        sb_incentive_graph_init(&all);
        sb_incentive_graph_init(&binding);
        size_t count = 0;
        for (size_t agent = 0; agent < 2; agent++) {
            assert_int_equal(sb_incentive_graph_build(environment, &solution, agent, SB_NOWHERE,
                                                      true, &all, NULL),
                             SB_OK);
            assert_int_equal(sb_incentive_graph_build(environment, &solution, agent, SB_NOWHERE,
                                                      false, &binding, NULL),
                             SB_OK);
            assert_int_equal(all.edge_count, r == 3 ? 7 : 9);
            assert_int_equal(all.ex_post, r == 1 || r == 2);
            size_t found = 0;
            for (size_t k = 0; k < all.edge_count; k++) {
                const sb_incentive_edge *edge = &all.edges[k];
                const sb_incentive_edge *same = find(&binding, edge->type, edge->report);
                assert_true((same != NULL) == (edge->binding > 0));
                assert_true((edge->binding > 0) == fmpq_is_zero(&edge->slack));
                bool ic = edge->report != SB_NOWHERE;
                bool ex_post = r == 1 || (r == 2 && ic);
                assert_int_equal(edge->places, ex_post ? 3 : 1);
                if (same != NULL) {
                    assert_int_equal(same->places, edge->places);
                    assert_int_equal(same->binding, edge->binding);
                    assert_true(fmpq_equal(&same->dual, &edge->dual));
                    found++;
                }
                count += edge->binding;
            }
            assert_int_equal(found, binding.edge_count);
        }
        assert_int_equal(count, solution.binding_count);
        sb_incentive_graph_clear(&all);
        sb_incentive_graph_clear(&binding);
        sb_solution_clear(&solution);
    }
    sb_environment_free(environment);
}

/* At one profile of the others, and all of them together. */
static void places_add_up(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2 4", "1 2 3", "3 2 1 2 3 2 1 2 4");
    set_rules(environment, "ex-post", "ex-post");
    sb_solution solution;
    solve(environment, &solution);
    sb_incentive_graph all, one;
    sb_incentive_graph_init(&all);
    sb_incentive_graph_init(&one);
    assert_int_equal(
        sb_incentive_graph_build(environment, &solution, 1, SB_NOWHERE, false, &all, NULL), SB_OK);
    size_t binding = 0;
    fmpq_t dual, wanted;
    fmpq_init(dual);
    fmpq_init(wanted);
    for (size_t others = 0; others < 3; others++) {
        assert_int_equal(
            sb_incentive_graph_build(environment, &solution, 1, others, false, &one, NULL), SB_OK);
        for (size_t k = 0; k < one.edge_count; k++) {
            assert_int_equal(one.edges[k].places, 1);
            assert_int_equal(one.edges[k].binding, 1);
            sb_constraint constraint = sb_incentive_edge_constraint(&one, &one.edges[k]);
            assert_int_equal(constraint.others, others);
            assert_non_null(sb_solution_binding(&solution, &constraint));
            fmpq_add(dual, dual, &one.edges[k].dual);
        }
        binding += one.edge_count;
    }
    for (size_t k = 0; k < all.edge_count; k++) {
        fmpq_add(wanted, wanted, &all.edges[k].dual);
        binding -= all.edges[k].binding;
    }
    assert_int_equal(binding, 0);
    assert_true(fmpq_equal(dual, wanted));
    assert_true(fmpq_sgn(dual) > 0);
    fmpq_clear(dual);
    fmpq_clear(wanted);
    sb_incentive_graph_clear(&all);
    sb_incentive_graph_clear(&one);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

/* A deterministic search tells no duals; without an optimum there is no graph. */
static void what_there_is_not(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 1");
    assert_int_equal(sb_rules_set(&environment->rules, "deterministic", "true", NULL), SB_OK);
    sb_solution solution;
    solve(environment, &solution);
    sb_incentive_graph graph;
    sb_incentive_graph_init(&graph);
    assert_int_equal(
        sb_incentive_graph_build(environment, &solution, 0, SB_NOWHERE, false, &graph, NULL),
        SB_OK);
    assert_false(graph.has_duals);
    assert_true(graph.edge_count > 0);
    sb_solution_clear(&solution);
    assert_int_equal(sb_rules_set(&environment->rules, "deterministic", "false", NULL), SB_OK);
    assert_int_equal(sb_rules_set(&environment->rules, "ir", "none", NULL), SB_OK);
    solve(environment, &solution);
    sb_error error;
    assert_int_equal(
        sb_incentive_graph_build(environment, &solution, 0, SB_NOWHERE, true, &graph, &error),
        SB_ERROR_USAGE);
    sb_incentive_graph_clear(&graph);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

/* Under another truth: who lies as whom, and what that gains. */
static void replies(void **state)
{
    (void)state;
    sb_environment *belief = two_bidders("1 2", "1 2", "0.251 0.25 0.25 0.249");
    sb_environment *truth = two_bidders("1 2", "1 2", "1 1 1 1");
    sb_solution solution;
    solve(belief, &solution);
    sb_misbelief misbelief;
    sb_misbelief_init(&misbelief);
    assert_int_equal(sb_misbelief_evaluate(belief, solution.mechanism, truth, &misbelief, NULL),
                     SB_OK);
    size_t replying = 0;
    for (size_t agent = 0; agent < 2; agent++) {
        sb_incentive_graph graph;
        sb_incentive_graph_init(&graph);
        assert_int_equal(sb_incentive_graph_of_replies(truth, &misbelief, agent, &graph, NULL),
                         SB_OK);
        assert_true(graph.replies);
        for (size_t type = 0; type < 2; type++) {
            const sb_reply *reply = &misbelief.agents[agent].replies[type];
            const sb_incentive_edge *edge =
                find(&graph, type, reply->action == SB_ACTION_EXIT ? SB_NOWHERE : reply->report);
            assert_true((edge != NULL) == (reply->action != SB_ACTION_TRUTH));
            if (edge != NULL) {
                assert_true(fmpq_sgn(&edge->dual) > 0);
                replying++;
            }
        }
        sb_incentive_graph_clear(&graph);
    }
    assert_true(replying > 0);
    sb_misbelief_clear(&misbelief);
    sb_solution_clear(&solution);
    sb_environment_free(belief);
    sb_environment_free(truth);
}

static void dot(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "0.251 0.25 0.25 0.249");
    assert_int_equal(sb_environment_set_title(environment, "A \"title\" \\", NULL), SB_OK);
    sb_solution solution;
    solve(environment, &solution);
    sb_incentive_graph graph;
    sb_incentive_graph_init(&graph);
    assert_int_equal(
        sb_incentive_graph_build(environment, &solution, 1, SB_NOWHERE, true, &graph, NULL), SB_OK);
    char *text = NULL;
    assert_int_equal(sb_incentive_graph_format_dot(environment, &graph, 1, &text, NULL), SB_OK);
    assert_non_null(strstr(text, "label=\"A \\\"title\\\" \\\\\";"));
    assert_non_null(strstr(text, "a2_t1 [label=\"1\"];"));
    assert_non_null(strstr(text, "a2_t1 -> a2_away [label=\"1\"];"));
    assert_non_null(strstr(text, "style=dotted"));
    free(text);
    sb_incentive_graph_clear(&graph);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_example),
        cmocka_unit_test(edges_gather_the_rules),
        cmocka_unit_test(places_add_up),
        cmocka_unit_test(what_there_is_not),
        cmocka_unit_test(replies),
        cmocka_unit_test(dot),
    };
    int failed = cmocka_run_group_tests_name("mechanism/incentive_graph", tests, NULL, NULL);
    flint_cleanup_master();
    return failed;
}
