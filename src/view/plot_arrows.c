/* A directed graph as a picture: nodes on a line, arrows as arcs over and under it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot_arrows.h"

#include <stdlib.h>

#include "base/memory.h"

sb_plot_arrows *sb_plot_arrows_new(size_t node_count, size_t arrow_count)
{
    sb_plot_arrows *arrows = sb_allocate(1, sizeof *arrows);
    if (arrows == NULL) {
        return NULL;
    }
    *arrows = (sb_plot_arrows){.node_count = node_count, .arrow_count = arrow_count};
    arrows->nodes = sb_allocate(node_count, sizeof *arrows->nodes);
    arrows->arrows = sb_allocate(arrow_count, sizeof *arrows->arrows);
    if (arrows->nodes == NULL || arrows->arrows == NULL) {
        sb_plot_arrows_free(arrows);
        return NULL;
    }
    return arrows;
}

void sb_plot_arrows_free(sb_plot_arrows *arrows)
{
    if (arrows == NULL) {
        return;
    }
    for (size_t k = 0; arrows->nodes != NULL && k < arrows->node_count; k++) {
        free(arrows->nodes[k].name);
    }
    for (size_t k = 0; arrows->arrows != NULL && k < arrows->arrow_count; k++) {
        free(arrows->arrows[k].label);
    }
    free(arrows->nodes);
    free(arrows->arrows);
    free(arrows->nothing);
    free(arrows);
}
