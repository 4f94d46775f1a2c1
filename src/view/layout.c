/* Which pane gets which rectangle of the table screen.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/layout.h"

#include <string.h>

enum {
    narrow_columns = 72,  /* below: one column */
    results_columns = 34, /* what the results want */
    gap_columns = 1,      /* between two columns of panes */
    least_rows = 3,       /* a pane with less is not worth its heading */
    third_column_from = 118
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

/* One pane in a column of panes, listed from top to bottom. */
typedef struct sb_slot {
    sb_rectangle *place;
    int wanted;   /* rows with which it shows everything */
    int required; /* with fewer it is left out */
    int rank;     /* 0 is served first */
} sb_slot;

/* Serve the slots by rank: first what they require, then what they want. Returns the rows used. */
static int stack(sb_slot *slots, int count, int row, int column, int rows, int columns)
{
    int given[SB_PANE_COUNT + 1] = {0};
    int left = rows;
    for (int pass = 0; pass < 2; pass++) {
        for (int rank = 0; rank < count; rank++) {
            for (int i = 0; i < count; i++) {
                if (slots[i].rank != rank) {
                    continue;
                }
                int required = least(slots[i].required, slots[i].wanted);
                if (pass == 0 && (required <= left || (rank == 0 && left > 0))) {
                    given[i] = least(required, left);
                    left -= given[i];
                } else if (pass == 1 && given[i] > 0) {
                    int more = least(slots[i].wanted - given[i], left);
                    given[i] += most(more, 0);
                    left -= most(more, 0);
                }
            }
        }
    }
    for (int i = 0; i < count; i++) {
        *slots[i].place = (sb_rectangle){row, column, given[i], given[i] > 0 ? columns : 0};
        row += given[i];
    }
    return rows - left;
}

/* Number the ranks in the order of the array, but the active pane first. */
static void rank_slots(sb_slot *slots, int count, const sb_rectangle *active)
{
    int next = 0;
    for (int i = 0; i < count; i++) {
        if (slots[i].place == active) {
            slots[i].rank = next++;
        }
    }
    for (int i = 0; i < count; i++) {
        if (slots[i].place != active) {
            slots[i].rank = next++;
        }
    }
}

static sb_slot slot_of(sb_layout *layout, const sb_measures *measures, sb_pane pane)
{
    int required = pane == SB_PANE_PRIOR ? least_rows + 1 : least_rows;
    return (sb_slot){&layout->pane[pane], most(measures->rows[pane], 2), required, 0};
}

static void arrange_single(sb_layout *layout, const sb_measures *measures, sb_pane active, int top,
                           int rows, int columns)
{
    /* The answer first: two rows of it even on the smallest screen. */
    sb_slot slots[] = {
        {&layout->results, measures->results_rows, 2, 0},
        slot_of(layout, measures, SB_PANE_PRIOR),
        slot_of(layout, measures, SB_PANE_VALUES),
        slot_of(layout, measures, SB_PANE_MECHANISM),
        slot_of(layout, measures, SB_PANE_CONDITIONS),
        slot_of(layout, measures, SB_PANE_BINDING),
    };
    int count = (int)(sizeof slots / sizeof slots[0]);
    rank_slots(slots, count, &layout->pane[active]);
    if (rows < 12) { /* not all of the results then, but the pane in hand */
        slots[0].wanted = most(2, rows - slots[1 + (int)active].wanted);
        slots[0].wanted = least(slots[0].wanted, measures->results_rows);
    }
    (void)stack(slots, count, top, 0, rows, columns);
}

static int bottom_rows(const sb_measures *measures, sb_pane active, int needed, int rows)
{
    int wanted = measures->rows[SB_PANE_BINDING];
    int spare = rows - needed;
    if (active == SB_PANE_BINDING) {
        return least(wanted, most(most(spare, rows / 2), least_rows));
    }
    if (rows < 16) {
        return spare >= least_rows ? least(wanted, spare) : 0;
    }
    return least(wanted, most(spare, least_rows));
}

static void arrange_beside(sb_layout *layout, const sb_measures *measures, sb_pane active, int top,
                           int rows, int columns)
{
    int left = most(measures->prior_columns, (columns - gap_columns) * 8 / 15);
    left = least(left, columns - gap_columns - results_columns);
    int right = columns - gap_columns - left;
    sb_slot lefts[] = {slot_of(layout, measures, SB_PANE_PRIOR),
                       slot_of(layout, measures, SB_PANE_VALUES),
                       slot_of(layout, measures, SB_PANE_MECHANISM)};
    sb_slot rights[] = {{&layout->results, measures->results_rows, 9, 0},
                        slot_of(layout, measures, SB_PANE_CONDITIONS)};
    int needed = most(lefts[0].wanted + lefts[1].wanted + lefts[2].wanted,
                      rights[0].wanted + rights[1].wanted);
    int bottom = least(bottom_rows(measures, active, needed, rows), rows);
    rights[0].required = most(2, least(rights[0].required, rows - bottom - least_rows));
    rank_slots(lefts, 3, &layout->pane[active]);
    rank_slots(rights, 2, &layout->pane[active]);
    int used = stack(lefts, 3, top, 0, rows - bottom, left);
    used = most(used, stack(rights, 2, top, left + gap_columns, rows - bottom, right));
    layout->pane[SB_PANE_BINDING] = (sb_rectangle){top + used, 0, bottom, bottom > 0 ? columns : 0};
}

static void arrange_above(sb_layout *layout, const sb_measures *measures, sb_pane active, int top,
                          int rows, int columns)
{
    int wanted = measures->rows[SB_PANE_PRIOR];
    int below = least(rows / 2, 7); /* what the answer and one more pane need */
    if (active != SB_PANE_PRIOR) {
        below = most(below, least(measures->rows[active], rows / 2));
    }
    int prior = least(wanted, rows - below);
    layout->pane[SB_PANE_PRIOR] = (sb_rectangle){top, 0, prior, columns};
    top += prior;
    rows -= prior;
    int left = most(results_columns, least((columns - gap_columns) * 2 / 5, 48));
    sb_slot first[] = {{&layout->results, measures->results_rows, 2, 0}};
    (void)stack(first, 1, top, 0, rows, left);
    int column = left + gap_columns;
    int width = columns - column;
    if (columns < third_column_from) {
        sb_slot rest[] = {slot_of(layout, measures, SB_PANE_VALUES),
                          slot_of(layout, measures, SB_PANE_MECHANISM),
                          slot_of(layout, measures, SB_PANE_CONDITIONS),
                          slot_of(layout, measures, SB_PANE_BINDING)};
        rank_slots(rest, 4, &layout->pane[active]);
        for (int i = 0; i < 4; i++) {
            if (rest[i].place == &layout->pane[active]) { /* all but a neighbour's few rows */
                rest[i].required = most(least(rest[i].wanted, rows - least_rows), least_rows);
            }
        }
        stack(rest, 4, top, column, rows, width);
        return;
    }
    int half = (width - gap_columns) / 2;
    sb_slot middle[] = {slot_of(layout, measures, SB_PANE_VALUES),
                        slot_of(layout, measures, SB_PANE_MECHANISM)};
    sb_slot last[] = {slot_of(layout, measures, SB_PANE_CONDITIONS),
                      slot_of(layout, measures, SB_PANE_BINDING)};
    rank_slots(middle, 2, &layout->pane[active]);
    rank_slots(last, 2, &layout->pane[active]);
    (void)stack(middle, 2, top, column, rows, half);
    (void)stack(last, 2, top, column + half + gap_columns, rows, width - half - gap_columns);
}

void sb_layout_compute(sb_layout *layout, const sb_measures *measures, sb_pane active, int top,
                       int rows, int columns)
{
    memset(layout, 0, sizeof *layout);
    if (rows <= 0 || columns <= 0) {
        return;
    }
    if (rows >= 12) {
        layout->rules = (sb_rectangle){top, 0, 1, columns};
        top++;
        rows--;
    }
    if (columns < narrow_columns) {
        arrange_single(layout, measures, active, top, rows, columns);
    } else if (measures->prior_columns + gap_columns + results_columns <= columns) {
        arrange_beside(layout, measures, active, top, rows, columns);
    } else {
        arrange_above(layout, measures, active, top, rows, columns);
    }
}
