/* A whole session as one page of HTML.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sections are those of the screens, in their order, each of the same tables that `show` prints
 * and the same plots that the screen draws. What does not apply says why in a sentence. Nothing is
 * fetched from anywhere, and no time of day is written, so that the page can be compared.
 */
#include "cli/report_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/exporter.h"
#include "cli/report_style.h"
#include "session/table_list.h"
#include "sidebet/design.h"
#include "sidebet/environment_file.h"

enum { MOST_STEPS = 60 };

typedef struct page {
    sb_session *session;
    sb_text *text;
    sb_error *error;
} page;

/* Memory and the machinery end the page; what the model has not is a sentence in it. */
static bool fatal(sb_status status)
{
    return status == SB_ERROR_MEMORY || status == SB_ERROR_CANCELLED;
}

static void escaped(const page *to, const char *words)
{
    sb_escape_html(to->text, words == NULL ? "" : words);
}

static void paragraph(const page *to, const char *kind, const char *words)
{
    sb_text_add_format(to->text, "<p class=\"%s\">", kind);
    escaped(to, words);
    sb_text_add(to->text, "</p>\n");
}

/* ---- parts of sections ---- */

static sb_status add_tables(const page *to, const char *part)
{
    sb_table_list list;
    sb_table_list_init(&list);
    sb_error cause;
    sb_error_clear(&cause);
    sb_status status = sb_session_tables(to->session, part, &list, &cause);
    if (status == SB_OK) {
        sb_table_list_write(&list, SB_TABLE_HTML, to->text);
    } else if (fatal(status)) {
        *to->error = cause;
    } else {
        paragraph(to, "missing", cause.message);
        status = SB_OK;
    }
    sb_table_list_clear(&list);
    return status;
}

/* The drawing alone: without the head of a file of its own, and without the name space, which a
 * page needs not and which looks like a link. */
static void add_drawing(const page *to, const sb_figure *figure, const char *name)
{
    double width;
    double height;
    sb_figure_size(figure, &width, &height);
    sb_text drawing;
    sb_text_init(&drawing);
    sb_pen_svg(&drawing, width, height, name, sb_figure_draw, figure);
    static const char space[] = " xmlns=\"http://www.w3.org/2000/svg\"";
    const char *head = drawing.failed ? NULL : strstr(drawing.bytes, space);
    if (head == NULL) {
        to->text->failed = true;
    } else {
        sb_text_add(to->text, "<svg");
        sb_text_add(to->text, head + sizeof space - 1);
    }
    sb_text_clear(&drawing);
}

static void add_numbers(const page *to, sb_view_figure *shown)
{
    sb_text_add(to->text, "<details><summary>The numbers</summary>\n");
    sb_table_write(sb_view_figure_numbers(shown), SB_TABLE_HTML, to->text);
    sb_text_add(to->text, "</details>\n");
}

/* The figure of the screen in hand. */
static void add_figure(const page *to, bool numbers)
{
    sb_view_figure shown;
    sb_view_figure_of(to->session, &shown);
    if (shown.count == 0) {
        paragraph(to, "missing", shown.missing);
    } else {
        sb_figure figure = sb_exporter_figure(to->session, &shown);
        sb_text name;
        sb_text_init(&name);
        for (size_t k = 0; k < shown.count; k++) {
            sb_text_add_format(&name, "%s%s", k > 0 ? "; " : "", shown.plots[k].title);
        }
        figure.title = "";
        figure.caption = "";
        sb_text_add(to->text, "<figure>\n");
        add_drawing(to, &figure, name.failed ? "" : name.bytes);
        sb_text_add(to->text, "<figcaption>");
        escaped(to, shown.caption == NULL ? name.bytes : shown.caption);
        sb_text_add(to->text, "</figcaption>\n</figure>\n");
        sb_text_clear(&name);
        if (numbers) {
            add_numbers(to, &shown);
        }
    }
    sb_view_figure_clear(&shown);
}

static sb_status look(const page *to, sb_screen screen)
{
    sb_error cause;
    sb_error_clear(&cause);
    sb_status status = sb_session_look(to->session, screen, &cause);
    if (fatal(status)) {
        *to->error = cause;
        return status;
    }
    return SB_OK;
}

/* ---- sections ---- */

static bool always(const sb_session *session)
{
    (void)session;
    return true;
}

static sb_status environment_section(const page *to)
{
    static const char *const parts[] = {"prior", "conditionals", "values", "rules"};
    sb_status status = look(to, SB_SCREEN_TABLE);
    if (status == SB_OK) {
        add_figure(to, false);
    }
    for (size_t k = 0; k < sizeof parts / sizeof parts[0] && status == SB_OK; k++) {
        status = add_tables(to, parts[k]);
    }
    const sb_environment *environment = sb_session_environment(to->session);
    if (status == SB_OK && sb_environment_has_reporting_sets(environment, SB_NOWHERE)) {
        status = add_tables(to, "reports");
    }
    return status;
}

static sb_status answers_section(const page *to)
{
    return add_tables(to, "results");
}

static sb_status mechanism_section(const page *to)
{
    sb_status status = add_tables(to, "smallest");
    return status == SB_OK ? add_tables(to, "binding") : status;
}

static sb_status incentives_section(const page *to)
{
    size_t agents = sb_session_environment(to->session)->agent_count;
    sb_status status = SB_OK;
    for (size_t agent = 0; agent < agents && status == SB_OK; agent++) {
        sb_session_look_at_agent(to->session, agent);
        status = look(to, SB_SCREEN_INCENTIVES);
        if (status == SB_OK) {
            add_figure(to, true);
        }
    }
    return status;
}

static sb_status conditions_section(const page *to)
{
    return add_tables(to, "conditions");
}

static sb_status geometry_section(const page *to)
{
    sb_status status = look(to, SB_SCREEN_GEOMETRY);
    if (status == SB_OK) {
        add_figure(to, true);
    }
    return status;
}

static sb_status baselines_section(const page *to)
{
    sb_status status = look(to, SB_SCREEN_BASELINES);
    if (status == SB_OK) {
        add_figure(to, false);
        status = add_tables(to, "auctions");
    }
    return status;
}

static sb_status blow_up_section(const page *to)
{
    sb_status status = look(to, SB_SCREEN_BLOW_UP);
    for (int cap = 0; cap < 2 && status == SB_OK; cap++) {
        sb_session_look_at(to->session, cap == 1, SB_ROBUST_BOUND);
        add_figure(to, true);
    }
    return status;
}

static bool frozen(const sb_session *session)
{
    return sb_session_belief(session) != NULL;
}

static sb_status misbelief_section(const page *to)
{
    sb_status status = add_tables(to, "misbelief");
    status = status == SB_OK ? look(to, SB_SCREEN_MISBELIEF) : status;
    if (status == SB_OK) {
        add_figure(to, true);
    }
    return status;
}

static bool robust(const sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    return environment->agent_count == 1 && environment->has_signal &&
           environment->robust.kind != SB_SET_NONE;
}

static sb_status robust_section(const page *to)
{
    sb_status status = look(to, SB_SCREEN_ROBUST);
    status = status == SB_OK ? add_tables(to, "robust") : status;
    status = status == SB_OK ? add_tables(to, "steps") : status;
    for (int price = 0; price < 2 && status == SB_OK; price++) {
        sb_session_look_at(to->session, false, price == 1 ? SB_ROBUST_PRICE : SB_ROBUST_BOUND);
        add_figure(to, price == 1);
    }
    return status;
}

static bool simulated(const sb_session *session)
{
    const sb_simulation *simulation = sb_session_simulation(session);
    return simulation != NULL && sb_simulation_done(simulation) > 0;
}

static sb_status simulation_section(const page *to)
{
    sb_status status = look(to, SB_SCREEN_SIMULATE);
    if (status == SB_OK) {
        add_figure(to, false);
        status = add_tables(to, "simulation");
    }
    return status;
}

/* ---- how it came about ---- */

static bool changed(const sb_session *session)
{
    return sb_session_done_count(session) > 0;
}

static sb_status add_step(const page *to, sb_design_solver *solver, sb_text_table *table, size_t k)
{
    const sb_environment *environment = sb_session_done_environment(to->session, k);
    sb_text_table_add(table, k == 0 ? "at the start" : sb_session_done_command(to->session, k - 1));
    sb_solution solution;
    sb_solution_init(&solution);
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.cancel = sb_session_cancel(to->session);
    sb_status status = sb_design_solve(environment, solver, &options, &solution, to->error);
    bool solved = status == SB_OK;
    if (solved && solution.status == SB_LP_OPTIMAL) {
        table->unproved = solution.proof != SB_PROOF_EXACT;
        sb_text_table_add_number(table, &solution.objective, false);
        sb_text_table_add_number(table, &solution.max_payment, false);
    } else {
        sb_text_table_add(table, solved ? sb_lp_status_name(solution.status) : "not known");
        sb_text_table_add(table, "");
    }
    sb_text_table_add(table, solved ? sb_solution_proof_words(&solution) : "");
    sb_solution_clear(&solution);
    return fatal(status) ? status : SB_OK;
}

static sb_status steps_section(const page *to)
{
    static const char *const headings[] = {"command", "optimum", "largest payment (vertex)",
                                           "proof"};
    size_t count = sb_session_done_count(to->session);
    size_t from = count > MOST_STEPS ? count - MOST_STEPS : 0;
    sb_design_solver *solver = sb_design_solver_new();
    if (solver == NULL) {
        return sb_out_of_memory(to->error);
    }
    sb_text_table table;
    sb_text_table_init(&table, sizeof headings / sizeof headings[0], 1);
    table.headings = headings;
    sb_status status = SB_OK;
    for (size_t k = from; k <= count && status == SB_OK; k++) {
        status = add_step(to, solver, &table, k);
    }
    sb_table_write(&table, SB_TABLE_HTML, to->text);
    sb_text_table_clear(&table);
    sb_design_solver_free(solver);
    return status;
}

static void add_listing(const page *to, const char *words, const char *listing)
{
    paragraph(to, "words", words);
    sb_text_add(to->text, "<pre>");
    for (const char *line = listing; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        char *copy = sb_copy_text_part(line, length);
        to->text->failed = to->text->failed || copy == NULL;
        escaped(to, copy);
        free(copy);
        sb_text_add(to->text, "\n");
        line += length + (line[length] == '\n');
    }
    sb_text_add(to->text, "</pre>\n");
}

static sb_status repeat_section(const page *to)
{
    sb_error cause;
    sb_error_clear(&cause);
    char *script = sb_session_script(to->session, &cause);
    if (script != NULL) {
        add_listing(to, "The commands that led here; sidebet run repeats them.", script);
    } else {
        paragraph(to, "missing", cause.message);
    }
    free(script);
    char *file = NULL;
    sb_status status = sb_environment_format(sb_session_environment(to->session), &file, to->error);
    if (status == SB_OK) {
        add_listing(to, "The environment as it is now, as a file that sidebet reads.", file);
    }
    free(file);
    return status;
}

/* ---- the page ---- */

static const struct {
    const char *id, *title;
    bool (*applies)(const sb_session *session);
    sb_status (*write)(const page *to);
} sections[] = {
    {"environment", "The environment", always, environment_section},
    {"answers", "Answers", always, answers_section},
    {"mechanism", "The mechanism with the smallest payments", always, mechanism_section},
    {"incentives", "Who would misreport as whom", always, incentives_section},
    {"conditions", "Full surplus extraction", always, conditions_section},
    {"geometry", "Beliefs and values", always, geometry_section},
    {"baselines", "Beside well-known mechanisms", always, baselines_section},
    {"blow-up", "Toward independence, and under bounds on payments", always, blow_up_section},
    {"misbelief", "The frozen mechanism under this truth", frozen, misbelief_section},
    {"robust", "Robust to wrong beliefs", robust, robust_section},
    {"simulation", "Simulation", simulated, simulation_section},
    {"steps", "Step by step", changed, steps_section},
    {"repeat", "How to repeat it", always, repeat_section},
};
enum { section_count = sizeof sections / sizeof sections[0] };

static void add_head(const page *to)
{
    const char *title = sb_session_environment(to->session)->title;
    title = title[0] == '\0' ? "A mechanism under correlated valuations" : title;
    sb_text_add(to->text,
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, "
                "initial-scale=1\">\n<meta name=\"generator\" content=\"sidebet " SB_VERSION
                "\">\n<title>");
    escaped(to, title);
    sb_text_add(to->text, "</title>\n<style>\n");
    sb_text_add(to->text, sb_report_style());
    sb_text_add(to->text, "</style>\n</head>\n<body>\n<header>\n<h1>");
    escaped(to, title);
    sb_text_add(to->text, "</h1>\n<p>Written by sidebet " SB_VERSION
                          ". Numbers are exact unless a sign \xE2\x89\x88 or the word floating "
                          "says otherwise.</p>\n</header>\n<nav aria-label=\"Sections\">\n<ol>\n");
    for (size_t k = 0; k < section_count; k++) {
        if (sections[k].applies(to->session)) {
            sb_text_add_format(to->text, "<li><a href=\"#%s\">%s</a></li>\n", sections[k].id,
                               sections[k].title);
        }
    }
    sb_text_add(to->text, "</ol>\n</nav>\n<main>\n");
}

sb_status sb_report_page(sb_session *session, sb_text *text, sb_error *error)
{
    if (sb_session_environment(session) == NULL) {
        sb_error_set(error, SB_ERROR_USAGE, "no environment is open");
        sb_error_set_hint(error, "open one: open FILE");
        return SB_ERROR_USAGE;
    }
    const page to = {session, text, error};
    add_head(&to);
    sb_status status = SB_OK;
    for (size_t k = 0; k < section_count && status == SB_OK; k++) {
        if (!sections[k].applies(session)) {
            continue;
        }
        status = sb_session_report_reaches(session, sections[k].title, error);
        if (status != SB_OK) {
            return status;
        }
        sb_text_add_format(text, "<section id=\"%s\" aria-labelledby=\"%s-title\">\n",
                           sections[k].id, sections[k].id);
        sb_text_add_format(text, "<h2 id=\"%s-title\">%s</h2>\n", sections[k].id,
                           sections[k].title);
        sb_session_view *view = sb_session_keep_view(session);
        if (view == NULL) {
            return sb_out_of_memory(error);
        }
        status = sections[k].write(&to);
        sb_session_restore_view(session, view);
        sb_text_add(text, "</section>\n");
    }
    sb_text_add(text, "</main>\n</body>\n</html>\n");
    return status;
}
