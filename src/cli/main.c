/* sidebet: an interactive explorer of revenue-maximising mechanisms.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>

#include "cli/program.h"

int main(int argc, char **argv)
{
    /* Characters as the terminal has them; numbers always with a point. */
    setlocale(LC_CTYPE, "");
    return sb_program_run(argc, argv);
}
