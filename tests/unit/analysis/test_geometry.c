/* The geometry of beliefs and values.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lecture's pictures, envelopes against brute force, failing types against full surplus
 * extraction, projections.
 */
#include "sidebet/geometry.h"
#include "unit/mechanism/environments.h"

#include <math.h>

/* A picture with what it was made from. */
typedef struct scene {
    sb_environment *environment; /* owned */
    sb_extraction extraction;
    sb_geometry geometry;
} scene;

static void draw(scene *made, sb_environment *environment, const sb_geometry_choice *choice)
{
    const sb_geometry_choice usual = {.agent = 0};
    sb_error error;
    sb_error_clear(&error);
    made->environment = environment;
    sb_extraction_init(&made->extraction);
    sb_geometry_init(&made->geometry);
    if (sb_full_extraction(environment, NULL, &made->extraction, &error) != SB_OK ||
        sb_geometry_find(environment, &made->extraction, choice == NULL ? &usual : choice, NULL,
                         &made->geometry, &error) != SB_OK) {
        fail_msg("%s", error.message);
    }
}

static void leave(scene *made)
{
    sb_geometry_clear(&made->geometry);
    sb_extraction_clear(&made->extraction);
    sb_environment_free(made->environment);
}

/* ---- the lecture's pictures ---- */

static void a_line_through_two_points(void **state)
{
    (void)state;
    scene made;
    draw(&made, one_bidder_and_signal("1 2", 2, "3 1 1 3"), NULL);
    const sb_geometry *geometry = &made.geometry;
    assert_int_equal(geometry->projection, SB_PROJECTION_WHOLE);
    assert_int_equal(geometry->dimensions, 1);
    assert_int_equal(geometry->corner_count, 2);
    assert_number(geometry->places, "3/4");
    assert_number(geometry->places + 1, "1/4");
    assert_int_equal(geometry->picture_count, 1);
    assert_true(geometry->shared);
    const sb_geometry_picture *picture = &geometry->pictures[0];
    assert_int_equal(picture->piece_count, 1);
    assert_number(&picture->pieces[0].plane[0], "5/2"); /* never the first signal */
    assert_number(&picture->pieces[0].plane[1], "-2");
    assert_int_equal(picture->pieces[0].type_count, 2);
    assert_true(made.extraction.agents[0].linear);
    leave(&made);
}

static void concave_not_linear(void **state)
{
    (void)state;
    scene made;
    draw(&made, one_bidder_and_signal("1 5/2 3", 2, "4/15 1/15 1/6 1/6 1/15 4/15"), NULL);
    const sb_geometry *geometry = &made.geometry;
    const sb_geometry_picture *picture = &geometry->pictures[0];
    assert_int_equal(picture->piece_count, 2);
    assert_number(&picture->pieces[0].plane[1], "-5"); /* between .8 and .5 */
    assert_number(&picture->pieces[1].plane[1], "-5/3");
    for (size_t type = 0; type < 3; type++) {
        assert_true(geometry->types[type].holds);
        assert_true(geometry->types[type].needs_bet);
        assert_null(geometry->types[type].mixture);
        assert_true(fmpq_is_zero(geometry->types[type].slack + type));
        assert_true(fmpq_equal(picture->envelope + type, picture->heights + type));
    }
    assert_false(made.extraction.agents[0].linear);
    leave(&made);
}

static void neither(void **state)
{
    (void)state;
    scene made;
    draw(&made, one_bidder_and_signal("1 3/2 3", 2, "4/15 1/15 1/6 1/6 1/15 4/15"), NULL);
    const sb_geometry *geometry = &made.geometry;
    const sb_geometry_picture *picture = &geometry->pictures[0];
    assert_int_equal(picture->piece_count, 1);
    assert_int_equal(picture->pieces[0].corner_count, 2);
    assert_int_equal(picture->pieces[0].type_count, 2);
    const sb_geometry_type *middle = &geometry->types[1];
    assert_false(middle->holds);
    assert_null(middle->slack);
    assert_number(&middle->value, "3/2");
    assert_number(&middle->envelope, "2");
    assert_number(middle->mixture, "1/2");
    assert_number(middle->mixture + 1, "0");
    assert_number(middle->mixture + 2, "1/2");
    assert_number(picture->envelope + 1, "2");
    assert_true(geometry->types[0].holds && geometry->types[2].holds);
    leave(&made);
}

static void a_type_not_worth_serving(void **state)
{
    (void)state;
    /* v = 0 in the middle: below the envelope, and no bet is needed. */
    scene made;
    draw(&made, one_bidder_and_signal("1 0 3", 2, "4/15 1/15 1/6 1/6 1/15 4/15"), NULL);
    const sb_geometry *geometry = &made.geometry;
    assert_false(geometry->types[1].needs_bet);
    assert_true(geometry->types[1].holds);
    assert_true(geometry->types[0].needs_bet);
    assert_true(geometry->shared);
    const sb_geometry_picture *picture = &geometry->pictures[geometry->types[0].picture];
    assert_number(picture->heights + 1, "0");
    assert_number(picture->envelope + 1, "2");
    assert_int_not_equal(geometry->types[1].picture, geometry->types[0].picture);
    assert_int_equal(made.extraction.bayesian, SB_ANSWER_YES);
    leave(&made);
}

/* Those above the middle may not report it: nobody stands in its way. */
static void only_those_that_may_report(void **state)
{
    (void)state;
    sb_environment *environment =
        one_bidder_and_signal("1 3/2 3", 2, "4/15 1/15 1/6 1/6 1/15 4/15");
    assert_int_equal(sb_environment_set_report(environment, 0, 2, 1, false, NULL), SB_OK);
    scene made;
    draw(&made, environment, NULL);
    const sb_geometry *geometry = &made.geometry;
    assert_true(geometry->reporting_sets);
    assert_true(geometry->types[1].holds);
    assert_false(geometry->shared);
    const sb_geometry_picture *picture = &geometry->pictures[geometry->types[1].picture];
    assert_true(picture->has[0] && picture->has[1]);
    assert_false(picture->has[2]);
    assert_number(picture->envelope + 1, "3/2");
    picture = &geometry->pictures[geometry->types[0].picture];
    assert_true(picture->has[2]);
    assert_number(picture->envelope + 1, "2");
    leave(&made);
}

static void a_face_and_its_corners(void **state)
{
    (void)state;
    /* Corners of a square in the triangle, three of them level, and a type below the middle. */
    scene made;
    draw(&made, one_bidder_and_signal("2 2 2 1 1", 3, "0 0 4  2 0 2  0 2 2  2 2 0  1 1 2"), NULL);
    const sb_geometry *geometry = &made.geometry;
    assert_int_equal(geometry->dimensions, 2);
    const sb_geometry_picture *picture = &geometry->pictures[0];
    assert_true(picture->known);
    assert_int_equal(picture->piece_count, 2);
    for (size_t p = 0; p < 2; p++) {
        assert_int_equal(picture->pieces[p].corner_count, 3);
        assert_int_equal(picture->pieces[p].type_count, 3);
    }
    assert_number(picture->envelope + 4, "2");
    assert_false(geometry->types[4].holds);
    assert_number(&geometry->types[4].envelope, "2");
    leave(&made);
    /* All on one plane: one face with all of them, the middle one no corner. */
    draw(&made, one_bidder_and_signal("2 3 4 5 7/2", 3, "0 0 4  2 0 2  0 2 2  2 2 0  1 1 2"), NULL);
    picture = &made.geometry.pictures[0];
    assert_int_equal(picture->piece_count, 1);
    assert_int_equal(picture->pieces[0].corner_count, 4);
    assert_int_equal(picture->pieces[0].type_count, 5);
    assert_int_equal(picture->pieces[0].types[4], 4);
    assert_true(made.extraction.agents[0].linear);
    leave(&made);
}

/* ---- envelopes against brute force ---- */

/* weights of the points chosen that make the place, by Cramer's rule; false where there are none.
 */
static bool barycentric(fmpq *weights, const fmpq *places, size_t dimensions, const size_t *chosen,
                        const fmpq *place)
{
    const fmpq *a = places + chosen[0] * dimensions, *b = places + chosen[1] * dimensions;
    fmpq_t whole, part;
    fmpq_init(whole);
    fmpq_init(part);
    bool found = false;
    if (dimensions == 1) {
        fmpq_sub(whole, b, a);
        found = !fmpq_is_zero(whole);
        if (found) {
            fmpq_sub(weights, b, place);
            fmpq_div(weights, weights, whole);
            fmpq_sub(weights + 1, place, a);
            fmpq_div(weights + 1, weights + 1, whole);
        }
    } else {
        const fmpq *c = places + chosen[2] * dimensions;
        const fmpq *corners[3] = {a, b, c};
        for (size_t k = 0; k <= 3; k++) { /* 3: the whole */
            const fmpq *p = k == 0 ? place : a, *q = k == 1 ? place : b, *r = k == 2 ? place : c;
            (void)corners;
            fmpq_t u, v, w, x;
            fmpq_init(u);
            fmpq_init(v);
            fmpq_init(w);
            fmpq_init(x);
            fmpq_sub(u, q, p);
            fmpq_sub(v, q + 1, p + 1);
            fmpq_sub(w, r, p);
            fmpq_sub(x, r + 1, p + 1);
            fmpq_mul(u, u, x);
            fmpq_mul(v, v, w);
            fmpq_sub(k == 3 ? whole : weights + k, u, v);
            fmpq_clear(u);
            fmpq_clear(v);
            fmpq_clear(w);
            fmpq_clear(x);
        }
        found = !fmpq_is_zero(whole);
        for (size_t k = 0; found && k < 3; k++) {
            fmpq_div(weights + k, weights + k, whole);
        }
    }
    for (size_t k = 0; found && k <= dimensions; k++) {
        found = fmpq_sgn(weights + k) >= 0;
    }
    fmpq_clear(whole);
    fmpq_clear(part);
    return found;
}

/* The largest value at a place of a mixture of two (three) points, or of one that stands there. */
static void brute_envelope(fmpq_t best, const sb_geometry *geometry,
                           const sb_geometry_picture *picture, const fmpq *place)
{
    size_t dimensions = geometry->dimensions, count = geometry->type_count;
    fmpq *weights = sb_rationals_new(3);
    fmpq_t value;
    fmpq_init(value);
    bool some = false;
    size_t chosen[3];
    for (chosen[0] = 0; chosen[0] < count; chosen[0]++) {
        for (chosen[1] = 0; chosen[1] < count; chosen[1]++) {
            for (chosen[2] = 0; chosen[2] < (dimensions == 2 ? count : 1); chosen[2]++) {
                bool in = picture->has[chosen[0]] && picture->has[chosen[1]] &&
                          (dimensions == 1 || picture->has[chosen[2]]);
                if (!in) {
                    continue;
                }
                bool same = true;
                for (size_t k = 0; k < dimensions; k++) {
                    same = same &&
                           fmpq_equal(geometry->places + chosen[0] * dimensions + k, place + k);
                }
                if (same) {
                    fmpq_set(value, picture->heights + chosen[0]);
                } else if (barycentric(weights, geometry->places, dimensions, chosen, place)) {
                    fmpq_zero(value);
                    for (size_t k = 0; k <= dimensions; k++) {
                        fmpq_addmul(value, weights + k, picture->heights + chosen[k]);
                    }
                } else {
                    continue;
                }
                if (!some || fmpq_cmp(value, best) > 0) {
                    fmpq_set(best, value);
                }
                some = true;
            }
        }
    }
    assert_true(some);
    fmpq_clear(value);
    sb_rationals_free(weights, 3);
}

/* Places on one line in the plane: mixtures of two, which the triples do not find. */
static bool in_general_position(const sb_geometry *geometry, const sb_geometry_picture *picture)
{
    if (geometry->dimensions == 1) {
        return true;
    }
    for (size_t p = 0; p < picture->piece_count; p++) {
        if (picture->pieces[p].corner_count < 3) {
            return false;
        }
    }
    return true;
}

static void check_picture(const sb_geometry *geometry, const sb_geometry_picture *picture,
                          int *checked)
{
    if (!in_general_position(geometry, picture)) {
        return;
    }
    fmpq_t best;
    fmpq_init(best);
    for (size_t type = 0; type < geometry->type_count; type++) {
        if (picture->has[type]) {
            brute_envelope(best, geometry, picture, geometry->places + type * geometry->dimensions);
            assert_true(fmpq_equal(best, picture->envelope + type));
            *checked += 1;
        }
    }
    for (size_t p = 0; p < picture->piece_count; p++) { /* its points are on it */
        const sb_geometry_piece *piece = &picture->pieces[p];
        assert_true(piece->corner_count > geometry->dimensions || geometry->type_count < 3 ||
                    picture->piece_count == 1);
        for (size_t k = 0; k < piece->type_count; k++) {
            fmpq_set(best, &piece->plane[0]);
            for (size_t d = 0; d < geometry->dimensions; d++) {
                fmpq_addmul(best, &piece->plane[1 + d],
                            geometry->places + piece->types[k] * geometry->dimensions + d);
            }
            assert_true(fmpq_equal(best, picture->heights + piece->types[k]));
        }
    }
    fmpq_clear(best);
}

/* What the picture says of a type is what full_extraction says. */
static void check_types(const scene *made)
{
    const sb_geometry *geometry = &made->geometry;
    const sb_agent_extraction *agent = &made->extraction.agents[geometry->agent];
    fmpq_t value;
    fmpq_init(value);
    for (size_t t = 0; t < geometry->type_count; t++) {
        const sb_geometry_type *type = &geometry->types[t];
        assert_int_equal(type->has_belief, agent->side_bets[t].has_belief);
        if (!type->has_belief) {
            continue;
        }
        assert_true(type->confirmed);
        assert_int_equal(type->holds, agent->side_bets[t].holds);
        assert_int_equal(type->holds, fmpq_equal(&type->envelope, &type->value));
        const sb_geometry_picture *picture = &geometry->pictures[type->picture];
        bool touches = fmpq_equal(picture->envelope + t, picture->heights + t);
        if (geometry->projection == SB_PROJECTION_WHOLE) {
            assert_int_equal(type->holds, touches);
            assert_true(fmpq_equal(&type->envelope, picture->envelope + t));
        } else if (type->placed && touches && geometry->projection != SB_PROJECTION_COMPONENTS) {
            assert_true(type->holds);
        }
        for (size_t s = 0; type->slack != NULL && s < geometry->type_count; s++) {
            assert_true(fmpq_sgn(type->slack + s) >= 0);
        }
        bool plain = made->environment->agent_count == 1 && type->needs_bet;
        for (size_t s = 0; plain && s < geometry->type_count; s++) {
            assert_true(fmpq_equal(type->values + s, made->environment->agents[0].values + s));
        }
        if (type->mixture != NULL) {
            fmpq_zero(value);
            for (size_t s = 0; s < geometry->type_count; s++) {
                assert_true(fmpq_sgn(type->mixture + s) >= 0);
                fmpq_addmul(value, type->mixture + s, type->values + s);
            }
            assert_true(fmpq_equal(value, &type->envelope));
            assert_true(fmpq_cmp(&agent->side_bets[t].mixture_value, value) <= 0);
        }
    }
    fmpq_clear(value);
}

static void envelopes_of_random_tables(void **state)
{
    (void)state;
    property_stream stream = {33};
    int checked = 0, failing = 0, holding = 0;
    for (int round = 0; round < property_cases(400); round++) {
        char values[64];
        size_t types = (size_t)property_between(&stream, 1, 6);
        random_values(&stream, types, 0, property_between(&stream, 1, 9), values, sizeof values);
        sb_environment *environment = item(1, (const char *const[]){values},
                                           (size_t)property_between(&stream, 1, 5), "0", NULL);
        random_weights(environment, &stream, property_between(&stream, 1, 5));
        sb_geometry_choice choice = {.agent = 0};
        long kind = property_between(&stream, 0, 3);
        choice.components = kind == 0;
        choice.signal_count = kind == 0 ? 0 : (size_t)property_between(&stream, 0, 3);
        for (size_t k = 0; k < 3; k++) {
            choice.signals[k] = k;
        }
        if (sb_geometry_choice_check(environment, &choice, NULL) != SB_OK) {
            choice.signal_count = 0;
        }
        scene made;
        draw(&made, environment, &choice);
        check_types(&made);
        for (size_t p = 0; p < made.geometry.picture_count; p++) {
            check_picture(&made.geometry, &made.geometry.pictures[p], &checked);
        }
        bool fails = false; /* one bidder: the side bets decide */
        for (size_t t = 0; t < types; t++) {
            fails = fails || (made.geometry.types[t].has_belief && !made.geometry.types[t].holds);
        }
        assert_int_equal(fails, made.extraction.bayesian == SB_ANSWER_NO);
        assert_true(made.geometry.shared);
        failing += fails;
        holding += !fails;
        leave(&made);
    }
    assert_true(checked > 200 || property_cases(400) < 400);
    assert_true(failing >= 5 && holding >= 5);
}

static void pictures_of_several_agents(void **state)
{
    (void)state;
    property_stream stream = {34};
    int several = 0, checked = 0;
    for (int round = 0; round < property_cases(60); round++) {
        char first[64], second[64];
        size_t types = (size_t)property_between(&stream, 2, 4);
        random_values(&stream, types, 1, 6, first, sizeof first);
        random_values(&stream, 3, 1, 6, second, sizeof second);
        sb_environment *environment = two_bidders(first, second, NULL);
        random_weights(environment, &stream, 3);
        sb_geometry_choice choice = {.agent = (size_t)property_between(&stream, 0, 1)};
        scene made;
        draw(&made, environment, &choice);
        assert_int_equal(made.geometry.agent, choice.agent);
        check_types(&made);
        for (size_t p = 0; p < made.geometry.picture_count; p++) {
            check_picture(&made.geometry, &made.geometry.pictures[p], &checked);
        }
        several += made.geometry.picture_count > 1;
        leave(&made);
    }
    assert_true(several > 0);
}

/* ---- projections ---- */

static void signals_chosen_and_lumped(void **state)
{
    (void)state;
    const char *weights = "4 3 2 1  1 2 3 4  2 2 3 3";
    sb_geometry_choice choice = {.agent = 0, .signal_count = 1, .signals = {2}};
    scene made;
    draw(&made, one_bidder_and_signal("1 2 3", 4, weights), &choice);
    assert_int_equal(made.geometry.projection, SB_PROJECTION_LUMPED);
    assert_int_equal(made.geometry.expected_count, 4);
    assert_int_equal(made.geometry.corner_count, 2);
    assert_int_equal(made.geometry.corners[0], 2);
    assert_int_equal(made.geometry.corners[1], SB_NOWHERE);
    assert_number(made.geometry.places, "1/5");
    assert_number(made.geometry.places + 1, "3/10");
    leave(&made);
    choice.signal_count = 2;
    choice.signals[1] = 0;
    draw(&made, one_bidder_and_signal("1 2 3", 4, weights), &choice);
    assert_int_equal(made.geometry.projection, SB_PROJECTION_LUMPED);
    assert_int_equal(made.geometry.corner_count, 3);
    assert_int_equal(made.geometry.corners[2], SB_NOWHERE);
    assert_number(made.geometry.places, "1/5");
    assert_number(made.geometry.places + 1, "2/5");
    leave(&made);
}

static void signals_among_themselves(void **state)
{
    (void)state;
    sb_geometry_choice choice = {.agent = 0, .signal_count = 3, .signals = {2, 0, 3}};
    scene made;
    draw(&made, one_bidder_and_signal("1 2 3", 4, "4 3 2 1  1 2 3 4  2 2 3 3"), &choice);
    assert_int_equal(made.geometry.projection, SB_PROJECTION_AMONG);
    assert_number(made.geometry.chances, "7/10");
    assert_number(made.geometry.places, "2/7");
    assert_number(made.geometry.places + 1, "4/7");
    assert_number(made.geometry.pictures[0].heights, "10/7");
    leave(&made);
    /* Of three signals, two names leave one: nothing is lumped, the order is theirs. */
    choice.signal_count = 2;
    draw(&made, one_bidder_and_signal("1 2", 3, "1 2 3  3 2 1"), &choice);
    assert_int_equal(made.geometry.projection, SB_PROJECTION_WHOLE);
    assert_int_equal(made.geometry.corners[0], 2);
    assert_int_equal(made.geometry.corners[1], 0);
    assert_int_equal(made.geometry.corners[2], 1);
    leave(&made);
}

static void signals_that_cannot_be_chosen(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 4, "1 1 0 1  2 1 0 1");
    sb_error error;
    sb_error_clear(&error);
    sb_geometry_choice choice = {.agent = 0, .signal_count = 1, .signals = {2}};
    assert_int_equal(sb_geometry_choice_check(environment, &choice, &error), SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "probability zero"));
    choice = (sb_geometry_choice){.agent = 0, .signal_count = 2, .signals = {1, 1}};
    assert_int_equal(sb_geometry_choice_check(environment, &choice, &error), SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "named twice"));
    choice = (sb_geometry_choice){.agent = 0, .signal_count = 1, .signals = {4}};
    assert_int_equal(sb_geometry_choice_check(environment, &choice, &error), SB_ERROR_USAGE);
    choice = (sb_geometry_choice){.agent = 1};
    assert_int_equal(sb_geometry_choice_check(environment, &choice, &error), SB_ERROR_USAGE);
    /* A signal that nobody expects leaves three, which are drawn as they are. */
    scene made;
    draw(&made, environment, NULL);
    assert_int_equal(made.geometry.projection, SB_PROJECTION_WHOLE);
    assert_int_equal(made.geometry.expected_count, 3);
    assert_int_equal(made.geometry.corners[2], 3);
    leave(&made);
}

static double distance(const sb_geometry *geometry, size_t s, size_t t)
{
    double sum = 0;
    for (size_t k = 0; k < geometry->dimensions; k++) {
        double difference = sb_rational_to_double(geometry->places + s * geometry->dimensions + k) -
                            sb_rational_to_double(geometry->places + t * geometry->dimensions + k);
        sum += difference * difference;
    }
    return sqrt(sum);
}

/* Where two components show everything, distances between beliefs are those of the picture. */
static void components_keep_distances(void **state)
{
    (void)state;
    scene made;
    draw(&made, one_bidder_and_signal("1 2 3", 5, "5 4 3 2 1  1 1 1 1 6  2 2 2 2 2"), NULL);
    const sb_geometry *geometry = &made.geometry;
    assert_int_equal(geometry->projection, SB_PROJECTION_COMPONENTS);
    assert_int_equal(geometry->corner_count, 0);
    assert_int_equal(geometry->dimensions, 2);
    assert_true(fabs(geometry->shares[0] + geometry->shares[1] - 1) < 1e-12);
    assert_true(geometry->shares[0] >= geometry->shares[1]);
    const double beliefs[3][5] = {{5 / 15.0, 4 / 15.0, 3 / 15.0, 2 / 15.0, 1 / 15.0},
                                  {.1, .1, .1, .1, .6},
                                  {.2, .2, .2, .2, .2}};
    for (size_t s = 0; s < 3; s++) {
        for (size_t t = 0; t < s; t++) {
            double sum = 0;
            for (size_t k = 0; k < 5; k++) {
                sum += (beliefs[s][k] - beliefs[t][k]) * (beliefs[s][k] - beliefs[t][k]);
            }
            assert_true(fabs(distance(geometry, s, t) - sqrt(sum)) < 1e-12);
        }
    }
    leave(&made);
    /* Beliefs on a line have one component; those that are all the same a place. */
    draw(&made, one_bidder_and_signal("1 2 3", 4, "4 3 2 1  1 2 3 4  5 5 5 5"), NULL);
    assert_int_equal(made.geometry.dimensions, 1);
    assert_true(fabs(made.geometry.shares[0] - 1) < 1e-12);
    leave(&made);
    draw(&made, one_bidder_and_signal("1 2 3", 4, "1 1 1 1  1 1 1 1  1 1 1 1"), NULL);
    assert_int_equal(made.geometry.dimensions, 1);
    assert_int_equal(made.geometry.pictures[0].pieces[0].corner_count, 1);
    leave(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_through_two_points),
        cmocka_unit_test(concave_not_linear),
        cmocka_unit_test(neither),
        cmocka_unit_test(a_type_not_worth_serving),
        cmocka_unit_test(only_those_that_may_report),
        cmocka_unit_test(a_face_and_its_corners),
        cmocka_unit_test(envelopes_of_random_tables),
        cmocka_unit_test(pictures_of_several_agents),
        cmocka_unit_test(signals_chosen_and_lumped),
        cmocka_unit_test(signals_among_themselves),
        cmocka_unit_test(signals_that_cannot_be_chosen),
        cmocka_unit_test(components_keep_distances),
    };
    int failed = cmocka_run_group_tests_name("geometry", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
