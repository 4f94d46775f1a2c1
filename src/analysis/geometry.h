/* What the files of the geometry share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_GEOMETRY_H
#define SB_ANALYSIS_GEOMETRY_H

#include "analysis/extraction.h"
#include "sidebet/geometry.h"

/* Fill in projection, corners, dimensions, places, chances (geometry_places.c); the choice has been
 * checked. */
sb_status sb_geometry_place(sb_geometry *geometry, const sb_beliefs *beliefs, sb_error *error);
/* The two largest components (geometry_components.c). */
sb_status sb_geometry_components(sb_geometry *geometry, const sb_beliefs *beliefs, sb_error *error);
/* The pieces of the envelope of a picture and its value at every place (geometry_hull.c). Only
 * memory runs out. */
sb_status sb_geometry_hull(sb_geometry_picture *picture, const fmpq *places, size_t dimensions,
                           size_t type_count, sb_error *error);

#endif
