/* The robust run of a session: which round is in hand, and of which type.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/text.h"
#include "session/state.h"

const sb_robust_plan *sb_session_robust_plan(const sb_session *session)
{
    const sb_snapshot *snapshot = sb_session_snapshot(session);
    return snapshot == NULL ? NULL : sb_snapshot_plan(snapshot);
}

const sb_robust_steps *sb_session_robust_steps(const sb_session *session)
{
    const sb_robust_plan *plan = sb_session_robust_plan(session);
    if (plan == NULL || !sb_session_results_current(session)) {
        return NULL;
    }
    const sb_robust_steps *steps = sb_results_robust(session->results);
    return steps != NULL && sb_robust_plan_same_run(&steps->plan, plan) ? steps : NULL;
}

const sb_robust_step *sb_session_robust_step(const sb_session *session)
{
    const sb_robust_steps *steps = sb_session_robust_steps(session);
    if (steps == NULL || steps->count == 0) {
        return NULL;
    }
    return steps->items[sb_robust_steps_at(steps, sb_session_robust_plan(session))];
}

/* The type with the least slack of all, broken or not. */
static size_t tightest(const sb_robust_step *step)
{
    size_t best = SB_NOWHERE;
    for (size_t type = 0; type < step->type_count; type++) {
        const sb_robust_row *row = &step->rows[type];
        if (row->known &&
            (best == SB_NOWHERE || fmpq_cmp(&row->slack, &step->rows[best].slack) < 0)) {
            best = type;
        }
    }
    return best == SB_NOWHERE ? 0 : best;
}

size_t sb_session_robust_type(const sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    if (environment == NULL) {
        return 0;
    }
    const sb_robust_step *step = sb_session_robust_step(session);
    size_t types = environment->agents[0].type_count;
    size_t type = session->display.robust_type;
    if (!session->display.robust_chosen && step != NULL && step->round > 0 &&
        step->status == SB_LP_OPTIMAL && step->worst == SB_NOWHERE) {
        step =
            sb_session_robust_steps(session)->items[step->round - 1]; /* whom the cuts were for */
    }
    if (!session->display.robust_chosen) {
        type = step == NULL ? 0 : tightest(step);
    }
    return type < types ? type : types - 1;
}

char *sb_robust_set_text(const sb_set_description *set)
{
    sb_text text;
    sb_text_init(&text);
    if (set->kind == SB_SET_BOX) {
        bool whole = fmpq_is_one(&set->radius) != 0;
        sb_text_add(&text, whole ? "every belief" : "box \xC2\xB1");
        if (!whole) {
            sb_text_add_rational(&text, &set->radius, SB_NUMBER_DECIMAL);
        }
    } else {
        sb_text_add(&text, set->kind == SB_SET_TABLES ? "tables" : "the estimate alone");
    }
    if (set->constraint_count > 0) {
        sb_text_add_format(&text, ", %zu constraint%s", set->constraint_count,
                           set->constraint_count == 1 ? "" : "s");
    }
    return sb_text_take(&text, NULL);
}
