/* What the blow-up screen has to say, apart from where it comes from: so it can be drawn from any
 * curves.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_BLOW_UP_H
#define SB_VIEW_BLOW_UP_H

#include "sidebet/payment_cap.h"
#include "sidebet/sweep.h"
#include "view/widgets.h"

typedef struct sb_blow_up {
    const sb_sweep *sweep; /* NULL: nothing yet; may be there in part */
    const sb_cap *cap;     /* the same */
    bool sweep_complete, cap_complete;
    bool on_cap;           /* the cursor is on the frontier */
    size_t cursor;         /* index of its point; clamped */
    const sb_rules *rules; /* of the curve's environment */
    bool fractions;        /* how exact numbers are written */
    bool no_more;          /* nothing is being computed: what is missing stays so */
} sb_blow_up;

/* blow_up_screen.c */
void sb_blow_up_draw(const sb_blow_up *blow_up, sb_canvas *canvas, sb_rectangle area);

/* blow_up_text.c; every text is freed by the caller and NULL when memory runs out. */

/* What there is to see, from the numbers alone: "revenue stays at 1.749, the full surplus, for
 * every λ > 0 and drops to 1.499 at λ = 0; the smallest payments grow like 1/λ". "" where the curve
 * has too few points for a sentence. */
char *sb_blow_up_lesson(const sb_sweep *sweep, const sb_rules *rules);
/* The frontier's: "reaching 1.749 takes payments up to 31375; with none above 1.5 it is 1.499". */
char *sb_blow_up_cap_lesson(const sb_cap *cap);
/* The point under the cursor in exact numbers, in lines of at most width columns where it can be.
 */
void sb_blow_up_point_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                            const sb_blow_up *blow_up);

/* How a positive curve behaves towards x = 0: the exponent e of y ~ x^-e over the points nearest 0,
 * by least squares in the logarithms. False where they are fewer than three, span less than a
 * decade, or do not lie on such a curve. */
bool sb_blow_up_exponent(const double *x, const double *y, size_t count, double *exponent);

#endif
