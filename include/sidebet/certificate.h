/* Certificates: an optimum anybody can check with fractions and patience.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A certificate holds the environment, a mechanism and one multiplier for each rule. It proves the
 * optimum by weak duality: the mechanism obeys every rule, the multipliers are dual feasible, and
 * both give the same number. An infeasible program is certified by Farkas multipliers, an unbounded
 * one by a mechanism and a direction that obeys the rules and improves for ever. The format is YAML
 * (sidebet(5)), numbers in fractions.
 *
 * Verification uses the environment, the rules and rational arithmetic alone: no linear program is
 * built and no solver is called, and nothing is shared with the design program.
 */
#ifndef SIDEBET_CERTIFICATE_H
#define SIDEBET_CERTIFICATE_H

#include "sidebet/declarations.h"
#include "sidebet/design.h"

SB_DECLARATIONS_BEGIN

/* The text of a certificate for an exact solution (any status but failed; usage error where the
 * solution is not proved). Freed by the caller. */
sb_status sb_certificate_format(const sb_environment *environment, const sb_solution *solution,
                                char **text, sb_error *error);
/* The same written to a file, atomically. */
sb_status sb_certificate_save(const sb_environment *environment, const sb_solution *solution,
                              const char *path, sb_error *error);

typedef struct sb_verdict {
    bool accepted;
    sb_lp_status status; /* what the certificate claims */
    fmpq objective;      /* claimed and, if accepted, proved; optimal only */
    char complaint[512]; /* refuted: the first thing that is wrong, in words; "" when accepted */
    size_t checks;       /* inequalities and equations evaluated */
    sb_environment
        *environment; /* the one inside the certificate; NULL where it could not be read */
} sb_verdict;
void sb_verdict_init(sb_verdict *verdict);
void sb_verdict_clear(sb_verdict *verdict);

/* Read and check a certificate ("-": standard input). A file that is no certificate is an input
 * error with its place; a certificate that does not hold gives SB_OK and accepted == false. against
 * (may be NULL): the certificate must be about this very environment, prior, utilities and rules.
 */
sb_status sb_certificate_verify(const char *path, const sb_environment *against,
                                sb_verdict *verdict, sb_error *error);
sb_status sb_certificate_verify_text(const char *text, size_t length, const char *name,
                                     const sb_environment *against, sb_verdict *verdict,
                                     sb_error *error);

SB_DECLARATIONS_END

#endif
