/* Answers of two questions whose libraries arrive in the next commits; goes with them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/safe_radius.h"
#define W __attribute__((weak))
W void sb_safe_radius_init(sb_safe_radius *s)
{
    *s = (sb_safe_radius){0};
}
W void sb_safe_radius_clear(sb_safe_radius *s)
{
    *s = (sb_safe_radius){0};
}
W void sb_slack_point_init(sb_slack_point *s)
{
    *s = (sb_slack_point){0};
}
W void sb_slack_point_clear(sb_slack_point *s)
{
    *s = (sb_slack_point){0};
}
W sb_status sb_safe_radius_of(const sb_environment *e, const sb_mechanism *m, sb_safe_radius *s,
                              sb_error *r)
{
    (void)e;
    (void)m;
    (void)s;
    (void)r;
    return SB_OK;
}
W sb_status sb_safe_radius_with_slack(const sb_environment *e, const fmpq_t l,
                                      const sb_lp_options *o, sb_slack_point *s, sb_error *r)
{
    (void)e;
    (void)l;
    (void)o;
    (void)s;
    (void)r;
    return SB_OK;
}
{
}
{
}
{
    (void)e;
    (void)m;
    (void)o;
    (void)s;
    (void)r;
    return SB_OK;
}
