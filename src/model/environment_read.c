/* Reading environment files: the sections of the document.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/environment_read.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/text.h"
#include "sidebet/environment_file.h"

static const char *const item_keys[] = {"title", "item",  "signal", "outside",
                                        "prior", "rules", "robust"};
static const char *const general_keys[] = {"title",   "agents", "outcomes", "utilities", "designer",
                                           "outside", "signal", "prior",    "rules",     "robust"};
static const char *const all_keys[] = {"title",     "item",     "agents",  "outcomes",
                                       "utilities", "designer", "outside", "signal",
                                       "prior",     "rules",    "robust"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Every key is known, and goes with the form that the file is written in. */
static sb_status check_keys(const sb_reader *reader, const sb_yaml_node *root, bool item)
{
    sb_status status =
        sb_read_check_keys(reader, root, "at the top level", all_keys, COUNT(all_keys));
    const char *const *allowed = item ? item_keys : general_keys;
    size_t count = item ? COUNT(item_keys) : COUNT(general_keys);
    for (size_t index = 0; index < root->count && status == SB_OK; index++) {
        bool found = false;
        for (size_t other = 0; other < count && !found; other++) {
            found = strcmp(root->keys[index].text, allowed[other]) == 0;
        }
        if (!found) {
            status = sb_read_fail(reader, &root->keys[index],
                                  "use either item, or agents, outcomes and utilities",
                                  "the key '%s' does not go with '%s'", root->keys[index].text,
                                  item ? "item" : "agents");
        }
    }
    return status;
}

static sb_status read_title(const sb_reader *reader, const sb_yaml_node *root,
                            sb_environment *environment)
{
    const sb_yaml_node *title = sb_yaml_find(root, "title", 0);
    if (title == NULL || (title->kind == SB_YAML_SCALAR && title->length == 0)) {
        return SB_OK;
    }
    const char *text = NULL;
    sb_status status = sb_read_text(reader, title, "the title", &text);
    if (status == SB_OK) {
        status = sb_read_place(reader, title,
                               sb_environment_set_title(environment, text, reader->error));
    }
    return status;
}

static sb_status read_sections(const sb_reader *reader, const sb_yaml_node *root,
                               sb_environment **environment)
{
    sb_status status = sb_read_want_mapping(reader, root, "an environment",
                                            "begin with item: or agents:, see sidebet(5)");
    if (status != SB_OK) {
        return status;
    }
    bool item = sb_yaml_find(root, "item", 1) != NULL;
    bool general = sb_yaml_find(root, "agents", 1) != NULL;
    if (item || general) {
        status = check_keys(reader, root, item);
    } else {
        status = sb_read_check_keys(reader, root, "at the top level", all_keys, COUNT(all_keys));
        if (status == SB_OK) {
            status = sb_read_fail(reader, root, "write item: {bidders: [{values: [1, 2]}]}",
                                  "there is neither item nor agents");
        }
    }
    if (status == SB_OK) {
        status = item ? sb_read_item(reader, root, environment)
                      : sb_read_general(reader, root, environment);
    }
    if (status == SB_OK) {
        status = read_title(reader, root, *environment);
    }
    if (status == SB_OK) {
        status = sb_read_outside(reader, root, *environment);
    }
    const sb_yaml_node *prior = sb_yaml_find(root, "prior", 2);
    if (status == SB_OK) {
        status = prior == NULL ? sb_read_fail(reader, root,
                                              "write prior: as nested lists, one level a player",
                                              "the prior is missing")
                               : sb_read_prior(reader, prior, *environment);
    }
    const sb_yaml_node *rules = sb_yaml_find(root, "rules", 3);
    if (status == SB_OK && rules != NULL) {
        status = sb_read_rules(reader, rules, *environment);
    }
    const sb_yaml_node *robust = sb_yaml_find(root, "robust", 4);
    if (status == SB_OK && robust != NULL) {
        status = sb_read_robust(reader, robust, *environment);
    }
    if (status == SB_OK) {
        sb_read_note_prior(*environment, reader->notes);
    }
    return status;
}

sb_status sb_environment_parse(const char *text, size_t length, const char *name,
                               sb_environment **environment, sb_notes *notes, sb_error *error)
{
    *environment = NULL;
    sb_reader reader = {.name = name, .notes = notes, .error = error};
    sb_yaml_node *root = NULL;
    sb_environment *made = NULL;
    sb_status status = sb_yaml_load(text, length, name, &root, error);
    if (status == SB_OK) {
        status = read_sections(&reader, root, &made);
    }
    sb_yaml_free(root);
    if (status != SB_OK) {
        sb_environment_free(made);
        return status;
    }
    *environment = made;
    return SB_OK;
}

sb_status sb_environment_read(const char *path, sb_environment **environment, sb_notes *notes,
                              sb_error *error)
{
    *environment = NULL;
    char *text = NULL;
    size_t length = 0;
    sb_status status = sb_text_read_file(path, SB_YAML_MAX_BYTES, &text, &length, error);
    if (status != SB_OK) {
        return status;
    }
    size_t size = strlen(path);
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    if (size > 4 && strcasecmp(path + size - 4, ".csv") == 0) {
        status = sb_environment_parse_csv(text, length, name, environment, notes, error);
    } else {
        status = sb_environment_parse(text, length, name, environment, notes, error);
    }
    free(text);
    return status;
}
