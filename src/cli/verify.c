/* sidebet verify: is a certificate a proof?
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "cli/curve_output.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/json_writer.h"
#include "cli/layout.h"
#include "cli/option_values.h"
#include "cli/program.h"
#include "cli/report_number.h"
#include "sidebet/certificate.h"
#include "sidebet/environment_file.h"

static const char *objective_name(const sb_verdict *verdict)
{
    return sb_rules_objective_noun(&verdict->environment->rules);
}

static void add_claim(sb_text *text, const sb_verdict *verdict)
{
    switch (verdict->status) {
    case SB_LP_OPTIMAL:
        sb_text_add_format(text, "the best %s is ", objective_name(verdict));
        sb_report_add_number(text, &verdict->objective, true);
        break;
    case SB_LP_INFEASIBLE:
        sb_text_add(text, "no mechanism obeys the rules");
        break;
    case SB_LP_UNBOUNDED:
        sb_text_add_format(text, "%s has no bound under the rules", objective_name(verdict));
        break;
    case SB_LP_FAILED:
        break;
    }
}

static void report(sb_text *text, const sb_verdict *verdict, bool against, size_t width)
{
    sb_text sentence;
    sb_text_init(&sentence);
    if (verdict->accepted) {
        sb_text_add(&sentence, "accepted: ");
        add_claim(&sentence, verdict);
        sb_text_add_format(&sentence, "; %zu equations and inequalities hold in fractions",
                           verdict->checks);
        if (!against) {
            const char *title = verdict->environment->title;
            sb_text_add_format(&sentence, ", of the environment inside the certificate%s%s",
                               title[0] != '\0' ? ": " : "", title);
        }
    } else {
        sb_text_add_format(&sentence, "refuted: %s", verdict->complaint);
    }
    char *bytes = sb_text_take(&sentence, NULL);
    text->failed = text->failed || bytes == NULL;
    sb_layout_wrap(text, bytes == NULL ? "" : bytes, 0, 0, width);
    sb_text_add(text, "\n");
    free(bytes);
}

static void write_json(sb_text *text, const sb_verdict *verdict)
{
    bool optimal = verdict->status == SB_LP_OPTIMAL;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_bool(&json, "accepted", verdict->accepted);
    sb_json_string(&json, "status", sb_lp_status_name(verdict->status));
    sb_json_value(&json, "objective", optimal ? &verdict->objective : NULL, true);
    sb_json_string(&json, "complaint", verdict->accepted ? NULL : verdict->complaint);
    sb_json_count(&json, "checks", verdict->checks);
    sb_json_string(&json, "title", verdict->environment->title);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}

static sb_status read_against(const sb_arguments *arguments, sb_environment **against,
                              sb_notes *notes, sb_error *error)
{
    sb_status status = sb_environment_read(arguments->against, against, notes, error);
    return status == SB_OK ? sb_rule_arguments_apply(&arguments->rules, *against, error) : status;
}

static sb_status verify(const sb_arguments *arguments, const sb_environment *against,
                        int *exit_status, sb_error *error)
{
    sb_verdict verdict;
    sb_verdict_init(&verdict);
    sb_status status = sb_certificate_verify(arguments->operands[0], against, &verdict, error);
    if (status == SB_OK) {
        sb_text text;
        sb_text_init(&text);
        if (sb_arguments_has(arguments, SB_OPTION_JSON)) {
            write_json(&text, &verdict);
        } else {
            report(&text, &verdict, against != NULL, sb_layout_width());
        }
        status = sb_exit_print(&text, error);
        *exit_status = verdict.accepted ? SB_EXIT_SOLVED : SB_EXIT_NEGATIVE;
    }
    sb_verdict_clear(&verdict);
    return status;
}

/* Rules stand in place of those of ENVIRONMENT; the certificate keeps its own. */
static sb_status check_options(const sb_arguments *arguments, sb_error *error)
{
    if (arguments->against != NULL || arguments->rules.count == 0) {
        return SB_OK;
    }
    sb_error_set(error, SB_ERROR_USAGE,
                 "a certificate has its own rules: --%s says nothing without --against",
                 sb_rule_describe(arguments->rules.each[0].rule)->name);
    sb_error_set_hint(error, "name the environment that is meant: --against FILE");
    return SB_ERROR_USAGE;
}

int sb_verify_run(const sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    sb_notes notes;
    sb_notes_init(&notes);
    sb_environment *against = NULL;
    int exit_status = SB_EXIT_FAILURE;
    sb_status status = check_options(arguments, &error);
    if (status == SB_OK && arguments->against != NULL) {
        status = read_against(arguments, &against, &notes, &error);
    }
    if (status == SB_OK) {
        sb_exit_print_notes(&notes);
        status = verify(arguments, against, &exit_status, &error);
    }
    if (status == SB_ERROR_IO && error.status == SB_ERROR_IO && exit_status == SB_EXIT_FAILURE) {
        error.status = SB_ERROR_INPUT; /* a file that cannot be read is bad input */
    }
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_environment_free(against);
    sb_notes_clear(&notes);
    return exit_status;
}
