/* Reading certificates: the head and the environment.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A certificate is read strictly: every key is known and belongs to the status, every profile and
 * every rule occurs once.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "mechanism/certificate_parts.h"
#include "model/environment_read.h"
#include "sidebet/environment_file.h"

void sb_certificate_init(sb_certificate *certificate)
{
    *certificate = (sb_certificate){.status = SB_LP_FAILED};
    fmpq_init(&certificate->objective);
}

void sb_certificate_clear(sb_certificate *certificate)
{
    fmpq_clear(&certificate->objective);
    sb_environment_free(certificate->environment);
    sb_mechanism_free(certificate->mechanism);
    sb_mechanism_free(certificate->direction);
    for (size_t k = 0; k < certificate->multiplier_count; k++) {
        fmpq_clear(&certificate->multipliers[k].value);
    }
    free(certificate->multipliers);
    sb_certificate_init(certificate);
}

static int compare_sizes(size_t left, size_t right)
{
    return (left > right) - (left < right);
}

int sb_constraint_compare(const sb_constraint *left, const sb_constraint *right)
{
    int order = compare_sizes((size_t)left->kind, (size_t)right->kind);
    order = order != 0 ? order : compare_sizes(left->profile, right->profile);
    order = order != 0 ? order : compare_sizes(left->agent, right->agent);
    order = order != 0 ? order : compare_sizes(left->type, right->type);
    order = order != 0 ? order : compare_sizes(left->report, right->report);
    return order != 0 ? order : compare_sizes(left->others, right->others);
}

/* ---- the environment inside ---- */

/* Where a line of the embedded text stands in the file: that can be said of a literal block. */
typedef struct embedding {
    bool literal;
    int line;   /* of the block's mark */
    int indent; /* of the text's lines */
} embedding;

static embedding find_embedding(const char *text, size_t length, const sb_yaml_node *node)
{
    const char *at = text;
    const char *end = text + length;
    for (int line = 1; line < node->line && at != NULL; line++) {
        at = memchr(at, '\n', (size_t)(end - at));
        at = at == NULL ? NULL : at + 1;
    }
    embedding found = {.line = node->line};
    if (at == NULL || node->column < 1 || end - at < node->column || at[node->column - 1] != '|') {
        return found;
    }
    at = memchr(at, '\n', (size_t)(end - at));
    for (at = at == NULL ? end : at + 1; at < end && *at == ' '; at++) {
        found.indent++;
    }
    found.literal = true;
    return found;
}

static sb_status read_environment(const sb_reader *reader, const char *text, size_t length,
                                  const sb_yaml_node *node, sb_environment **environment)
{
    char found[96];
    if (node->kind != SB_YAML_SCALAR || node->length == 0) {
        return sb_read_fail(reader, node, "write it as a block: environment: | and the lines below",
                            "expected the text of an environment, found %s",
                            sb_read_found(node, found));
    }
    sb_error inner;
    sb_error_clear(&inner);
    sb_yaml_node *root = NULL;
    sb_status status = sb_yaml_load(node->text, node->length, reader->name, &root, &inner);
    const sb_yaml_node *prior =
        root != NULL && root->kind == SB_YAML_MAPPING ? sb_yaml_find(root, "prior", 0) : NULL;
    bool elsewhere =
        prior != NULL && prior->kind == SB_YAML_MAPPING && sb_yaml_find(prior, "csv", 0) != NULL;
    sb_yaml_free(root);
    if (elsewhere) {
        return sb_read_fail(reader, node, "write the prior as lists",
                            "the environment takes its prior from another file");
    }
    if (status == SB_OK) {
        status =
            sb_environment_parse(node->text, node->length, reader->name, environment, NULL, &inner);
    }
    if (status == SB_OK) {
        return SB_OK;
    }
    embedding place = find_embedding(text, length, node);
    sb_error_set(reader->error, status, "%s", inner.message);
    sb_error_set_hint(reader->error, "%s", inner.hint);
    bool known = place.literal && inner.line > 0;
    sb_error_set_place(reader->error, reader->name, known ? place.line + inner.line : node->line,
                       known && inner.column > 0 ? place.indent + inner.column : node->column);
    return status;
}

/* ---- the head ---- */

static sb_status read_version(const sb_reader *reader, const sb_yaml_node *root)
{
    const sb_yaml_node *node = sb_yaml_find(root, SB_CERTIFICATE_KEY, 0);
    if (node == NULL) {
        return sb_read_fail(reader, root,
                            "it begins with " SB_CERTIFICATE_KEY ": 1, see sidebet(5)",
                            "this is no certificate");
    }
    unsigned long long version = 0;
    sb_status status =
        sb_read_whole(reader, node, "the version of a certificate", 0, 1000, &version);
    if (status == SB_OK && version != SB_CERTIFICATE_VERSION) {
        status = sb_read_fail(reader, node, "a newer sidebet may read it",
                              "certificates of version %llu are unknown here; the version is %d",
                              version, SB_CERTIFICATE_VERSION);
    }
    return status;
}

static sb_status read_status(const sb_reader *reader, const sb_yaml_node *node,
                             sb_lp_status *status)
{
    static const sb_lp_status known[] = {SB_LP_OPTIMAL, SB_LP_INFEASIBLE, SB_LP_UNBOUNDED};
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        if (node->kind == SB_YAML_SCALAR && strcmp(node->text, sb_lp_status_name(known[k])) == 0) {
            *status = known[k];
            return SB_OK;
        }
    }
    char found[96];
    return sb_read_fail(reader, node, "write optimal, infeasible or unbounded",
                        "the status of a certificate cannot be %s", sb_read_found(node, found));
}

/* What goes with each status; the first four are needed always. */
typedef struct part {
    const char *key;
    bool needed[3]; /* by sb_lp_status */
} part;
static const part parts[] = {
    {SB_CERTIFICATE_KEY, {true, true, true}}, {"status", {true, true, true}},
    {"environment", {true, true, true}},      {"objective", {true, false, false}},
    {"mechanism", {true, false, true}},       {"multipliers", {true, true, false}},
    {"direction", {false, false, true}},
};
enum { PART_COUNT = sizeof parts / sizeof parts[0] };

static sb_status check_parts(const sb_reader *reader, const sb_yaml_node *root, sb_lp_status status)
{
    for (size_t k = 0; k < PART_COUNT; k++) {
        const sb_yaml_node *node = sb_yaml_find(root, parts[k].key, k);
        if ((node != NULL) == parts[k].needed[status]) {
            continue;
        }
        return node == NULL
                   ? sb_read_fail(reader, root, NULL, "the key '%s' is missing", parts[k].key)
                   : sb_read_fail(reader, node, "remove it",
                                  "the key '%s' does not go with 'status: %s'", parts[k].key,
                                  sb_lp_status_name(status));
    }
    return SB_OK;
}

static sb_status read_head(const sb_reader *reader, const sb_yaml_node *root,
                           sb_certificate *certificate)
{
    const char *keys[PART_COUNT];
    for (size_t k = 0; k < PART_COUNT; k++) {
        keys[k] = parts[k].key;
    }
    sb_status status = sb_read_want_mapping(reader, root, "a certificate",
                                            "it begins with " SB_CERTIFICATE_KEY ": 1, see "
                                            "sidebet(5)");
    if (status == SB_OK) {
        status = read_version(reader, root);
    }
    if (status == SB_OK) {
        status = sb_read_check_keys(reader, root, "in a certificate", keys, PART_COUNT);
    }
    const sb_yaml_node *node = status == SB_OK ? sb_yaml_find(root, "status", 1) : NULL;
    if (status == SB_OK) {
        status = node == NULL ? sb_read_fail(reader, root, NULL, "the key 'status' is missing")
                              : read_status(reader, node, &certificate->status);
    }
    return status == SB_OK ? check_parts(reader, root, certificate->status) : status;
}

static sb_status read_parts(const sb_reader *reader, const char *text, size_t length,
                            const sb_yaml_node *root, sb_certificate *certificate)
{
    sb_status status = read_head(reader, root, certificate);
    if (status != SB_OK) {
        return status;
    }
    status = read_environment(reader, text, length, sb_yaml_find(root, "environment", 2),
                              &certificate->environment);
    const sb_yaml_node *node = sb_yaml_find(root, "objective", 2);
    if (status == SB_OK && node != NULL) {
        status = sb_certificate_read_number(reader, node, "the objective", &certificate->objective);
    }
    node = sb_yaml_find(root, "mechanism", 4);
    if (status == SB_OK && node != NULL) {
        status = sb_certificate_read_mechanism(reader, node, certificate);
    }
    node = sb_yaml_find(root, "direction", 4);
    if (status == SB_OK && node != NULL) {
        status = sb_certificate_read_direction(reader, node, certificate);
    }
    node = sb_yaml_find(root, "multipliers", 4);
    if (status == SB_OK && node != NULL) {
        status = sb_certificate_read_multipliers(reader, node, certificate);
    }
    return status;
}

sb_status sb_certificate_parse(const char *text, size_t length, const char *name,
                               sb_certificate *certificate, sb_error *error)
{
    sb_reader reader = {.name = name, .error = error};
    sb_yaml_node *root = NULL;
    sb_status status = sb_yaml_load(text, length, name, &root, error);
    if (status == SB_OK) {
        status = read_parts(&reader, text, length, root, certificate);
    }
    sb_yaml_free(root);
    return status;
}
