/* The answer of sidebet ball as JSON and CSV.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include <math.h>
#include <stdlib.h>

#include "cli/ball.h"
#include "cli/csv_writer.h"
#include "cli/report_beliefs.h"

static void write_kept(sb_json *json, const char *key, const sb_environment *environment,
                       const sb_kept_ball *kept)
{
    if (kept == NULL) {
        sb_json_null(json, key);
        return;
    }
    sb_json_begin_object(json, key);
    sb_json_bool(json, "unlimited", kept->unlimited);
    sb_json_value(json, "radius", kept->unlimited ? NULL : &kept->radius, true);
    if (kept->unlimited || kept->by_revenue) {
        sb_json_string(json, "first_to_go", kept->unlimited ? NULL : "revenue");
    } else {
        char *rule = sb_constraint_describe(environment, &kept->constraint);
        json->text.failed = json->text.failed || rule == NULL;
        sb_json_string(json, "first_to_go", rule);
        free(rule);
    }
    sb_json_rationals(json, "belief", kept->belief, kept->signal_count, true);
    sb_json_end_object(json);
}

/* Payments of the types served, each with its spread and margin. */
static void write_bets(sb_json *json, const sb_environment *environment,
                       const sb_correlation_ball *ball)
{
    size_t signals = environment->signal_count;
    bool exact = ball->proof == SB_PROOF_EXACT;
    sb_json_begin_array(json, "bets");
    for (size_t type = 0; ball->found && type < ball->type_count; type++) {
        if (ball->served[type]) {
            const fmpq *payments = ball->mechanism->payments + type * signals;
            sb_json_begin_object(json, NULL);
            sb_json_string(json, "type", environment->agents[0].types[type]);
            sb_json_value(json, "spread", ball->spreads + type, exact);
            sb_json_value(json, "margin", ball->margins + type, exact);
            sb_json_rationals(json, "payments", payments, signals, false);
            sb_json_rationals(json, "exact", exact ? payments : NULL, signals, true);
            sb_json_end_object(json);
        }
    }
    sb_json_end_array(json);
}

static void write_entry(sb_json *json, const sb_ball_answer *answer, const sb_ball_entry *entry)
{
    const sb_correlation_ball *ball = &entry->ball;
    bool exact = ball->proof == SB_PROOF_EXACT;
    sb_json_begin_object(json, NULL);
    sb_json_value(json, "within", &ball->loss, true);
    sb_json_string(json, "promise", sb_ball_promise_name(ball->promise));
    sb_json_value(json, "radius", ball->found ? &ball->radius : NULL, exact);
    sb_json_bool(json, "largest", ball->found && ball->largest);
    sb_json_value(json, "guaranteed", ball->found ? &ball->guaranteed : NULL, exact);
    sb_json_value(json, "spread", ball->found ? &ball->spread : NULL, exact);
    write_bets(json, answer->environment, ball);
    write_kept(json, "kept", answer->environment, entry->has_kept ? &entry->kept : NULL);
    sb_json_string(json, "reason", ball->found ? NULL : ball->reason);
    sb_json_string(json, "proof", sb_proof_name(ball->proof));
    sb_json_end_object(json);
}

static void write_optimum(sb_json *json, const sb_ball_answer *answer)
{
    bool optimal = answer->optimum.status == SB_LP_OPTIMAL;
    sb_json_begin_object(json, "optimum");
    sb_json_value(json, "revenue", optimal ? &answer->optimum.revenue : NULL,
                  answer->optimum.proof == SB_PROOF_EXACT);
    sb_json_begin_array(json, "kept");
    for (size_t i = 0; answer->optimum_kept != NULL && i < answer->losses->count; i++) {
        write_kept(json, NULL, answer->environment, &answer->optimum_kept[i]);
    }
    sb_json_end_array(json);
    sb_json_end_object(json);
}

void sb_json_ball(sb_text *text, const void *whole)
{
    const sb_ball_answer *answer = whole;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_string(&json, "title", answer->environment->title);
    sb_json_value(&json, "full_surplus", &answer->entries[0].ball.full_surplus, true);
    sb_json_begin_array(&json, "balls");
    for (size_t i = 0; i < answer->count; i++) {
        write_entry(&json, answer, &answer->entries[i]);
    }
    sb_json_end_array(&json);
    write_optimum(&json, answer);
    sb_json_others(&json, "others", answer->environment, 0);
    sb_json_notes(&json, "notes", &answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}

void sb_csv_ball(sb_text *text, const void *whole)
{
    static const char *const numbers[] = {"radius", "guaranteed", "spread", "kept"};
    const sb_ball_answer *answer = whole;
    sb_csv csv;
    sb_csv_init(&csv);
    sb_csv_number_name(&csv, "within");
    sb_csv_field(&csv, "promise");
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        sb_csv_number_name(&csv, numbers[i]);
    }
    sb_csv_field(&csv, "proof");
    sb_csv_end_row(&csv);
    for (size_t i = 0; i < answer->count; i++) {
        const sb_ball_entry *entry = &answer->entries[i];
        const sb_correlation_ball *ball = &entry->ball;
        bool exact = ball->proof == SB_PROOF_EXACT;
        fmpq_t kept;
        fmpq_init(kept);
        fmpq_set_si(kept, 2, 1); /* every belief */
        if (!entry->kept.unlimited) {
            fmpq_set(kept, &entry->kept.radius);
        }
        sb_csv_number(&csv, &ball->loss, true);
        sb_csv_field(&csv, sb_ball_promise_name(ball->promise));
        sb_csv_number(&csv, ball->found ? &ball->radius : NULL, exact);
        sb_csv_number(&csv, ball->found ? &ball->guaranteed : NULL, exact);
        sb_csv_number(&csv, ball->found ? &ball->spread : NULL, exact);
        sb_csv_number(&csv, entry->has_kept ? kept : NULL, true);
        sb_csv_field(&csv, sb_proof_name(ball->proof));
        sb_csv_end_row(&csv);
        fmpq_clear(kept);
    }
    *text = csv.text;
}
