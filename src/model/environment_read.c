/* Reading environment files: the sections of the document.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/environment_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "sidebet/environment_file.h"

static const char *const short_keys[] = {"title", "signal", "outside", "reports",
                                         "prior", "rules",  "robust"};
static const char *const general_keys[] = {"title",    "agents",  "outcomes", "utilities",
                                           "designer", "outside", "reports",  "signal",
                                           "prior",    "rules",   "robust"};
static const char *const all_keys[] = {"title",    "item",     "units",   "items",    "public-good",
                                       "trade",    "division", "agents",  "outcomes", "utilities",
                                       "designer", "outside",  "reports", "signal",   "prior",
                                       "rules",    "robust"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Every key is known, and goes with the form that the file is written in. */
static sb_status check_keys(const sb_reader *reader, const sb_yaml_node *root,
                            sb_environment_form form)
{
    sb_status status =
        sb_read_check_keys(reader, root, "at the top level", all_keys, COUNT(all_keys));
    bool general = form == SB_FORM_GENERAL;
    const char *const *allowed = general ? general_keys : short_keys;
    size_t count = general ? COUNT(general_keys) : COUNT(short_keys);
    for (size_t index = 0; index < root->count && status == SB_OK; index++) {
        bool found = strcmp(root->keys[index].text, sb_form_name(form)) == 0;
        for (size_t other = 0; other < count && !found; other++) {
            found = strcmp(root->keys[index].text, allowed[other]) == 0;
        }
        if (!found) {
            status = sb_read_fail(
                reader, &root->keys[index],
                form == SB_FORM_ITEM || general
                    ? "use either item, or agents, outcomes and utilities"
                    : "use one of item, units, items, public-good, trade and division, or agents, "
                      "outcomes and utilities",
                "the key '%s' does not go with '%s'", root->keys[index].text, sb_form_name(form));
        }
    }
    return status;
}

/* The form whose key is there, SB_FORM_COUNT for none. */
static sb_environment_form find_form(const sb_yaml_node *root)
{
    int form = 0;
    while (form < SB_FORM_COUNT &&
           sb_yaml_find(root, sb_form_name((sb_environment_form)form), 1) == NULL) {
        form++;
    }
    return (sb_environment_form)form;
}

static sb_status read_description(const sb_reader *reader, const sb_yaml_node *root,
                                  sb_environment **environment)
{
    sb_environment_form form = find_form(root);
    if (form == SB_FORM_COUNT) {
        sb_status status =
            sb_read_check_keys(reader, root, "at the top level", all_keys, COUNT(all_keys));
        return status != SB_OK
                   ? status
                   : sb_read_fail(reader, root, "write item: {bidders: [{values: [1, 2]}]}",
                                  "there is neither item nor agents");
    }
    sb_status status = check_keys(reader, root, form);
    if (status != SB_OK) {
        return status;
    }
    switch (form) {
    case SB_FORM_ITEM:
        return sb_read_item(reader, root, environment);
    case SB_FORM_GENERAL:
        return sb_read_general(reader, root, environment);
    default:
        return sb_read_form(reader, root, form, environment);
    }
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
    status = read_description(reader, root, environment);
    if (status == SB_OK) {
        status = read_title(reader, root, *environment);
    }
    if (status == SB_OK) {
        status = sb_read_outside(reader, root, *environment);
    }
    if (status == SB_OK) {
        status = sb_read_reports(reader, root, *environment);
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

/* Files of commands lie beside environments and are easily taken for one. */
static void point_to_commands(const char *path, sb_error *error)
{
    if (sb_text_path_ends_in(path, ".sbt")) {
        sb_error_set_hint(error, "the name is that of a tour: sidebet tour FILE plays it");
    } else if (sb_text_path_ends_in(path, ".sb")) {
        sb_error_set_hint(error, "the name is that of a file of commands: sidebet run FILE");
    }
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
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    if (sb_text_path_ends_in(path, ".csv")) {
        status = sb_environment_parse_csv(text, length, name, environment, notes, error);
    } else {
        status = sb_environment_parse(text, length, name, environment, notes, error);
    }
    if (status != SB_OK) {
        point_to_commands(path, error);
    }
    free(text);
    return status;
}
