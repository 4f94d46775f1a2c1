/* The rules at one place, in words.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "sidebet/design.h"

/* " when the others are (…)", or "" where the rule does not say. NULL when memory runs out. */
static char *describe_others(const sb_environment *environment, const sb_constraint *constraint)
{
    if (constraint->others == SB_NOWHERE) {
        return sb_copy_text("");
    }
    char *others = sb_environment_others_label(environment, constraint->agent, constraint->others);
    char *text = others == NULL ? NULL : sb_format_text(" when the others are %s", others);
    free(others);
    return text;
}

/* The rules of a profile, not of an agent. */
static char *describe_profile(const sb_environment *environment, const sb_constraint *constraint)
{
    char *profile = sb_environment_profile_label(environment, constraint->profile);
    char *text = NULL;
    if (profile != NULL && constraint->kind == SB_CONSTRAINT_PROBABILITY) {
        text = sb_format_text("the probabilities of the outcomes at %s sum to 1", profile);
    } else if (profile != NULL) {
        bool balanced = environment->rules.choice[SB_RULE_PAYMENTS] == SB_PAYMENTS_BALANCED;
        text = sb_format_text(balanced ? "the payments at %s sum to 0"
                                       : "the payments at %s cover themselves",
                              profile);
    }
    free(profile);
    return text;
}

char *sb_constraint_describe(const sb_environment *environment, const sb_constraint *constraint)
{
    if (constraint->agent == SB_NOWHERE) {
        return describe_profile(environment, constraint);
    }
    const char *name = sb_environment_player_name(environment, constraint->agent);
    if (constraint->type == SB_NOWHERE) {
        return sb_format_text("%s takes part before learning its type", name);
    }
    char *others = describe_others(environment, constraint);
    if (others == NULL) {
        return NULL;
    }
    const char *type = sb_environment_label(environment, constraint->agent, constraint->type);
    char *text = NULL;
    if (constraint->kind == SB_CONSTRAINT_INCENTIVE) {
        const char *report =
            sb_environment_label(environment, constraint->agent, constraint->report);
        text = sb_format_text("%s of type %s gains nothing by reporting %s%s", name, type, report,
                              others);
    } else {
        text = sb_format_text("%s of type %s takes part%s", name, type, others);
    }
    free(others);
    return text;
}
