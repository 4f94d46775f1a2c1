/* Labels beside the points of a figure.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/figure_labels.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/figure_panel.h"

static const double size = 12;
static const double gap = 8;      /* between the point and its label */
static const double around = 4.5; /* a point takes */

typedef struct box {
    double left, top, right, bottom;
} box;

static bool overlap(const box *a, const box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

enum { sides = 8 };

/* Right, left, above, below, then the corners. */
static box box_at(const sb_point_label *label, int side)
{
    static const double across[sides] = {1, -1, 0, 0, 1, 1, -1, -1};
    static const double down[sides] = {0, 0, -1, 1, -1, 1, -1, 1};
    double width = sb_panel_text_width(label->text, size);
    double near = across[side] != 0 && down[side] != 0 ? gap / 2 : gap;
    double x = label->point.x + across[side] * (near + width / 2);
    double y = label->point.y + down[side] * (near + size / 2);
    return (box){x - width / 2, y - size / 2, x + width / 2, y + size / 2};
}

static size_t overlaps(const box *boxes, size_t count, const box *one)
{
    size_t found = 0;
    for (size_t k = 0; k < count; k++) {
        found += overlap(&boxes[k], one);
    }
    return found;
}

/* Cut what is left of a piece to where it is within two bounds. */
static void cut(double from, double change, double low, double high, double *enter, double *leave)
{
    if (change == 0) {
        *leave = from < low || from > high ? -1 : *leave;
        return;
    }
    double first = (low - from) / change;
    double last = (high - from) / change;
    *enter = fmax(*enter, fmin(first, last));
    *leave = fmin(*leave, fmax(first, last));
}

static size_t crossings(const sb_label_room *room, const box *one)
{
    size_t found = 0;
    for (size_t k = 0; k < room->line_count; k++) {
        const sb_place *ends = &room->lines[2 * k];
        double enter = 0;
        double leave = 1;
        cut(ends[0].x, ends[1].x - ends[0].x, one->left, one->right, &enter, &leave);
        cut(ends[0].y, ends[1].y - ends[0].y, one->top, one->bottom, &enter, &leave);
        found += enter < leave;
    }
    return found;
}

static bool is_inside(const sb_label_room *room, const box *one)
{
    return one->left >= room->top_left.x && one->right <= room->bottom_right.x &&
           one->top >= room->top_left.y && one->bottom <= room->bottom_right.y;
}

void sb_point_labels_draw(const sb_pen *pen, const sb_point_label *labels, size_t count,
                          const sb_label_room *room)
{
    box *boxes = sb_allocate(2 * count, sizeof *boxes);
    if (boxes == NULL) {
        return;
    }
    size_t hidden = room->line_count + 1; /* as bad as crossing all lines and one more */
    for (size_t k = 0; k < count; k++) {
        sb_place at = labels[k].point;
        boxes[k] = (box){at.x - around, at.y - around, at.x + around, at.y + around};
    }
    for (size_t k = 0; k < count; k++) {
        box best = box_at(&labels[k], 0);
        size_t least = 0;
        for (int side = 0; side < sides; side++) {
            box one = box_at(&labels[k], side);
            size_t cost = crossings(room, &one) + hidden * (overlaps(boxes, count + k, &one) +
                                                            (is_inside(room, &one) ? 0 : count));
            if (side == 0 || cost < least) {
                least = cost;
                best = one;
            }
        }
        boxes[count + k] = best;
        sb_pen_write(pen, best.left, best.bottom - 2, labels[k].text, size, SB_ANCHOR_START,
                     labels[k].colour);
    }
    free(boxes);
}
