/* Commands that rename the items of a sale, the assets of a division and what becomes of them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include "session/command.h"

/* The place of a good's name, or of a position as #2; count where it is neither. */
static size_t place_of_good(const sb_environment *environment, const char *name)
{
    size_t count = environment->good_count;
    for (size_t good = 0; good < count; good++) {
        if (strcmp(environment->goods[good].name, name) == 0) {
            return good;
        }
    }
    size_t good = 0;
    for (; good < count; good++) {
        char position[24];
        (void)snprintf(position, sizeof position, "#%zu", good + 1);
        if (strcmp(position, name) == 0) {
            break;
        }
    }
    return good;
}

sb_status sb_call_good(sb_call *call, size_t argument, size_t *good)
{
    const sb_environment *environment = sb_call_environment(call);
    const char *thing = environment->form == SB_FORM_DIVISION ? "asset" : "item";
    *good = place_of_good(environment, call->arguments[argument]);
    if (*good < environment->good_count) {
        return SB_OK;
    }
    sb_error_set(call->error, SB_ERROR_USAGE, "there is no %s `%s`", thing,
                 call->arguments[argument]);
    if (environment->good_count > 0) {
        sb_error_set_hint(call->error, "the first is `%s`; #2 is the second",
                          environment->goods[0].name);
    } else if (strcmp(call->command->description.name, "reserve") == 0) {
        sb_error_set_hint(call->error, "say reserve NUMBER");
    } else {
        sb_error_set_hint(call->error, "only items and assets have names");
    }
    return SB_ERROR_USAGE;
}

/* The name where it leads back to the good, else its position. */
void sb_names_good(sb_text *text, const sb_environment *environment, size_t good)
{
    char position[24];
    const char *name = environment->goods[good].name;
    (void)snprintf(position, sizeof position, "#%zu", good + 1);
    sb_text_add(text, " ");
    sb_words_quote(text, place_of_good(environment, name) == good ? name : position);
}

sb_status sb_run_rename_good(sb_call *call)
{
    size_t good = 0;
    sb_status status = sb_call_good(call, 0, &good);
    sb_environment *copy = NULL;
    sb_text command;
    if (status == SB_OK) {
        status = sb_call_begin_named(call, "rename-good", &copy, &command);
    }
    if (status == SB_OK) {
        sb_names_good(&command, copy, good);
        sb_text_add(&command, " ");
        sb_words_quote(&command, call->arguments[1]);
        status = sb_environment_rename_good(copy, good, call->arguments[1], call->error);
        status = sb_call_commit(call, copy, &command, status);
    }
    return status;
}

/* What else becomes of an asset, by its words. */
static sb_status find_use(sb_call *call, size_t argument, size_t good, size_t *use)
{
    const sb_good *asset = &sb_call_environment(call)->goods[good];
    for (*use = 0; *use < asset->use_count; ++*use) {
        if (strcmp(asset->uses[*use], call->arguments[argument]) == 0) {
            return SB_OK;
        }
    }
    sb_error_set(call->error, SB_ERROR_USAGE, "`%s` has no other use `%s`", asset->name,
                 call->arguments[argument]);
    if (asset->use_count > 0) {
        sb_error_set_hint(call->error, "the first is `%s`", asset->uses[0]);
    } else {
        sb_error_set_hint(call->error, "it can only go to one of the agents");
    }
    return SB_ERROR_USAGE;
}

sb_status sb_run_rename_use(sb_call *call)
{
    size_t good = 0;
    size_t use = 0;
    sb_status status = sb_call_good(call, 0, &good);
    if (status == SB_OK) {
        status = find_use(call, 1, good, &use);
    }
    sb_environment *copy = NULL;
    sb_text command;
    if (status == SB_OK) {
        status = sb_call_begin_named(call, "rename-use", &copy, &command);
    }
    if (status == SB_OK) {
        sb_names_good(&command, copy, good);
        sb_text_add(&command, " ");
        sb_words_quote(&command, copy->goods[good].uses[use]);
        sb_text_add(&command, " ");
        sb_words_quote(&command, call->arguments[2]);
        status = sb_environment_rename_use(copy, good, use, call->arguments[2], call->error);
        status = sb_call_commit(call, copy, &command, status);
    }
    return status;
}
