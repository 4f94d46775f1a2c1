/* A certificate that was read, and how its halves are checked.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing here knows the design program; a rule is named by an sb_constraint alone.
 */
#ifndef SB_MECHANISM_CERTIFICATE_PARTS_H
#define SB_MECHANISM_CERTIFICATE_PARTS_H

#include "model/environment_read.h"
#include "sidebet/certificate.h"

#define SB_CERTIFICATE_VERSION 1
/* Probabilities and payments of a mechanism in a certificate; more is refused. */
#define SB_CERTIFICATE_MAX_NUMBERS 20000000

/* The keys of the file: written and read under the same names. */
#define SB_CERTIFICATE_KEY "certificate"

typedef struct sb_certified_multiplier {
    sb_constraint constraint;
    fmpq value;
    int line, column; /* where it is written */
} sb_certified_multiplier;

typedef struct sb_certificate {
    sb_lp_status status;
    fmpq objective;              /* optimal */
    sb_environment *environment; /* with its rules */
    sb_mechanism *mechanism;     /* optimal, unbounded */
    sb_mechanism *direction;     /* unbounded: payments alone, as probabilities have no direction */
    size_t multiplier_count;
    sb_certified_multiplier
        *multipliers; /* in the order of sb_constraint_compare, each rule once */
} sb_certificate;

void sb_certificate_init(sb_certificate *certificate);
void sb_certificate_clear(sb_certificate *certificate);

/* Fill an initialised certificate from its text. The environment stays in it also where a later
 * part cannot be read. */
sb_status sb_certificate_parse(const char *text, size_t length, const char *name,
                               sb_certificate *certificate, sb_error *error);
/* The part of it behind the environment: certificate_read_body.c. */
sb_status sb_certificate_read_mechanism(const sb_reader *reader, const sb_yaml_node *list,
                                        sb_certificate *certificate);
sb_status sb_certificate_read_direction(const sb_reader *reader, const sb_yaml_node *list,
                                        sb_certificate *certificate);
sb_status sb_certificate_read_multipliers(const sb_reader *reader, const sb_yaml_node *mapping,
                                          sb_certificate *certificate);
sb_status sb_certificate_read_number(const sb_reader *reader, const sb_yaml_node *node,
                                     const char *what, fmpq_t value);

/* A total order of rules: by kind, profile, agent, type, report, others. */
int sb_constraint_compare(const sb_constraint *left, const sb_constraint *right);

/* What two environments differ in ("rules"); NULL: in nothing that matters to the optimum or to its
 * labels. Titles, the scale of the weights and how the prior was made do not. */
const char *sb_certificate_difference(const sb_environment *left, const sb_environment *right);

/* Write the first thing that is wrong into the verdict, and count the checks done; SB_OK also when
 * something is wrong. */
sb_status sb_certificate_check_mechanism(const sb_certificate *certificate, sb_verdict *verdict,
                                         sb_error *error);
sb_status sb_certificate_check_multipliers(const sb_certificate *certificate, sb_verdict *verdict,
                                           sb_error *error);
sb_status sb_certificate_check_direction(const sb_certificate *certificate, sb_verdict *verdict,
                                         sb_error *error);

/* The first complaint stays (printf style). */
void sb_verdict_complain(sb_verdict *verdict, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
