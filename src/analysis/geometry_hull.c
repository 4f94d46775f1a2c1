/* The concave envelope of a picture: its flat pieces, exactly.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All numbers are scaled to integers. In the plane, three points whose plane no other point is
 * above span a piece; a piece with more points on it is found once, by the first three of them.
 * Types are few, so that all triples are looked at; most fail at the first other point. On a line
 * the same is done with two points, and where all places are one the highest point is all there is.
 */
#include <stdlib.h>

#include "analysis/geometry.h"
#include "base/memory.h"

/* More types than this are too many for all triples. */
#define MOST_TYPES_IN_PLANE 100

typedef struct hull {
    sb_geometry_picture *picture;
    size_t count;    /* points: types in the picture */
    size_t *types;   /* of each point */
    fmpz *x, *y, *w; /* scaled; on a line y is 0 */
    fmpz *scales;    /* of x, y and w */
    size_t spread;   /* dimension of the places: 0, 1 or 2 */
    size_t capacity;
    sb_error *error;
} hull;

/* ---- integers ---- */

static fmpz *integers_new(size_t count)
{
    return sb_allocate(count > 0 ? count : 1, sizeof(fmpz)); /* a zeroed fmpz is 0 */
}

static void integers_free(fmpz *integers, size_t count)
{
    for (size_t k = 0; integers != NULL && k < count; k++) {
        fmpz_clear(integers + k);
    }
    free(integers);
}

/* numbers[types[k] * stride], times their least common denominator. */
static void scale(fmpz *scaled, fmpz_t by, const hull *work, const fmpq *numbers, size_t stride)
{
    fmpz_one(by);
    for (size_t k = 0; k < work->count; k++) {
        fmpz_lcm(by, by, fmpq_denref(numbers + work->types[k] * stride));
    }
    for (size_t k = 0; k < work->count; k++) {
        const fmpq *number = numbers + work->types[k] * stride;
        fmpz_divexact(scaled + k, by, fmpq_denref(number));
        fmpz_mul(scaled + k, scaled + k, fmpq_numref(number));
    }
}

/* Twice the area of three places, signed. */
static void area(fmpz_t result, const hull *work, size_t i, size_t j, size_t k)
{
    fmpz_t ax, ay, bx, by;
    fmpz_init(ax);
    fmpz_init(ay);
    fmpz_init(bx);
    fmpz_init(by);
    fmpz_sub(ax, work->x + j, work->x + i);
    fmpz_sub(ay, work->y + j, work->y + i);
    fmpz_sub(bx, work->x + k, work->x + i);
    fmpz_sub(by, work->y + k, work->y + i);
    fmpz_mul(result, ax, by);
    fmpz_submul(result, ay, bx);
    fmpz_clear(ax);
    fmpz_clear(ay);
    fmpz_clear(bx);
    fmpz_clear(by);
}

static int turn(const hull *work, size_t i, size_t j, size_t k)
{
    fmpz_t result;
    fmpz_init(result);
    area(result, work, i, j, k);
    int sign = fmpz_sgn(result);
    fmpz_clear(result);
    return sign;
}

static bool same_place(const hull *work, size_t i, size_t j)
{
    return fmpz_equal(work->x + i, work->x + j) && fmpz_equal(work->y + i, work->y + j);
}

/* ---- planes: normal . (x, y, w) = normal[3], with normal[2] > 0 ---- */

static void plane_through(fmpz *normal, const hull *work, size_t i, size_t j, size_t k)
{
    const fmpz *of[3] = {work->x, work->y, work->w};
    fmpz_t term;
    fmpz_init(term);
    for (size_t axis = 0; axis < 3; axis++) {
        const fmpz *u = of[(axis + 1) % 3];
        const fmpz *v = of[(axis + 2) % 3];
        fmpz_t au, av, bu, bv;
        fmpz_init(au);
        fmpz_init(av);
        fmpz_init(bu);
        fmpz_init(bv);
        fmpz_sub(au, u + j, u + i);
        fmpz_sub(av, v + j, v + i);
        fmpz_sub(bu, u + k, u + i);
        fmpz_sub(bv, v + k, v + i);
        fmpz_mul(normal + axis, au, bv);
        fmpz_submul(normal + axis, av, bu);
        fmpz_clear(au);
        fmpz_clear(av);
        fmpz_clear(bu);
        fmpz_clear(bv);
    }
    if (fmpz_sgn(normal + 2) < 0) {
        for (size_t axis = 0; axis < 3; axis++) {
            fmpz_neg(normal + axis, normal + axis);
        }
    }
    fmpz_zero(normal + 3);
    for (size_t axis = 0; axis < 3; axis++) {
        fmpz_mul(term, normal + axis, of[axis] + i);
        fmpz_add(normal + 3, normal + 3, term);
    }
    fmpz_clear(term);
}

/* The plane through two points that is level across their line. */
static void plane_along(fmpz *normal, const hull *work, size_t i, size_t j)
{
    fmpz_t dx, dy, dw;
    fmpz_init(dx);
    fmpz_init(dy);
    fmpz_init(dw);
    fmpz_sub(dx, work->x + j, work->x + i);
    fmpz_sub(dy, work->y + j, work->y + i);
    fmpz_sub(dw, work->w + j, work->w + i);
    fmpz_mul(normal, dx, dw);
    fmpz_neg(normal, normal);
    fmpz_mul(normal + 1, dy, dw);
    fmpz_neg(normal + 1, normal + 1);
    fmpz_mul(normal + 2, dx, dx);
    fmpz_addmul(normal + 2, dy, dy);
    fmpz_mul(normal + 3, normal, work->x + i);
    fmpz_addmul(normal + 3, normal + 1, work->y + i);
    fmpz_addmul(normal + 3, normal + 2, work->w + i);
    fmpz_clear(dx);
    fmpz_clear(dy);
    fmpz_clear(dw);
}

/* Above (1), on (0) or below (-1) a plane. */
static int side_of(const hull *work, const fmpz *normal, size_t k)
{
    fmpz_t sum;
    fmpz_init(sum);
    fmpz_mul(sum, normal, work->x + k);
    fmpz_addmul(sum, normal + 1, work->y + k);
    fmpz_addmul(sum, normal + 2, work->w + k);
    int sign = fmpz_cmp(sum, normal + 3);
    fmpz_clear(sum);
    return sign;
}

/* Whether a plane is above all points, and the points given are the first of those on it that fix
 * it (which is known of the last: no point before it would do in its place). */
static bool supports(const hull *work, const fmpz *normal)
{
    for (size_t k = 0; k < work->count; k++) {
        if (side_of(work, normal, k) > 0) {
            return false;
        }
    }
    return true;
}

/* ---- pieces ---- */

/* n . (sx x, sy y, sw w) = n3 as w = plane[0] + plane[1] x + plane[2] y. */
static void read_plane(sb_geometry_piece *piece, const hull *work, const fmpz *normal)
{
    fmpz_t below;
    fmpz_init(below);
    fmpz_mul(below, normal + 2, work->scales + 2);
    fmpq_set_fmpz_frac(&piece->plane[0], normal + 3, below);
    for (size_t axis = 0; axis < 2; axis++) {
        fmpz_t above;
        fmpz_init(above);
        fmpz_mul(above, normal + axis, work->scales + axis);
        fmpz_neg(above, above);
        fmpq_set_fmpz_frac(&piece->plane[1 + axis], above, below);
        fmpz_clear(above);
    }
    fmpz_clear(below);
}

static bool before(const hull *work, size_t i, size_t j)
{
    int order = fmpz_cmp(work->x + i, work->x + j);
    order = order != 0 ? order : fmpz_cmp(work->y + i, work->y + j);
    return order != 0 ? order < 0 : i < j;
}

/* Points on the piece, sorted by place. */
static size_t collect(const hull *work, const fmpz *normal, size_t *points)
{
    size_t count = 0;
    for (size_t k = 0; k < work->count; k++) {
        if (side_of(work, normal, k) == 0) {
            size_t at = count++;
            for (; at > 0 && before(work, k, points[at - 1]); at--) {
                points[at] = points[at - 1];
            }
            points[at] = k;
        }
    }
    return count;
}

/* The corners of sorted points, around (Andrew's monotone chain); returns how many. A line has its
 * two ends, a place one. */
static size_t corners_of(const hull *work, const size_t *points, size_t count, size_t *corners)
{
    size_t top = 0;
    for (size_t pass = 0; pass < 2; pass++) {
        size_t start = top;
        for (size_t n = 0; n < count; n++) {
            size_t k = points[pass == 0 ? n : count - 1 - n];
            if (top > start && same_place(work, corners[top - 1], k)) {
                continue;
            }
            while (top >= start + 2 && turn(work, corners[top - 2], corners[top - 1], k) <= 0) {
                top--;
            }
            corners[top++] = k;
        }
        top--; /* the end is where the other chain begins */
    }
    return top > 0 ? top : 1;
}

static sb_status add_piece(hull *work, const fmpz *normal)
{
    sb_geometry_picture *picture = work->picture;
    size_t *points = sb_allocate(3 * work->count + 4, sizeof *points);
    size_t *types = sb_allocate(work->count, sizeof *types);
    if (points == NULL || types == NULL ||
        !sb_grow(&picture->pieces, &work->capacity, picture->piece_count + 1,
                 sizeof *picture->pieces)) {
        free(points);
        free(types);
        return sb_out_of_memory(work->error);
    }
    size_t *corners = points + work->count;
    sb_geometry_piece *piece = &picture->pieces[picture->piece_count++];
    *piece = (sb_geometry_piece){.types = types};
    for (size_t k = 0; k < 3; k++) {
        fmpq_init(&piece->plane[k]);
    }
    read_plane(piece, work, normal);
    size_t count = collect(work, normal, points);
    piece->corner_count = corners_of(work, points, count, corners);
    for (size_t k = 0; k < piece->corner_count; k++) {
        types[k] = work->types[corners[k]];
    }
    piece->type_count = piece->corner_count;
    for (size_t k = 0; k < count; k++) {
        bool corner = false;
        for (size_t j = 0; j < piece->corner_count; j++) {
            corner = corner || corners[j] == points[k];
        }
        if (!corner) {
            types[piece->type_count++] = work->types[points[k]];
        }
    }
    free(points);
    return SB_OK;
}

/* Whether the piece of this plane is there already. */
static bool is_known(const hull *work, const fmpz *normal)
{
    const sb_geometry_picture *picture = work->picture;
    bool known = false;
    sb_geometry_piece piece = {.types = NULL};
    for (size_t k = 0; k < 3; k++) {
        fmpq_init(&piece.plane[k]);
    }
    read_plane(&piece, work, normal);
    for (size_t p = 0; p < picture->piece_count && !known; p++) {
        known = fmpq_equal(&picture->pieces[p].plane[0], &piece.plane[0]) &&
                fmpq_equal(&picture->pieces[p].plane[1], &piece.plane[1]) &&
                fmpq_equal(&picture->pieces[p].plane[2], &piece.plane[2]);
    }
    for (size_t k = 0; k < 3; k++) {
        fmpq_clear(&piece.plane[k]);
    }
    return known;
}

static sb_status try_plane(hull *work, const fmpz *normal)
{
    if (fmpz_is_zero(normal + 2) || !supports(work, normal) || is_known(work, normal)) {
        return SB_OK;
    }
    return add_piece(work, normal);
}

static sb_status find_pieces(hull *work)
{
    fmpz *normal = integers_new(4);
    if (normal == NULL) {
        return sb_out_of_memory(work->error);
    }
    sb_status status = SB_OK;
    if (work->spread == 0) { /* level, at the height of the highest */
        size_t highest = 0;
        for (size_t k = 1; k < work->count; k++) {
            highest = fmpz_cmp(work->w + k, work->w + highest) > 0 ? k : highest;
        }
        fmpz_one(normal + 2);
        fmpz_set(normal + 3, work->w + highest);
        status = add_piece(work, normal);
    }
    for (size_t i = 0; work->spread > 0 && i < work->count; i++) {
        for (size_t j = i + 1; status == SB_OK && j < work->count; j++) {
            if (work->spread == 1) {
                plane_along(normal, work, i, j);
                status = try_plane(work, normal);
            }
            for (size_t k = j + 1; work->spread == 2 && status == SB_OK && k < work->count; k++) {
                plane_through(normal, work, i, j, k);
                status = try_plane(work, normal);
            }
        }
    }
    integers_free(normal, 4);
    return status;
}

/* ---- the whole ---- */

static size_t spread_of(const hull *work)
{
    size_t spread = 0;
    size_t second = 0;
    for (size_t k = 1; k < work->count && spread < 2; k++) {
        if (spread == 0 && !same_place(work, 0, k)) {
            spread = 1;
            second = k;
        } else if (spread == 1 && turn(work, 0, second, k) != 0) {
            spread = 2;
        }
    }
    return spread;
}

/* The envelope at a place is the lowest of its pieces' planes there. */
static void find_values(sb_geometry_picture *picture, const fmpq *places, size_t dimensions,
                        size_t type_count)
{
    fmpq_t value;
    fmpq_init(value);
    for (size_t type = 0; type < type_count; type++) {
        for (size_t p = 0; picture->has[type] && p < picture->piece_count; p++) {
            fmpq_set(value, &picture->pieces[p].plane[0]);
            for (size_t axis = 0; axis < dimensions; axis++) {
                fmpq_addmul(value, &picture->pieces[p].plane[1 + axis],
                            places + type * dimensions + axis);
            }
            if (p == 0 || fmpq_cmp(value, picture->envelope + type) < 0) {
                fmpq_set(picture->envelope + type, value);
            }
        }
    }
    fmpq_clear(value);
}

static sb_status start(hull *work, const fmpq *places, size_t dimensions, size_t type_count)
{
    work->types = sb_allocate(type_count, sizeof *work->types);
    work->x = integers_new(type_count);
    work->y = integers_new(type_count);
    work->w = integers_new(type_count);
    work->scales = integers_new(3);
    if (work->types == NULL || work->x == NULL || work->y == NULL || work->w == NULL ||
        work->scales == NULL) {
        return sb_out_of_memory(work->error);
    }
    for (size_t type = 0; type < type_count; type++) {
        if (work->picture->has[type]) {
            work->types[work->count++] = type;
        }
    }
    scale(work->x, work->scales, work, places, dimensions);
    fmpz_one(work->scales + 1);
    if (dimensions > 1) {
        scale(work->y, work->scales + 1, work, places + 1, dimensions);
    }
    scale(work->w, work->scales + 2, work, work->picture->heights, 1);
    work->spread = spread_of(work);
    return SB_OK;
}

sb_status sb_geometry_hull(sb_geometry_picture *picture, const fmpq *places, size_t dimensions,
                           size_t type_count, sb_error *error)
{
    hull work = {.picture = picture, .error = error};
    sb_status status = start(&work, places, dimensions, type_count);
    picture->known = work.spread < 2 || work.count <= MOST_TYPES_IN_PLANE;
    if (status == SB_OK && work.count > 0 && picture->known) {
        status = find_pieces(&work);
        find_values(picture, places, dimensions, type_count);
    }
    integers_free(work.x, type_count);
    integers_free(work.y, type_count);
    integers_free(work.w, type_count);
    integers_free(work.scales, 3);
    free(work.types);
    return status;
}
