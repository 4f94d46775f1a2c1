/* New names for the items of a sale, the assets of a division and what becomes of them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The new name is tried on a copy of the goods, with the labels of outcomes that follow; only where
 * all is well the copies take their places.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "model/environment_parts.h"

/* Take over goods that are checked, or free them. */
static sb_status take_goods(sb_environment *environment, sb_good *goods, sb_error *error)
{
    sb_form_shape shape;
    sb_form_shape_of(&shape, environment);
    shape.goods = goods;
    char **outcomes = NULL;
    sb_status status = sb_goods_check(environment->form, goods, environment->good_count, error);
    if (status == SB_OK) {
        status = sb_form_outcome_labels(&shape, &outcomes, error);
    }
    if (status != SB_OK) {
        sb_goods_free(goods, environment->good_count);
        return status;
    }
    sb_goods_free(environment->goods, environment->good_count);
    environment->goods = goods;
    sb_labels_free(environment->outcomes, environment->outcome_count);
    environment->outcomes = outcomes;
    return SB_OK;
}

static sb_status rename_copy(sb_environment *environment, sb_good *goods, char **place,
                             const char *name, sb_error *error)
{
    char *copy = sb_copy_text(name);
    if (copy == NULL) {
        sb_goods_free(goods, environment->good_count);
        return sb_out_of_memory(error);
    }
    free(*place);
    *place = copy;
    return take_goods(environment, goods, error);
}

static sb_status check_good(const sb_environment *environment, size_t good, sb_error *error)
{
    if (environment->good_count == 0) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "only an environment with items or assets has names of them");
    }
    if (good >= environment->good_count) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "there is no item or asset number %zu: they end at %zu", good + 1,
                            environment->good_count);
    }
    return SB_OK;
}

sb_status sb_environment_rename_good(sb_environment *environment, size_t good, const char *name,
                                     sb_error *error)
{
    sb_status status = check_good(environment, good, error);
    if (status == SB_OK) {
        status = sb_label_check(name, "the name of an item or asset", error);
    }
    if (status != SB_OK) {
        return status;
    }
    sb_good *goods = sb_goods_copy(environment->goods, environment->good_count);
    return goods == NULL ? sb_out_of_memory(error)
                         : rename_copy(environment, goods, &goods[good].name, name, error);
}

sb_status sb_environment_rename_use(sb_environment *environment, size_t good, size_t use,
                                    const char *words, sb_error *error)
{
    sb_status status = check_good(environment, good, error);
    if (status == SB_OK && use >= environment->goods[good].use_count) {
        status = sb_error_set(
            error, SB_ERROR_USAGE, "%s has no other use number %zu: there are %zu",
            environment->goods[good].name, use + 1, environment->goods[good].use_count);
    }
    if (status == SB_OK) {
        status = sb_label_check(words, "the use of an asset", error);
    }
    if (status != SB_OK) {
        return status;
    }
    sb_good *goods = sb_goods_copy(environment->goods, environment->good_count);
    return goods == NULL ? sb_out_of_memory(error)
                         : rename_copy(environment, goods, &goods[good].uses[use], words, error);
}
