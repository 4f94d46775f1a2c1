/* Well-known mechanisms: theorems, hand cases, published numbers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/auctions.h"
#include "sidebet/checker.h"
#include "sidebet/environment_file.h"
#include "sidebet/surplus.h"
#include "unit/mechanism/environments.h"

static void find(const sb_environment *environment, sb_auctions *auctions)
{
    sb_auctions_init(auctions);
    sb_error error;
    sb_error_clear(&error);
    if (sb_auctions_find(environment, auctions, &error) != SB_OK) {
        fail_msg("%s", error.message);
    }
}

static void best_value(fmpq_t objective, const sb_environment *environment)
{
    sb_lp_status status = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    assert_int_equal(
        sb_design_value(environment, NULL, NULL, NULL, &status, &proof, objective, NULL), SB_OK);
    assert_int_equal(status, SB_LP_OPTIMAL);
    assert_int_equal(proof, SB_PROOF_EXACT);
}

/* Whether a mechanism is dominant-strategy IC, by the checker. */
static bool truthful(const sb_environment *environment, const sb_mechanism *mechanism)
{
    sb_environment *copy = sb_environment_copy(environment);
    assert_int_equal(sb_rules_set(&copy->rules, "ic", "ex-post", NULL), SB_OK);
    assert_int_equal(sb_rules_set(&copy->rules, "ir", "none", NULL), SB_OK);
    fmpq_t zero;
    fmpq_init(zero);
    sb_check check;
    sb_check_init(&check);
    assert_int_equal(sb_check_mechanism(copy, mechanism, zero, &check, NULL), SB_OK);
    bool accepted = check.accepted;
    sb_check_clear(&check);
    fmpq_clear(zero);
    sb_environment_free(copy);
    return accepted;
}

/* One to three bidders; values in any order, some equal; probabilities, some zero. */
static sb_environment *random_independent(property_stream *stream)
{
    size_t bidders = (size_t)property_between(stream, 1, 3);
    char texts[3][64];
    const char *values[3];
    for (size_t i = 0; i < bidders; i++) {
        size_t used = 0;
        long count = property_between(stream, 2, bidders == 3 ? 3 : 4);
        for (long k = 0; k < count; k++) {
            used += (size_t)snprintf(texts[i] + used, sizeof texts[i] - used, "%s%ld",
                                     k > 0 ? " " : "", property_between(stream, 0, 9));
        }
        values[i] = texts[i];
    }
    sb_environment *environment =
        item(bidders, values, 0, property_between(stream, 0, 1) == 0 ? NULL : "2", NULL);
    size_t count = sb_environment_marginal_count(environment);
    fmpq *marginals = sb_rationals_new(count);
    size_t next = 0;
    for (size_t i = 0; i < bidders; i++) {
        for (size_t type = 0; type < environment->agents[i].type_count; type++) {
            long least = type == 0 ? 1 : 0;
            fmpq_set_si(marginals + next++, property_between(stream, least, 5), 1);
        }
    }
    assert_int_equal(sb_environment_set_independent(environment, marginals, NULL), SB_OK);
    sb_rationals_free(marginals, count);
    return environment;
}

static void myerson_is_optimal_at_independent_priors(void **state)
{
    (void)state;
    property_stream stream = {1981};
    fmpq_t best;
    fmpq_init(best);
    for (int k = 0; k < property_cases(200); k++) {
        sb_environment *environment = random_independent(&stream);
        sb_auctions auctions;
        find(environment, &auctions);
        const sb_auction *myerson = &auctions.auctions[SB_AUCTION_MYERSON];
        assert_true(myerson->applies);
        assert_true(myerson->participation);
        assert_true(truthful(environment, myerson->mechanism));
        best_value(best, environment);
        assert_true(fmpq_equal(best, &myerson->revenue));
        for (size_t kind = 0; kind < SB_AUCTION_COUNT; kind++) {
            const sb_auction *auction = &auctions.auctions[kind];
            if (auction->applies) {
                assert_true(truthful(environment, auction->mechanism));
                assert_true(fmpq_cmp(&auction->revenue, best) <= 0);
            }
        }
        sb_auctions_clear(&auctions);
        sb_environment_free(environment);
    }
    fmpq_clear(best);
}

/* Values 1, 2, 3 with probabilities 1/2, 1/10, 2/5: revenue at prices 3, 2, 1 is 6/5, 1, 1, so raw
 * virtual values are 3, -2, 0 and 2 and 1 are ironed into (1 - 6/5) / (3/5) = -1/3. */
static void ironing_by_hand(void **state)
{
    (void)state;
    sb_environment *environment = item(1, (const char *const[]){"2 1 3 5 0"}, 0, NULL, "1 5 4 0 0");
    fmpq *raw = sb_rationals_new(5), *ironed = sb_rationals_new(5);
    bool has[5];
    assert_int_equal(sb_virtual_values(environment, 0, raw, ironed, has, NULL), SB_OK);
    assert_number(raw + 2, "3");
    assert_number(raw + 0, "-2");
    assert_number(raw + 1, "0");
    assert_number(ironed + 2, "3");
    assert_number(ironed + 0, "-1/3");
    assert_number(ironed + 1, "-1/3");
    assert_true(has[3]);
    assert_number(ironed + 3, "3"); /* never happens: as the next lower value */
    assert_false(has[4]);
    sb_rationals_free(raw, 5);
    sb_rationals_free(ironed, 5);
    sb_environment_free(environment);
}

/* Myerson's example: values {10, 100}, and uniform independent: 75. Correlated: it does not apply,
 * while the second price with reserve price 100 earns 100 * 2/3. */
static void published_numbers(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("10 100", "10 100", "1 1 1 1");
    sb_auctions auctions;
    find(environment, &auctions);
    assert_number(&auctions.auctions[SB_AUCTION_MYERSON].revenue, "75");
    assert_number(&auctions.auctions[SB_AUCTION_SECOND_PRICE].revenue, "75");
    assert_number(&auctions.auctions[SB_AUCTION_SECOND_PRICE].reserve_price, "100");
    assert_number(&auctions.auctions[SB_AUCTION_FIRST_PRICE].revenue, "75");
    assert_number(&auctions.auctions[SB_AUCTION_VCG].revenue, "65/2");
    assert_true(auctions.auctions[SB_AUCTION_VCG].tied);
    assert_true(auctions.auctions[SB_AUCTION_VCG].participation);
    sb_auctions_clear(&auctions);
    set_weights(environment, "2 1 1 2");
    find(environment, &auctions);
    assert_false(auctions.auctions[SB_AUCTION_MYERSON].applies);
    assert_non_null(strstr(auctions.auctions[SB_AUCTION_MYERSON].reason, "correlated"));
    assert_number(&auctions.auctions[SB_AUCTION_SECOND_PRICE].revenue, "200/3");
    sb_auctions_clear(&auctions);
    sb_environment_free(environment);
}

/* One reserve price for both, and the truth is a dominant bid of the first price only where no bid
 * below one's own wins. */
static void first_price_is_careful(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "2 3", "1 1 1 1");
    sb_auctions auctions;
    find(environment, &auctions);
    const sb_auction *first = &auctions.auctions[SB_AUCTION_FIRST_PRICE];
    assert_true(first->applies);
    assert_number(&first->reserve_price, "3");
    assert_number(&first->revenue, "3/2");
    assert_true(truthful(environment, first->mechanism));
    const sb_auction *second = &auctions.auctions[SB_AUCTION_SECOND_PRICE];
    assert_number(&second->reserve_price, "2");
    assert_number(&second->revenue, "2");
    sb_auctions_clear(&auctions);
    sb_environment_free(environment);
}

/* A public good of cost 3, values 0 or 2 each: provided where both want it; the pivot payments
 * are 1 + 1, which do not pay for it. */
static void pivot_beyond_one_item(void **state)
{
    (void)state;
    static const char text[] = "agents: [{name: a, types: [low, high]}, {name: b, types: [low, "
                               "high]}]\n"
                               "outcomes: [build, nothing]\n"
                               "utilities: {a: {low: [0, 0], high: [2, 0]}, "
                               "b: {low: [0, 0], high: [2, 0]}}\n"
                               "designer: [-3, 0]\n"
                               "prior: [[1, 1], [1, 1]]\n";
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_parse(text, sizeof text - 1, "test", &environment, NULL, NULL),
                     SB_OK);
    sb_auctions auctions;
    find(environment, &auctions);
    const sb_auction *vcg = &auctions.auctions[SB_AUCTION_VCG];
    assert_true(vcg->applies);
    assert_true(vcg->participation);
    assert_number(&vcg->welfare, "1/4");
    assert_number(&vcg->revenue, "-1/4");
    assert_true(truthful(environment, vcg->mechanism));
    for (size_t kind = SB_AUCTION_SECOND_PRICE; kind < SB_AUCTION_COUNT; kind++) {
        assert_false(auctions.auctions[kind].applies);
        assert_non_null(strstr(auctions.auctions[kind].reason, "one item"));
    }
    sb_auctions_clear(&auctions);
    sb_environment_free(environment);
}

static sb_environment *from_text(const char *text)
{
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_parse(text, strlen(text), "test", &environment, NULL, NULL),
                     SB_OK);
    return environment;
}

/* Without one of the two there is no trade: the buyer pays the cost, the seller gets the value,
 * both take part, and the designer pays the gains from trade (here of three profiles in four: 7/4).
 */
static void pivot_of_trade_runs_a_deficit(void **state)
{
    (void)state;
    sb_environment *environment = from_text("trade:\n"
                                            "  buyer: {name: buyer, values: [1, 5]}\n"
                                            "  seller: {name: seller, costs: [0, 4]}\n"
                                            "prior: [[1, 1], [1, 1]]\n");
    sb_auctions auctions;
    find(environment, &auctions);
    const sb_auction *vcg = &auctions.auctions[SB_AUCTION_VCG];
    assert_true(vcg->applies);
    assert_true(vcg->participation);
    assert_number(&vcg->welfare, "7/4");
    assert_number(&vcg->revenue, "-7/4");
    assert_true(truthful(environment, vcg->mechanism));
    static const char *const payments[][2] = {{"0", "-1"}, {"0", "0"}, {"0", "-5"}, {"4", "-5"}};
    for (size_t profile = 0; profile < 4; profile++) {
        assert_number(vcg->mechanism->payments + profile * 2, payments[profile][0]);
        assert_number(vcg->mechanism->payments + profile * 2 + 1, payments[profile][1]);
    }
    sb_auctions_clear(&auctions);
    sb_environment_free(environment);
}

/* Two units for three bidders, who want one each: the third highest value is the price of both. */
static void pivot_of_units(void **state)
{
    (void)state;
    sb_environment *environment = from_text("units:\n"
                                            "  count: 2\n"
                                            "  bidders:\n"
                                            "    - {name: a, values: [5, 7]}\n"
                                            "    - {name: b, values: [3]}\n"
                                            "    - {name: c, values: [2]}\n"
                                            "prior: {independent: [[1, 1], [1], [1]]}\n");
    sb_auctions auctions;
    find(environment, &auctions);
    const sb_auction *vcg = &auctions.auctions[SB_AUCTION_VCG];
    assert_true(vcg->participation);
    assert_number(&vcg->welfare, "9");
    assert_number(&vcg->revenue, "4");
    sb_auctions_clear(&auctions);
    sb_environment_free(environment);
}

static void vcg_is_efficient(void **state)
{
    (void)state;
    property_stream stream = {3};
    fmpq_t surplus;
    fmpq_init(surplus);
    for (int k = 0; k < property_cases(60); k++) {
        sb_environment *environment = random_independent(&stream);
        fmpq *weights = sb_rationals_new(sb_environment_profile_count(environment));
        for (size_t p = 0; p < sb_environment_profile_count(environment); p++) {
            fmpq_set_si(weights + p, property_between(&stream, p == 0, 9), 1);
        }
        assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
        sb_rationals_free(weights, sb_environment_profile_count(environment));
        sb_auctions auctions;
        find(environment, &auctions);
        sb_largest_welfare(surplus, environment);
        assert_true(fmpq_equal(surplus, &auctions.auctions[SB_AUCTION_VCG].welfare));
        assert_true(truthful(environment, auctions.auctions[SB_AUCTION_VCG].mechanism));
        sb_auctions_clear(&auctions);
        sb_environment_free(environment);
    }
    fmpq_clear(surplus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(myerson_is_optimal_at_independent_priors),
        cmocka_unit_test(ironing_by_hand),
        cmocka_unit_test(published_numbers),
        cmocka_unit_test(first_price_is_careful),
        cmocka_unit_test(pivot_beyond_one_item),
        cmocka_unit_test(pivot_of_trade_runs_a_deficit),
        cmocka_unit_test(pivot_of_units),
        cmocka_unit_test(vcg_is_efficient),
    };
    int failed = cmocka_run_group_tests_name("auctions", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
