/* 10^exponent, which FLINT 2.9 has no short way to say.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_BASE_POWER_OF_TEN_H
#define SB_BASE_POWER_OF_TEN_H

#include <flint/flint.h>
#include <flint/fmpz.h>

static inline void sb_power_of_ten(fmpz_t power, ulong exponent)
{
    fmpz_set_ui(power, 10);
    fmpz_pow_ui(power, power, exponent);
}

#endif
