/* What surrounds the declarations of every public header.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the two lines declarations have C linkage, for programs in C++ as well, and are what the
 * shared library exports: it is compiled so that all else stays inside.
 */
#ifndef SIDEBET_DECLARATIONS_H
#define SIDEBET_DECLARATIONS_H

#ifdef __cplusplus
#define SB_LINKAGE_BEGIN extern "C" {
#define SB_LINKAGE_END   }
#else
#define SB_LINKAGE_BEGIN
#define SB_LINKAGE_END
#endif

#ifdef __GNUC__
#define SB_DECLARATIONS_BEGIN SB_LINKAGE_BEGIN _Pragma("GCC visibility push(default)")
#define SB_DECLARATIONS_END   _Pragma("GCC visibility pop") SB_LINKAGE_END
#else
#define SB_DECLARATIONS_BEGIN SB_LINKAGE_BEGIN
#define SB_DECLARATIONS_END   SB_LINKAGE_END
#endif

#endif
