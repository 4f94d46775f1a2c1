/* Inside the command language: the table's entries, and what a command gets to work with.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_COMMAND_H
#define SB_SESSION_COMMAND_H

#include "base/text.h"
#include "session/commands.h"
#include "session/state.h"
#include "session/table_list.h"
#include "session/words.h"

typedef struct sb_command sb_command;

typedef struct sb_call {
    sb_session *session;
    const sb_command *command;
    size_t count; /* arguments, the command's name not counted */
    char **arguments;
    sb_words *words; /* the name and the arguments; joining words changes count: see sb_call_join */
    sb_text *output; /* for a person; never NULL */
    sb_table_list *tables; /* where the tables go, with the output so far as the words above them;
                              NULL: into the output, as text */
    bool for_message;      /* the output becomes the one-line message of the explorer */
    bool warning;          /* set by the command: the message is a warning */
    sb_asked *asked; /* of sb_run_expect: filled with the answer in place of comparing it with the
                        last argument, which is a placeholder then; NULL: compare */
    sb_error *error; /* never NULL */
} sb_call;

struct sb_command {
    sb_command_description description;
    sb_status (*run)(sb_call *call);
    size_t least, most; /* arguments */
    size_t joined;      /* the words from this argument on are one text; 0: no (no command has a
                           text first but those with joined == SB_JOIN_ALL) */
    bool needs_environment;
    sb_rule rule;                /* of sb_run_rule */
    const char *const *in_tours; /* the first words that a tour may give with it; NULL: it may not
                                    come in a tour at all: see sb_command_in_tours */
};

#define SB_JOIN_ALL  ((size_t)-1)
#define SB_ANY_COUNT ((size_t)64)

size_t sb_command_table_count(void);
const sb_command *sb_command_table_at(size_t index);
/* May a tour give this command, with this first word (NULL: alone)? Nothing that writes or leaves,
 * nor the reader's own settings. */
bool sb_command_in_tours(const sb_command *command, const char *word);
/* By whole name, short name or the beginning of one name only. NULL, with an error that names the
 * nearest command or those that begin so. */
const sb_command *sb_command_lookup(const char *word, sb_error *error);

/* ---- help for commands ---- */

/* Usage error with the synopsis. */
sb_status sb_call_wrong(sb_call *call);
/* Join arguments [from, to) into one. */
sb_status sb_call_join(sb_call *call, size_t from, size_t to, const char *separator);
const sb_environment *sb_call_environment(const sb_call *call);
/* A file's name, freed by the caller; NULL with an error. */
char *sb_call_file(sb_call *call, size_t argument);
/* A file that cannot be read is a mistake of the command: status, as that. */
sb_status sb_call_blame(sb_call *call, sb_status status);
/* The name of a file to write, as sb_call_file; NULL with an error where it is the environment's
 * own, or exists already, unless replacing was asked for (anyway). `again` is what asks for that,
 * less the file: "simulate save!". */
char *sb_call_new_file(sb_call *call, size_t argument, bool anyway, const char *again);
/* Usage error, in the explorer, where leaving would lose more than a few seconds of simulation;
 * otherwise: what does it all the same. */
sb_status sb_call_refuse_unsaved_simulation(sb_call *call, const char *otherwise);
sb_status sb_call_number(sb_call *call, size_t argument, fmpq_t number);
sb_status sb_call_count(sb_call *call, size_t argument, size_t least, size_t most, size_t *number);
/* on, off, or (argument absent) the other way round. */
sb_status sb_call_switch(sb_call *call, bool *value);
sb_status sb_call_player(sb_call *call, size_t argument, size_t *player);
sb_status sb_call_agent(sb_call *call, size_t argument, size_t *agent);
sb_status sb_call_type(sb_call *call, size_t argument, size_t player, size_t *type);
/* One of the items or assets, by name or position. */
sb_status sb_call_good(sb_call *call, size_t argument, size_t *good);
/* A profile out of the arguments [from, to), joined: `1 2`, `1,2`, `(low, rain)`. */
sb_status sb_call_profile(sb_call *call, size_t from, size_t to, size_t *profile);
/* Index of the argument in the NULL-terminated list; usage error that lists it. */
sb_status sb_call_choice(sb_call *call, size_t argument, const char *const *choices,
                         size_t *choice);

/* The end of a table: it goes into the output, or where the tables go; cleared. */
void sb_call_table(sb_call *call, sb_text_table *table);

/* A copy of the environment to change; NULL with an error when memory runs out. */
sb_environment *sb_call_begin(sb_call *call);
/* The same, with the text that will be logged, begun by the command's name. */
sb_status sb_call_begin_named(sb_call *call, const char *name, sb_environment **copy,
                              sb_text *command);
/* End of a change: status SB_OK makes the copy current and logs the text of the command; else the
 * copy is dropped. Both are taken over; returns the first failure. */
sb_status sb_call_commit(sb_call *call, sb_environment *copy, sb_text *command, sb_status status);

/* A blank, and then a name that is found again from anywhere, quoted as needed. */
void sb_names_player(sb_text *text, const sb_environment *environment, size_t player);
void sb_names_type(sb_text *text, const sb_environment *environment, size_t player, size_t type);
void sb_names_profile(sb_text *text, const sb_environment *environment, size_t profile);
void sb_names_outcome(sb_text *text, const sb_environment *environment, size_t outcome);
/* What an entry of an agent's types is about: see sb_environment_entry_name. */
void sb_names_entry(sb_text *text, const sb_environment *environment, size_t agent, size_t entry);
void sb_names_good(sb_text *text, const sb_environment *environment, size_t good);
void sb_names_number(sb_text *text, const fmpq_t number);
sb_status sb_names_find_outcome(const sb_environment *environment, const char *label,
                                size_t *outcome, sb_error *error);

/* Set one entry of a type, see sb_environment_set_entry, as `value` or `utility` do. */
sb_status sb_set_entry(sb_call *call, size_t agent, size_t type, size_t entry, const fmpq_t number);

/* ---- the commands ---- */

sb_status sb_run_open(sb_call *call);
sb_status sb_run_open_anyway(sb_call *call);
sb_status sb_run_save(sb_call *call);
sb_status sb_run_save_anyway(sb_call *call);
sb_status sb_run_reload(sb_call *call);
sb_status sb_run_import(sb_call *call);
sb_status sb_run_title(sb_call *call);
sb_status sb_run_write_script(sb_call *call);
sb_status sb_run_write_script_anyway(sb_call *call);
sb_status sb_run_recover(sb_call *call);

sb_status sb_run_set(sb_call *call);
sb_status sb_run_nudge(sb_call *call);
sb_status sb_run_step(sb_call *call);
sb_status sb_run_mass(sb_call *call);
sb_status sb_run_uniform(sb_call *call);
sb_status sb_run_independent(sb_call *call);
sb_status sb_run_normalise(sb_call *call);

sb_status sb_run_value(sb_call *call);
sb_status sb_run_utility(sb_call *call);
sb_status sb_run_outside(sb_call *call);
sb_status sb_run_designer(sb_call *call);
sb_status sb_run_reserve(sb_call *call);
sb_status sb_run_cost(sb_call *call);
sb_status sb_run_add_type(sb_call *call);
sb_status sb_run_remove_type(sb_call *call);
sb_status sb_run_rename_type(sb_call *call);
sb_status sb_run_rename(sb_call *call);
sb_status sb_run_add_signal(sb_call *call);
sb_status sb_run_remove_signal(sb_call *call);

sb_status sb_run_rename_good(sb_call *call);
sb_status sb_run_rename_use(sb_call *call);
sb_status sb_run_reports(sb_call *call);
/* What `show reports` prints (command_reports.c). */
sb_status sb_show_reports(sb_call *call);

sb_status sb_run_rule(sb_call *call);
sb_status sb_run_rule_next(sb_call *call);

sb_status sb_run_undo(sb_call *call);
sb_status sb_run_redo(sb_call *call);
sb_status sb_run_history(sb_call *call);

sb_status sb_run_solve(sb_call *call);
sb_status sb_run_show(sb_call *call);
sb_status sb_run_expect(sb_call *call);
sb_status sb_run_ask(sb_call *call);
sb_status sb_run_tour(sb_call *call);

sb_status sb_run_select(sb_call *call);
sb_status sb_run_move(sb_call *call);
sb_status sb_run_edit(sb_call *call);
sb_status sb_run_pane(sb_call *call);
sb_status sb_run_scroll(sb_call *call);
sb_status sb_run_screen(sb_call *call);
sb_status sb_run_conditionals(sb_call *call);
sb_status sb_run_fractions(sb_call *call);
sb_status sb_run_redraw(sb_call *call);
sb_status sb_run_command(sb_call *call);

sb_status sb_run_payments_shown(sb_call *call);
sb_status sb_run_sensitivity(sb_call *call);
sb_status sb_run_lambda(sb_call *call);
sb_status sb_run_curve(sb_call *call);
sb_status sb_run_freeze(sb_call *call);
sb_status sb_run_thaw(sb_call *call);
sb_status sb_run_replies(sb_call *call);
sb_status sb_run_geometry_word(sb_call *call);
/* What show prints of the picture. */
sb_status sb_show_geometry(sb_call *call);
sb_status sb_run_search(sb_call *call);
sb_status sb_run_filter(sb_call *call);
sb_status sb_run_list(sb_call *call);
sb_status sb_run_agent(sb_call *call);
sb_status sb_run_baseline(sb_call *call);
sb_status sb_show_auctions(sb_call *call);
sb_status sb_run_lp_word(sb_call *call);
sb_status sb_run_incentives_word(sb_call *call);
/* What show prints of the program. */
sb_status sb_show_lp(sb_call *call);
struct sb_design_listing;
sb_status sb_lp_format_text(sb_call *call, const struct sb_design_listing *listing, char **text);
sb_status sb_show_incentives(sb_call *call);
/* What completion offers behind a word of lp or incentives (NULL: nothing), or whether files. */
const char *const *sb_lp_words_after(const char *word, bool *file);
sb_status sb_run_simulate_word(sb_call *call);
/* What completion offers behind a word of simulate (NULL: nothing), or whether files. */
const char *const *sb_simulate_words_after(const char *word, bool *file);
sb_status sb_show_simulation(sb_call *call);
sb_status sb_run_robust_word(sb_call *call);
/* What completion offers behind a word of robust; NULL: nothing. */
const char *const *sb_robust_words_after(const char *word);

/* What `show` prints of the parts that are computed where wanted (command_show_wanted.c). */
sb_status sb_show_wanted(sb_call *call, const char *what);
sb_status sb_show_found(sb_call *call, const char *what);
void sb_show_mechanism(sb_call *call, const sb_mechanism *mechanism, sb_proof proof);
/* What it prints of what was given (command_show_given.c). */
sb_status sb_show_prior(sb_call *call);
sb_status sb_show_values(sb_call *call);
sb_status sb_show_rules(sb_call *call);
/* What it prints of beliefs (command_show_conditions.c). */
void sb_show_conditions(sb_call *call, const sb_extraction *known);
sb_status sb_show_conditionals(sb_call *call);
/* The robust run (command_show_robust.c): whether `what` is of it, and then it is shown. */
bool sb_show_is_robust(const char *what);
sb_status sb_show_robust(sb_call *call, const char *what);

sb_status sb_run_presenter(sb_call *call);
sb_status sb_run_theme(sb_call *call);
sb_status sb_run_colour(sb_call *call);
sb_status sb_run_mouse(sb_call *call);
sb_status sb_run_session(sb_call *call);
sb_status sb_run_copy(sb_call *call);
sb_status sb_run_palette(sb_call *call);
sb_status sb_run_recent(sb_call *call);
sb_status sb_run_hints(sb_call *call);
sb_status sb_run_bind(sb_call *call);
sb_status sb_run_unbind(sb_call *call);
sb_status sb_run_write_config(sb_call *call);
sb_status sb_run_write_config_anyway(sb_call *call);
/* Whether what a command says may give away what a presenter hides (presenter.c). */
bool sb_command_answers(const sb_command_description *command);
/* Any part that `show` knows, as text or tables, also in the explorer (command_show.c). */
sb_status sb_show_part(sb_call *call, const char *what);
const char *const *sb_show_parts(void);
/* Figures, data, tables and reports in files (command_export.c). */
sb_status sb_run_figure(sb_call *call);
sb_status sb_run_figure_anyway(sb_call *call);
sb_status sb_run_data(sb_call *call);
sb_status sb_run_data_anyway(sb_call *call);
sb_status sb_run_table(sb_call *call);
sb_status sb_run_table_anyway(sb_call *call);
sb_status sb_run_report(sb_call *call);
sb_status sb_run_report_anyway(sb_call *call);

sb_status sb_run_echo(sb_call *call);
sb_status sb_run_help(sb_call *call);
sb_status sb_run_find(sb_call *call);
/* Go to the help screen: all keys and commands, from the top. */
void sb_help_open(sb_display *display);
sb_status sb_run_quit(sb_call *call);
sb_status sb_run_quit_anyway(sb_call *call);

#endif
