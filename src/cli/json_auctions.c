/* The answer of sidebet auctions as JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include <math.h>

#include "cli/auctions.h"
#include "cli/json_solve.h"

static void write_baseline(sb_json *json, const char *name, const sb_baseline *baseline)
{
    sb_json_begin_object(json, name);
    sb_json_string(json, "status", sb_lp_status_name(baseline->status));
    sb_json_string(json, "proof", sb_proof_name(baseline->proof));
    sb_json_value(json, "objective",
                  baseline->status == SB_LP_OPTIMAL ? &baseline->objective : NULL,
                  baseline->proof == SB_PROOF_EXACT);
    sb_json_end_object(json);
}

static void write_auction(sb_json *json, const sb_environment *environment, sb_auction_kind kind,
                          const sb_auction *auction)
{
    bool applies = auction->applies;
    sb_json_begin_object(json, NULL);
    sb_json_string(json, "name", sb_auction_name(kind));
    sb_json_bool(json, "applies", applies);
    sb_json_string(json, "reason", applies ? NULL : auction->reason);
    sb_json_value(json, "revenue", applies ? &auction->revenue : NULL, true);
    sb_json_value(json, "welfare", applies ? &auction->welfare : NULL, true);
    sb_json_value(json, "reserve_price",
                  applies && auction->has_reserve_price ? &auction->reserve_price : NULL, true);
    sb_json_bool(json, "participation", applies && auction->participation);
    sb_json_bool(json, "tied", applies && auction->tied);
    sb_json_mechanism(json, environment, applies ? auction->mechanism : NULL, true);
    sb_json_end_object(json);
}

void sb_json_auctions(sb_text *text, const sb_auctions_answer *answer)
{
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_string(&json, "title", answer->environment->title);
    write_baseline(&json, "optimum", &answer->optimum);
    write_baseline(&json, "ex_post", &answer->ex_post);
    sb_json_value(&json, "full_surplus", &answer->full_surplus, true);
    sb_json_begin_array(&json, "auctions");
    for (int kind = 0; kind < SB_AUCTION_COUNT; kind++) {
        write_auction(&json, answer->environment, (sb_auction_kind)kind,
                      &answer->auctions.auctions[kind]);
    }
    sb_json_end_array(&json);
    sb_json_rules(&json, answer->environment);
    sb_json_notes(&json, "notes", &answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}
