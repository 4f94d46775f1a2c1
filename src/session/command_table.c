/* The table of commands.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A rule is a command of the same name. Its entry repeats the names in the table of rules, since
 * tables are constant data; the tests compare the two, so that a rule or a choice added there and
 * not here is found. What each choice means is read from the table of rules alone.
 */
#include <string.h>

#include "session/command.h"
#include "session/expect.h"

static const char *const reports_words[] = {"any", "only", "also", "not", NULL};
static const char *const mass_words[] = {"free", "scale", "row", "marginals", "next", NULL};
static const char *const step_words[] = {"finer", "coarser", NULL};
static const char *const nudge_words[] = {"up", "down", NULL};
static const char *const recover_words[] = {"discard", NULL};
static const char *const rule_words[] = {"ic", "ir", "objective", "payments", "deterministic",
                                         NULL};
static const char *const ic_words[] = {"bayes-nash", "ex-post", "none", NULL};
static const char *const ir_words[] = {"ex-ante", "ex-interim", "ex-post", "none", NULL};
static const char *const objective_words[] = {"revenue",  "welfare",  "agents",
                                              "designer", "weights:", NULL};
static const char *const payments_words[] = {"free",       "none",     "bounded:", "no-subsidies",
                                             "no-deficit", "balanced", NULL};
static const char *const deterministic_words[] = {"false", "true", NULL};
static const char *const show_words[] = {
    "prior",     "conditionals", "results", "mechanism",  "conditions", "binding",
    "rules",     "reports",      "values",  "smallest",   "sweep",      "cap",
    "misbelief", "sensitivity",  "robust",  "steps",      "price",      "simulation",
    "auctions",  "geometry",     "lp",      "incentives", NULL};
static const char *const robust_words[] = {
    "step",       "back",   "run",     "round", "box",       "wider", "narrower", "none",
    "everything", "tables", "samples", "draw",  "objective", "cuts",  "begin",    "type",
    "view",       "freeze", "save",    "save!", "zoom",      NULL};
static const char *const simulate_words[] = {
    "start",       "pause", "toggle",  "cancel",      "restore", "truth",      "samples", "epsilon",
    "correlation", "types", "signals", "repetitions", "seed",    "mechanisms", "level",   "axis",
    "point",       "csv",   "csv!",    "save",        "save!",   "load",       NULL};
static const char *const geometry_words[] = {"agent", "signals", "components", "usual", "type",
                                             "value", "belief",  "zoom",       NULL};
static const char *const move_words[] = {"left",         "right",          "up",        "down",
                                         "first",        "last",           "row-first", "row-last",
                                         "column-first", "column-last",    "page-up",   "page-down",
                                         "slice-next",   "slice-previous", NULL};
static const char *const pane_words[] = {"next",      "previous",   "prior",   "values",
                                         "mechanism", "conditions", "binding", NULL};
static const char *const screen_words[] = {"table",      "blow-up",  "geometry",  "misbelief",
                                           "robust",     "simulate", "baselines", "lp",
                                           "incentives", "help",     NULL};
static const char *const baseline_words[] = {
    "next",           "previous", "freeze",       "optimum",     "full-surplus", "ex-post",
    "no-correlation", "vcg",      "second-price", "first-price", "myerson",      NULL};
static const char *const lp_words[] = {"rule", "order", "go", "back", "write", "write!", NULL};
static const char *const incentive_words[] = {"agent", "others", "slack", "replies", "go", NULL};
static const char *const shown_words[] = {"vertex", "smallest", "next", NULL};
static const char *const curve_words[] = {"sweep", "cap", "next", "point", NULL};
static const char *const search_words[] = {"stop", "go-on", "toggle", NULL};
static const char *const agent_words[] = {"next", "previous", "all", NULL};
static const char *const replies_words[] = {"next", "previous", "curve", NULL};
static const char *const tour_words[] = {"next",   "back", "step", "stay", "leave",
                                         "resume", "list", "up",   "down", NULL};
static const char *const find_words[] = {"next", "previous", NULL};
static const char *const presenter_words[] = {"on", "off", "next", "all", "hide", NULL};
static const char *const colour_words[] = {"good", "bad",     "warning", "error", "negative", "dim",
                                           "key",  "revenue", "surplus", "other", NULL};
static const char *const session_words[] = {"save", "restore", NULL};
static const char *const copy_words[] = {"number",   "table",     "csv",    "latex",
                                         "markdown", "mechanism", "script", NULL};
static const char *const theme_words[] = {"default", "projector", "light", "mono", NULL};
static const char *const switch_words[] = {"on", "off", NULL};

/* Which first words a tour may give with a command. A tour shows and changes what is explored: it
 * writes no file, leaves nothing, and lets the reader's settings, keys and clipboard be. */
static const char *const any_word[] = {NULL};
static const char *const robust_in_tours[] = {
    "step",  "back",       "run",    "round",   "box",  "wider",     "narrower",
    "none",  "everything", "tables", "samples", "draw", "objective", "cuts",
    "begin", "type",       "view",   "freeze",  "zoom", NULL};
static const char *const simulate_in_tours[] = {
    "start",   "pause",       "toggle", "cancel",  "restore",     "truth", "samples",
    "epsilon", "correlation", "types",  "signals", "repetitions", "seed",  "mechanisms",
    "level",   "axis",        "point",  "load",    NULL};
static const char *const lp_in_tours[] = {"rule", "order", "go", "back", NULL};

/* An entry is a name and its group, how it is written, what it does, more about it, its arguments;
 * then the function, the least and the most arguments, from which on they are one text, whether an
 * environment must be open, the rule it is about, and whether it may come in a tour. */
/* clang-format off */
#define FILE_ARGUMENT {SB_ARGUMENT_FILE}
#define NO_ARGUMENT   {SB_ARGUMENT_NONE}
#define CHOICE        {SB_ARGUMENT_CHOICE}
#define IN_TOURS      any_word
#define NOT_IN_TOURS  NULL

static const sb_command table[] = {
    /* ---- File ---- */
    {{"open", "File", "open FILE",
      "explore another file",
      "Refused while changes are unsaved; open! gives them up. The history starts anew. A file "
      "whose name ends in .csv is read as a table of two bidders.",
      FILE_ARGUMENT, NULL},
     sb_run_open, 1, 1, 0, false, 0, IN_TOURS},
    {{"open!", "File", "open! FILE",
      "explore another file, giving up unsaved changes",
      "",
      FILE_ARGUMENT, NULL},
     sb_run_open_anyway, 1, 1, 0, false, 0, NOT_IN_TOURS},
    {{"save", "File", "save [FILE]",
      "write the environment to its file, or to another",
      "The file holds the old or the new text, never less. Another file becomes the session's "
      "own; one that exists already, or was changed by another program, is replaced only by "
      "save!.",
      FILE_ARGUMENT, NULL},
     sb_run_save, 0, 1, 0, true, 0, NOT_IN_TOURS},
    {{"save!", "File", "save! [FILE]",
      "write to a file even if it exists, or was changed by another program",
      "",
      FILE_ARGUMENT, NULL},
     sb_run_save_anyway, 0, 1, 0, true, 0, NOT_IN_TOURS},
    {{"reload", "File", "reload",
      "go back to what is in the file",
      "It can be undone.",
      NO_ARGUMENT, NULL},
     sb_run_reload, 0, 0, 0, true, 0, NOT_IN_TOURS},
    {{"recent", "File", "recent [NUMBER]",
      "list the files that the explorer opened lately, or open one of them",
      "",
      {SB_ARGUMENT_NUMBER}, NULL},
     sb_run_recent, 0, 1, 0, false, 0, NOT_IN_TOURS},
    {{"session", "File", "session save|restore",
      "keep the exploration as it is now, or bring back the one kept last",
      "Kept are the file's name, the changes since it was saved and those undone, what is frozen as "
      "far as the log leads there, the cursor and the screen. Bring it back on another day, in a "
      "session without unsaved changes.",
      CHOICE, session_words},
     sb_run_session, 1, 1, 0, false, 0, NOT_IN_TOURS},
    {{"import", "File", "import FILE",
      "take the prior from a CSV table",
      "For two players; the table must have as many rows and columns as they have types. A "
      "header row and column are skipped.",
      FILE_ARGUMENT, NULL},
     sb_run_import, 1, 1, 0, true, 0, IN_TOURS},
    {{"title", "File", "title TEXT",
      "name the environment",
      "",
      {SB_ARGUMENT_TEXT}, NULL},
     sb_run_title, 1, SB_ANY_COUNT, SB_JOIN_ALL, true, 0, IN_TOURS},
    {{"write-script", "File", "write-script FILE",
      "write the commands that led here from the file on disk",
      "`sidebet run` repeats them. A file that exists already is replaced only by write-script!.",
      FILE_ARGUMENT, NULL},
     sb_run_write_script, 1, 1, 0, true, 0, NOT_IN_TOURS},
    {{"write-script!", "File", "write-script! FILE",
      "write them to a file even if it exists",
      "",
      FILE_ARGUMENT, NULL},
     sb_run_write_script_anyway, 1, 1, 0, true, 0, NOT_IN_TOURS},
    {{"figure", "File", "figure FILE.svg|FILE.pdf|FILE.png",
      "draw the plot of the screen in hand into a file",
      "The ending chooses the format. Table: the prior, the beliefs or the derivatives as a heat "
      "map; blow-up: the sweep or, where it has the cursor, the payment cap; geometry; misbelief: "
      "the curve; robust: the falling bound or the price; simulate; incentives: the graph, of many "
      "types a table; baselines: bars. A file that exists already is replaced only by figure!.",
      FILE_ARGUMENT, NULL},
     sb_run_figure, 1, 1, 0, true, 0, NOT_IN_TOURS},
    {{"figure!", "File", "figure! FILE.svg|FILE.pdf|FILE.png",
      "draw it into a file even if it exists",
      "",
      FILE_ARGUMENT, NULL},
     sb_run_figure_anyway, 1, 1, 0, true, 0, NOT_IN_TOURS},
    {{"data", "File", "data FILE.csv",
      "write the numbers behind the plot of the screen in hand",
      "CSV: each number as the nearest decimal, and as an exact fraction where it is proved. A "
      "file that exists already is replaced only by data!.",
      FILE_ARGUMENT, NULL},
     sb_run_data, 1, 1, 0, true, 0, NOT_IN_TOURS},
    {{"data!", "File", "data! FILE.csv",
      "write them even if the file exists",
      "",
      FILE_ARGUMENT, NULL},
     sb_run_data_anyway, 1, 1, 0, true, 0, NOT_IN_TOURS},
    {{"table", "File", "table PART FILE.tex|FILE.md|FILE.csv",
      "write a part of what is known as LaTeX, Markdown or CSV",
      "The parts are those of show, in the same tables. The ending chooses the format: LaTeX is a "
      "booktabs tabular to be read with \\input. A file that exists already is replaced only by "
      "table!.",
      {SB_ARGUMENT_CHOICE, SB_ARGUMENT_FILE}, show_words},
     sb_run_table, 2, 2, 0, true, 0, NOT_IN_TOURS},
    {{"table!", "File", "table! PART FILE.tex|FILE.md|FILE.csv",
      "write it even if the file exists",
      "",
      {SB_ARGUMENT_CHOICE, SB_ARGUMENT_FILE}, show_words},
     sb_run_table_anyway, 2, 2, 0, true, 0, NOT_IN_TOURS},
    {{"report", "File", "report FILE.html",
      "write all that is known as a page that needs no other file",
      "The table, the rules, the answers and their proofs, the mechanism, the conditions, the "
      "curves and pictures of the screens, what was simulated, and the commands that led here. "
      "What is not known yet is computed first; the explorer goes on meanwhile, and Ctrl-C or K "
      "stops it: then nothing is written. The report is of the table at the command. A file that "
      "exists already is replaced only by report!.",
      FILE_ARGUMENT, NULL},
     sb_run_report, 1, 1, 0, true, 0, NOT_IN_TOURS},
    {{"report!", "File", "report! FILE.html",
      "write it even if the file exists",
      "",
      FILE_ARGUMENT, NULL},
     sb_run_report_anyway, 1, 1, 0, true, 0, NOT_IN_TOURS},
    {{"recover", "File", "recover [discard]",
      "bring back unsaved work of an earlier session",
      "It can be undone. `recover discard` deletes that work.",
      CHOICE, recover_words},
     sb_run_recover, 0, 1, 0, true, 0, NOT_IN_TOURS},

    /* ---- Prior ---- */
    {{"set", "Prior", "set PROFILE NUMBER",
      "give a profile a new probability (mode free: weight)",
      "Types are joined by commas: set 1,2 0.25. Numbers are decimals or fractions. What the "
      "other cells do is the mass mode's business: see mass.",
      {SB_ARGUMENT_PROFILE, SB_ARGUMENT_NUMBER}, NULL},
     sb_run_set, 2, SB_ANY_COUNT, 0, true, 0, IN_TOURS},
    {{"nudge", "Prior", "nudge [PROFILE] up|down [STEP]",
      "move a number by a step",
      "Without a profile: the number under the cursor, also in the values pane. Without a step: "
      "the one that step set.",
      {SB_ARGUMENT_PROFILE, SB_ARGUMENT_CHOICE, SB_ARGUMENT_NUMBER}, nudge_words},
     sb_run_nudge, 1, SB_ANY_COUNT, 0, true, 0, IN_TOURS},
    {{"step", "Prior", "step NUMBER|finer|coarser",
      "set the step of nudge",
      "finer and coarser divide and multiply it by ten.",
      CHOICE, step_words},
     sb_run_step, 1, 1, 0, false, 0, IN_TOURS},
    {{"mass", "Prior", "mass free|scale|row|marginals|next",
      "choose what the other cells do when one is set",
      "free: numbers are weights, shown normalised. scale: the others change in proportion. row:"
      " the rest of the row gives way. marginals: every player's marginal stays, only "
      "correlation moves.",
      CHOICE, mass_words},
     sb_run_mass, 1, 1, 0, false, 0, IN_TOURS},
    {{"uniform", "Prior", "uniform",
      "make all profiles equally likely",
      "",
      NO_ARGUMENT, NULL},
     sb_run_uniform, 0, 0, 0, true, 0, IN_TOURS},
    {{"independent", "Prior", "independent",
      "make the prior the product of its marginals",
      "",
      NO_ARGUMENT, NULL},
     sb_run_independent, 0, 0, 0, true, 0, IN_TOURS},
    {{"lambda", "Prior", "lambda NUMBER",
      "move the prior along the line from independence through it",
      "0 is the product of the marginals, 1 the prior where the line starts, more is beyond it. "
      "Consecutive ones start from the same prior and are one step of the history.",
      {SB_ARGUMENT_NUMBER}, NULL},
     sb_run_lambda, 1, 1, 0, true, 0, IN_TOURS},
    {{"normalise", "Prior", "normalise",
      "divide the weights by their sum",
      "",
      NO_ARGUMENT, NULL},
     sb_run_normalise, 0, 0, 0, true, 0, IN_TOURS},

    /* ---- Types ---- */
    {{"value", "Types", "value AGENT TYPE [OF] NUMBER",
      "set what the item is worth to a type",
      "OF names an item or an asset where a type has a value of each.",
      {SB_ARGUMENT_PLAYER, SB_ARGUMENT_TYPE, SB_ARGUMENT_TEXT, SB_ARGUMENT_NUMBER}, NULL},
     sb_run_value, 3, 4, 0, true, 0, IN_TOURS},
    {{"utility", "Types", "utility AGENT TYPE OUTCOME NUMBER",
      "set what an outcome is worth to a type",
      "For environments with outcomes of their own.",
      {SB_ARGUMENT_PLAYER, SB_ARGUMENT_TYPE, SB_ARGUMENT_OUTCOME, SB_ARGUMENT_NUMBER}, NULL},
     sb_run_utility, 4, 4, 0, true, 0, IN_TOURS},
    {{"outside", "Types", "outside AGENT TYPE NUMBER",
      "set what not taking part is worth to a type",
      "",
      {SB_ARGUMENT_PLAYER, SB_ARGUMENT_TYPE, SB_ARGUMENT_NUMBER}, NULL},
     sb_run_outside, 3, 3, 0, true, 0, IN_TOURS},
    {{"reserve", "Types", "reserve [ITEM] NUMBER",
      "set what keeping the item is worth to the seller",
      "ITEM names one where there are several.",
      {SB_ARGUMENT_TEXT, SB_ARGUMENT_NUMBER}, NULL},
     sb_run_reserve, 1, 2, 0, true, 0, IN_TOURS},
    {{"cost", "Types", "cost NUMBER",
      "set what providing the public good costs",
      "",
      {SB_ARGUMENT_NUMBER}, NULL},
     sb_run_cost, 1, 1, 0, true, 0, IN_TOURS},
    {{"designer", "Types", "designer OUTCOME NUMBER",
      "set the designer's own value of an outcome",
      "For environments with outcomes of their own.",
      {SB_ARGUMENT_OUTCOME, SB_ARGUMENT_NUMBER}, NULL},
     sb_run_designer, 2, 2, 0, true, 0, IN_TOURS},
    {{"add-type", "Types", "add-type PLAYER LABEL [VALUE]",
      "add a last type",
      "Its weights are zero. For a single item the value may be left out where the label is a "
      "number.",
      {SB_ARGUMENT_PLAYER, SB_ARGUMENT_TEXT, SB_ARGUMENT_NUMBER}, NULL},
     sb_run_add_type, 2, 3, 0, true, 0, IN_TOURS},
    {{"remove-type", "Types", "remove-type PLAYER TYPE",
      "remove a type and its row of the prior",
      "",
      {SB_ARGUMENT_PLAYER, SB_ARGUMENT_TYPE}, NULL},
     sb_run_remove_type, 2, 2, 0, true, 0, IN_TOURS},
    {{"rename-type", "Types", "rename-type PLAYER TYPE LABEL",
      "give a type another label",
      "",
      {SB_ARGUMENT_PLAYER, SB_ARGUMENT_TYPE, SB_ARGUMENT_TEXT}, NULL},
     sb_run_rename_type, 3, SB_ANY_COUNT, 2, true, 0, IN_TOURS},
    {{"rename", "Types", "rename PLAYER NAME",
      "give an agent or the signal another name",
      "",
      {SB_ARGUMENT_PLAYER, SB_ARGUMENT_TEXT}, NULL},
     sb_run_rename, 2, SB_ANY_COUNT, 1, true, 0, IN_TOURS},
    {{"rename-good", "Types", "rename-good ITEM NAME",
      "give an item or an asset another name",
      "The labels of outcomes follow.",
      {SB_ARGUMENT_TEXT, SB_ARGUMENT_TEXT}, NULL},
     sb_run_rename_good, 2, SB_ANY_COUNT, 1, true, 0, IN_TOURS},
    {{"rename-use", "Types", "rename-use ASSET USE WORDS",
      "call what may become of an asset something else",
      "WORDS come after the asset's name, as `sold` in house sold.",
      {SB_ARGUMENT_TEXT, SB_ARGUMENT_TEXT, SB_ARGUMENT_TEXT}, NULL},
     sb_run_rename_use, 3, SB_ANY_COUNT, 2, true, 0, IN_TOURS},
    {{"reports", "Types", "reports AGENT TYPE any|only|also|not [TYPE]...",
      "choose which types a type may report (partial verification)",
      "any: all types. only: itself and the types that follow, without one itself alone. also and "
      "not: what it may report already, with or without these. A type may always report itself. "
      "show reports prints the sets.",
      {SB_ARGUMENT_PLAYER, SB_ARGUMENT_TYPE, SB_ARGUMENT_CHOICE, SB_ARGUMENT_TYPE}, reports_words},
     sb_run_reports, 3, SB_MAX_PROFILES, 0, true, 0, IN_TOURS},
    {{"add-signal", "Types", "add-signal LABEL",
      "add a last signal",
      "Its weights are zero.",
      {SB_ARGUMENT_TEXT}, NULL},
     sb_run_add_signal, 1, SB_ANY_COUNT, SB_JOIN_ALL, true, 0, IN_TOURS},
    {{"remove-signal", "Types", "remove-signal LABEL",
      "remove a signal",
      "",
      {SB_ARGUMENT_TEXT}, NULL},
     sb_run_remove_signal, 1, SB_ANY_COUNT, SB_JOIN_ALL, true, 0, IN_TOURS},

    /* ---- History ---- */
    {{"undo", "History", "undo [N]",
      "take back the last change, or the last N",
      "",
      {SB_ARGUMENT_NUMBER}, NULL},
     sb_run_undo, 0, 1, 0, true, 0, IN_TOURS},
    {{"redo", "History", "redo [N]",
      "do again what was undone",
      "",
      {SB_ARGUMENT_NUMBER}, NULL},
     sb_run_redo, 0, 1, 0, true, 0, IN_TOURS},
    {{"history", "History", "history",
      "list what was done and what was undone",
      "",
      NO_ARGUMENT, NULL},
     sb_run_history, 0, 0, 0, true, 0, IN_TOURS},

    /* ---- Answers ---- */
    {{"solve", "Answers", "solve",
      "find a best mechanism and say in one line what it earns",
      "",
      NO_ARGUMENT, NULL},
     sb_run_solve, 0, 0, 0, true, 0, IN_TOURS},
    {{"search", "Answers", "search stop|go-on|toggle",
      "stop the search for a deterministic mechanism, or go on with it",
      "In the explorer. The best mechanism so far is kept; how much better another could be is "
      "its gap.",
      CHOICE, search_words},
     sb_run_search, 1, 1, 0, true, 0, IN_TOURS},
    {{"show", "Answers", "show PART",
      "print a part of what is known",
      "prior, conditionals, values, rules, reports: what was given. results, mechanism, conditions, binding: the answers."
      " smallest: the optimal mechanism with the smallest payments. sweep, cap: revenue and payments"
      " along the line from independence, and revenue under a bound on payments. sensitivity: what"
      " moving a cell would change. misbelief: the frozen mechanism under this table. robust, "
      "steps: the robust run's round in hand, and the rounds up to it. price: revenue against the "
      "size of the box. simulation: what it has found so far. geometry: the picture that geometry "
      "chose. auctions: well-known mechanisms beside the best. In the explorer: go to where it is "
      "shown.",
      CHOICE, show_words},
     sb_run_show, 1, 1, 0, true, 0, IN_TOURS},
    {{"expect", "Answers", "expect WHAT [WHICH] ANSWER",
      "fail unless an answer is as said",
      "Numbers must be exactly right. " SB_EXPECT_SENTENCES,
      {SB_ARGUMENT_CHOICE, SB_ARGUMENT_TEXT, SB_ARGUMENT_TEXT}, sb_expect_words},
     sb_run_expect, 2, SB_ANY_COUNT, 0, true, 0, IN_TOURS},
    {{"ask", "Answers", "ask WHAT [WHICH]",
      "print one answer",
      "What expect compares: `ask revenue` prints the number and whether it is proved.",
      {SB_ARGUMENT_CHOICE, SB_ARGUMENT_TEXT}, sb_expect_words},
     sb_run_ask, 1, SB_ANY_COUNT, 0, true, 0, IN_TOURS},
    {{"freeze", "Answers", "freeze",
      "keep the mechanism and its prior as a belief; later tables are the truth it meets",
      "The mechanism is the one shown: see payments-shown. It must be proved optimal.",
      NO_ARGUMENT, NULL},
     sb_run_freeze, 0, 0, 0, true, 0, IN_TOURS},
    {{"thaw", "Answers", "thaw",
      "give up the frozen mechanism",
      "",
      NO_ARGUMENT, NULL},
     sb_run_thaw, 0, 0, 0, true, 0, IN_TOURS},

    /* ---- Robust ---- */
    {{"robust", "Robust", "robust WORD [VALUE]...",
      "make the mechanism hold for every belief in a set, step by step",
      "One bidder and a signal. step [N], back [N], round N: move along the rounds of the cutting "
      "planes; run [VIOLATION]: to the end, or until no rule is broken by more. box RADIUS, none, "
      "everything, wider, narrower: the set around each type's belief; tables LOWER UPPER: its "
      "bounds, from two CSV files. samples FILE and draw N (from this prior) put the posterior mean "
      "in the prior's place and intervals in the set's; they take epsilon NUMBER, alpha NUMBER, "
      "level per-element|row|simultaneous, method beta|quantiles, seed NUMBER. objective "
      "estimate|worst-case, cuts one|type|all, begin estimate|nothing: how the run goes. freeze: keep "
      "the round's mechanism as a belief, as freeze does with the Bayesian one. type "
      "LABEL|next|previous|worst, view bound|numbers|price, zoom: what the screen shows. save FILE: the "
      "rounds so far as CSV, which sidebet robust --replay checks; save! replaces a file.",
      {SB_ARGUMENT_CHOICE, SB_ARGUMENT_TEXT, SB_ARGUMENT_TEXT, SB_ARGUMENT_TEXT}, robust_words},
     sb_run_robust_word, 1, SB_ANY_COUNT, 0, true, 0, robust_in_tours},

    /* ---- Geometry ---- */
    {{"geometry", "Geometry", "geometry WORD [VALUE]...",
      "draw beliefs and values, and the bets between them",
      "agent NAME|next: whose types. signals NAME [NAME [NAME]]: what is at the corners; of more than three "
      "signals one or two stand against all the others together, three are drawn given that it is one of them. "
      "components: the two directions in which the beliefs differ most, or back. usual: all signals "
      "where there are at most three, else components. type LABEL|next|previous: the type in hand; value "
      "up|down raises or lowers what it is worth by a hundred steps, belief left|right moves its belief by ten. zoom: all beliefs, or only those near the types'.",
      {SB_ARGUMENT_CHOICE, SB_ARGUMENT_TEXT, SB_ARGUMENT_TEXT, SB_ARGUMENT_TEXT}, geometry_words},
     sb_run_geometry_word, 1, SB_ANY_COUNT, 0, true, 0, IN_TOURS},

    /* ---- Simulate ---- */
    {{"simulate", "Simulate", "simulate WORD [VALUE]...",
      "what mechanisms learned from samples earn, over and over",
      "start, pause, toggle: it runs in the background, and in scripts to its end. Where the table was "
      "edited since, start begins anew with the table of now and toggle goes on with the one of the "
      "start. cancel gives up what is done; restore brings back what was given up last. truth "
      "table|normal: samples are drawn from the table (one bidder and a signal), or from a bivariate normal of correlation, types and signals (types: as many). "
      "samples, epsilon, correlation, types, signals LIST: what is swept; repetitions N; seed N; "
      "mechanisms LIST, of known-prior, ex-post, bayesian, robust; level "
      "per-element|row|simultaneous. What is done and still true is kept when these change. axis "
      "NAME|next, point next|previous|first|last: what the screen shows. csv FILE: means and "
      "bands; save FILE: every repetition, which load FILE and sidebet merge read; csv! and save! "
      "replace a file.",
      {SB_ARGUMENT_CHOICE, SB_ARGUMENT_TEXT, SB_ARGUMENT_TEXT, SB_ARGUMENT_TEXT}, simulate_words},
     sb_run_simulate_word, 1, SB_ANY_COUNT, 0, false, 0, simulate_in_tours},

    /* ---- Screen ---- */
    {{"select", "Screen", "select PROFILE",
      "move the cursor to a profile",
      "",
      {SB_ARGUMENT_PROFILE}, NULL},
     sb_run_select, 1, SB_ANY_COUNT, 0, true, 0, IN_TOURS},
    {{"move", "Screen", "move DIRECTION",
      "move the cursor, or scroll the pane in hand",
      "left, right, up, down; row-first, row-last, column-first, column-last, first, last; "
      "page-up, page-down; slice-next and slice-previous turn to another table where there are "
      "three players or more.",
      CHOICE, move_words},
     sb_run_move, 1, 1, 0, true, 0, IN_TOURS},
    {{"edit", "Screen", "edit [TEXT]",
      "type a number into the cell under the cursor",
      "Starts with the text, or with the number that is there.",
      {SB_ARGUMENT_TEXT}, NULL},
     sb_run_edit, 0, 1, 0, true, 0, IN_TOURS},
    {{"pane", "Screen", "pane next|previous|NAME",
      "go to another pane",
      "Panes are prior, values, mechanism, conditions and binding.",
      CHOICE, pane_words},
     sb_run_pane, 1, 1, 0, false, 0, IN_TOURS},
    {{"scroll", "Screen", "scroll LINES",
      "scroll the pane in hand",
      "Negative: upwards.",
      {SB_ARGUMENT_NUMBER}, NULL},
     sb_run_scroll, 1, 1, 0, false, 0, IN_TOURS},
    {{"screen", "Screen", "screen NAME",
      "go to another screen",
      "NAME is table, blow-up, geometry, misbelief, robust, simulate, baselines, lp, incentives or "
      "help.",
      CHOICE, screen_words},
     sb_run_screen, 1, 1, 0, false, 0, IN_TOURS},
    {{"conditionals", "Screen", "conditionals [on|off]",
      "show beside the prior what each row's type believes",
      "",
      CHOICE, switch_words},
     sb_run_conditionals, 0, 1, 0, false, 0, IN_TOURS},
    {{"list", "Screen", "list [on|off]",
      "show the prior as a list of profiles",
      "Beside each: what an agent believes there; see agent.",
      CHOICE, switch_words},
     sb_run_list, 0, 1, 0, true, 0, IN_TOURS},
    {{"filter", "Screen", "filter [PLAYER=TYPE]... [TEXT]...",
      "show some profiles only in the lists of the prior and the mechanism",
      "Ann=2 Ben=1 keeps the profiles at which both hold; Ann=1 Ann=2 those at which Ann is one of "
      "these. Another word keeps the profiles with a type whose label holds it. Alone: all again.",
      {SB_ARGUMENT_TEXT, SB_ARGUMENT_TEXT, SB_ARGUMENT_TEXT, SB_ARGUMENT_TEXT}, NULL},
     sb_run_filter, 0, SB_ANY_COUNT, 0, true, 0, IN_TOURS},
    {{"agent", "Screen", "agent NAME|next|previous|all",
      "choose whose beliefs, payments and binding rules are shown",
      "The table's rows are then this agent's types and its columns what all the others are; in "
      "the list stands what the agent believes at each profile.",
      {SB_ARGUMENT_PLAYER}, agent_words},
     sb_run_agent, 1, 1, 0, true, 0, IN_TOURS},
    {{"fractions", "Screen", "fractions [on|off]",
      "show numbers as fractions where they are short",
      "",
      CHOICE, switch_words},
     sb_run_fractions, 0, 1, 0, false, 0, IN_TOURS},
    {{"payments-shown", "Screen", "payments-shown vertex|smallest|next",
      "choose which optimal mechanism is shown",
      "vertex: where the simplex method stopped, or, with many types whose beliefs depend on each "
      "other, fees and side bets. smallest: one whose largest payment is as small as can be, which "
      "is a fact about the prior.",
      CHOICE, shown_words},
     sb_run_payments_shown, 1, 1, 0, false, 0, IN_TOURS},
    {{"sensitivity", "Screen", "sensitivity [on|off]",
      "show on the table what moving each cell would change",
      "The derivative of the optimum by the cell's probability, in the mass mode of now.",
      CHOICE, switch_words},
     sb_run_sensitivity, 0, 1, 0, false, 0, IN_TOURS},
    {{"curve", "Screen", "curve sweep|cap|next|point [NUMBER]",
      "choose which curve of the blow-up screen has the cursor, and at which point",
      "NUMBER counts its points from 1; point NUMBER is of the plot in hand, also on the misbelief "
      "and simulate screens. A click on a plot does this.",
      CHOICE, curve_words},
     sb_run_curve, 1, 2, 0, true, 0, IN_TOURS},
    {{"replies", "Screen", "replies next|previous|curve",
      "choose what the misbelief screen shows: another agent, or the curve",
      "",
      CHOICE, replies_words},
     sb_run_replies, 1, 1, 0, true, 0, IN_TOURS},
    {{"baseline", "Screen", "baseline next|previous|freeze|NAME",
      "choose whose mechanism the baselines screen shows",
      "NAME is optimum, full-surplus, ex-post, no-correlation, vcg, second-price, first-price or "
      "myerson. freeze: keep the chosen mechanism as a belief, as freeze does with the best one.",
      CHOICE, baseline_words},
     sb_run_baseline, 1, 1, 0, true, 0, IN_TOURS},
    {{"lp", "Screen", "lp [WORD ...]",
      "the program itself, with slacks and duals",
      "rule next|previous|all, order: which rows the LP screen shows, and whether those that bind come "
      "first. go: to the cells of the table that the row under the cursor is about; back: from there. "
      "write FILE: the program, for people (.txt), for other solvers (.lp: CPLEX LP, .mps) or as LaTeX "
      "(.tex); write! replaces a file. Alone it opens the screen.",
      {SB_ARGUMENT_CHOICE, SB_ARGUMENT_TEXT}, lp_words},
     sb_run_lp_word, 0, 2, 0, true, 0, lp_in_tours},
    {{"incentives", "Screen", "incentives [WORD ...]",
      "who would misreport as whom",
      "agent NAME|next|previous: whose rules the incentive screen shows. others next|previous|all: "
      "ex-post rules at one profile of the others, or at all. slack: also arrows that do not bind. replies: what the frozen mechanism's types do under this table. go: "
      "to the cells of the table that the arrow under the cursor is about. Alone it opens the screen.",
      {SB_ARGUMENT_CHOICE, SB_ARGUMENT_TEXT}, incentive_words},
     sb_run_incentives_word, 0, 2, 0, true, 0, IN_TOURS},
    {{"copy", "Screen", "copy [number|table|csv|latex|markdown|mechanism|script]",
      "put what is seen on the clipboard",
      "Alone: the number under the cursor. table, mechanism: as show prints them; csv, latex, "
      "markdown: the prior; script: the commands that led here. The terminal must understand the "
      "sequence OSC 52 (in tmux: set -g set-clipboard on). Elsewhere: print it.",
      CHOICE, copy_words},
     sb_run_copy, 0, 1, 0, true, 0, NOT_IN_TOURS},
    {{"palette", "Screen", "palette",
      "find commands, keys and recent files by a few letters",
      "Enter runs what is chosen, or puts it on the command line where more must be said.",
      NO_ARGUMENT, NULL},
     sb_run_palette, 0, 0, 0, false, 0, NOT_IN_TOURS},
    {{"redraw", "Screen", "redraw",
      "paint the screen afresh",
      "",
      NO_ARGUMENT, NULL},
     sb_run_redraw, 0, 0, 0, false, 0, IN_TOURS},
    {{"command", "Screen", "command [TEXT]",
      "open the command line, with a text to complete",
      "",
      {SB_ARGUMENT_TEXT}, NULL},
     sb_run_command, 0, SB_ANY_COUNT, SB_JOIN_ALL, false, 0, NOT_IN_TOURS},

    /* ---- Settings ---- */
    {{"presenter", "Settings", "presenter [on|off|next|all|hide]",
      "hide the answers until a key reveals them",
      "next reveals a stage more of the table in hand: what there is to earn, then the mechanism and "
      "its payments, then the conditions and all the other screens; from there it hides everything "
      "again. Another table is hidden again. A tour's question hides answers in the same way. In the explorer alone: scripts and the prompt answer.",
      CHOICE, presenter_words},
     sb_run_presenter, 0, 1, 0, false, 0, NOT_IN_TOURS},
    {{"theme", "Settings", "theme [default|projector|light|mono]",
      "choose how the explorer looks",
      "projector is black on white, bold, and has fewer words; light has darker colours, for a "
      "light background; mono has none.",
      CHOICE, theme_words},
     sb_run_theme, 0, 1, 0, false, 0, NOT_IN_TOURS},
    {{"colour", "Settings", "colour NAME NUMBER|theme|terminal",
      "give something another colour",
      "NAME is one of good, bad, warning, error, negative, dim, key, and of the bars revenue, "
      "surplus and other; NUMBER one of the terminal's colours, from 0 to 255. theme takes it back, "
      "terminal is the terminal's own colour. No meaning hangs on a colour alone.",
      {SB_ARGUMENT_CHOICE, SB_ARGUMENT_NUMBER}, colour_words},
     sb_run_colour, 2, 2, 0, false, 0, NOT_IN_TOURS},
    {{"hints", "Settings", "hints [on|off]",
      "suggest keys that fit what is seen",
      "At the right end of the message row, where nothing else is said. On in the explorer.",
      CHOICE, switch_words},
     sb_run_hints, 0, 1, 0, false, 0, NOT_IN_TOURS},
    {{"mouse", "Settings", "mouse [on|off]",
      "let clicks and the wheel act",
      "A click selects a cell or a pane and presses a key of the bottom row; the wheel moves up and "
      "down. Off at the start: then the terminal selects text as ever.",
      CHOICE, switch_words},
     sb_run_mouse, 0, 1, 0, false, 0, NOT_IN_TOURS},
    {{"bind", "Settings", "bind KEY COMMAND",
      "let a key run a command",
      "On every screen but the help. A key that does something already is refused: unbind it first. "
      "A command that ends in ... opens the command line: bind C title ...",
      {SB_ARGUMENT_TEXT, SB_ARGUMENT_COMMAND}, NULL},
     sb_run_bind, 2, SB_ANY_COUNT, 1, false, 0, NOT_IN_TOURS},
    {{"unbind", "Settings", "unbind KEY",
      "take away what a key does",
      "",
      {SB_ARGUMENT_TEXT}, NULL},
     sb_run_unbind, 1, 1, 0, false, 0, NOT_IN_TOURS},
    {{"write-config", "Settings", "write-config [FILE]",
      "write the settings of now as a config file",
      "Alone: to the one that explore reads, $XDG_CONFIG_HOME/sidebet/config or "
      "~/.config/sidebet/config. A file that exists is refused.",
      FILE_ARGUMENT, NULL},
     sb_run_write_config, 0, 1, 0, false, 0, NOT_IN_TOURS},
    {{"write-config!", "Settings", "write-config! [FILE]",
      "write the settings of now, whether FILE exists or not",
      "",
      FILE_ARGUMENT, NULL},
     sb_run_write_config_anyway, 0, 1, 0, false, 0, NOT_IN_TOURS},

    /* ---- Session ---- */
    {{"echo", "Session", "echo TEXT",
      "print a text",
      "",
      {SB_ARGUMENT_TEXT}, NULL},
     sb_run_echo, 0, SB_ANY_COUNT, SB_JOIN_ALL, false, 0, IN_TOURS},
    {{"help", "Session", "help [TOPIC]",
      "list commands and keys, or explain a topic",
      "Topics are commands, subcommands, options, keys, sections and entries of the manual pages, and "
      "notions such as FSE. The beginning of a name, or one of its words, will do where it is the "
      "only one.",
      {SB_ARGUMENT_COMMAND}, NULL},
     sb_run_help, 0, SB_ANY_COUNT, SB_JOIN_ALL, false, 0, IN_TOURS},
    {{"find", "Session", "find TEXT|next|previous",
      "go to a text on the help screen",
      "Capitals do not matter.",
      {SB_ARGUMENT_CHOICE}, find_words},
     sb_run_find, 1, SB_ANY_COUNT, SB_JOIN_ALL, false, 0, IN_TOURS},
    {{"quit", "Session", "quit",
      "leave",
      "Refused while changes are unsaved, in the explorer also while more than a few seconds of a "
      "simulation are; quit! gives them up.",
      NO_ARGUMENT, NULL},
     sb_run_quit, 0, 0, 0, false, 0, NOT_IN_TOURS},
    {{"quit!", "Session", "quit!",
      "leave, giving up unsaved changes",
      "",
      NO_ARGUMENT, NULL},
     sb_run_quit_anyway, 0, 0, 0, false, 0, NOT_IN_TOURS},

    /* ---- Tours ---- */
    {{"tour", "Tours", "tour [NAME|NUMBER|FILE|WORD ...]",
      "play a tour: commands and explanations, step by step",
      "list lists the tours that come with sidebet. What is explored is put aside and comes back "
      "unchanged when the tour is left. next, back, step NUMBER: each step is reached anew, whatever was "
      "tried before it. Where a step asks, the explorer hides the answers as presenter does, and next "
      "shows them before it goes on. A step that takes its time is computed in the background; stay, or "
      "Ctrl-C, gives it up. leave; resume, or nothing: the tour left last goes on. up and down move the text "
      "where it is longer than its panel (./next is a file called next).",
      {SB_ARGUMENT_FILE, SB_ARGUMENT_NUMBER}, tour_words},
     sb_run_tour, 0, 2, 0, false, 0, NOT_IN_TOURS},

    /* ---- Rules ---- */
    {{"rule-next", "Rules", "rule-next RULE",
      "go to the next choice of a rule",
      "For all agents: choices of their own end. A choice that takes a number is passed over until "
      "a number has been given once, as in payments bounded:10.",
      CHOICE, rule_words},
     sb_run_rule_next, 1, 1, 0, true, 0, IN_TOURS},
    {{"ic", "Rules", "ic bayes-nash|ex-post|none [AGENT]",
      "choose the rule: incentive compatibility",
      "What each choice means is said under the option --ic. For all agents, or for one "
      "alone; a choice for all ends what agents had of their own.",
      {SB_ARGUMENT_CHOICE, SB_ARGUMENT_PLAYER}, ic_words},
     sb_run_rule, 1, SB_ANY_COUNT, 1, true, SB_RULE_INCENTIVES, IN_TOURS},
    {{"ir", "Rules", "ir ex-ante|ex-interim|ex-post|none [AGENT]",
      "choose the rule: individual rationality",
      "What each choice means is said under the option --ir. For all agents, or for one "
      "alone; a choice for all ends what agents had of their own.",
      {SB_ARGUMENT_CHOICE, SB_ARGUMENT_PLAYER}, ir_words},
     sb_run_rule, 1, SB_ANY_COUNT, 1, true, SB_RULE_PARTICIPATION, IN_TOURS},
    {{"objective", "Rules", "objective revenue|welfare|agents|designer|weights:SUM",
      "choose the rule: objective",
      "What each choice means is said under the option --objective.",
      CHOICE, objective_words},
     sb_run_rule, 1, 1, 0, true, SB_RULE_OBJECTIVE, IN_TOURS},
    {{"payments", "Rules", "payments free|none|bounded:NUMBER|no-subsidies|no-deficit|balanced",
      "choose the rule: payments",
      "What each choice means is said under the option --payments.",
      CHOICE, payments_words},
     sb_run_rule, 1, 1, 0, true, SB_RULE_PAYMENTS, IN_TOURS},
    {{"deterministic", "Rules", "deterministic false|true",
      "choose the rule: deterministic mechanisms",
      "What each choice means is said under the option --deterministic.",
      CHOICE, deterministic_words},
     sb_run_rule, 1, 1, 0, true, SB_RULE_DETERMINISTIC, IN_TOURS},
};
/* clang-format on */

bool sb_command_in_tours(const sb_command *command, const char *word)
{
    if (command->in_tours == NULL || command->in_tours == any_word || word == NULL) {
        return command->in_tours != NULL;
    }
    for (const char *const *allowed = command->in_tours; *allowed != NULL; allowed++) {
        if (strcmp(word, *allowed) == 0) {
            return true;
        }
    }
    return false;
}

size_t sb_command_table_count(void)
{
    return sizeof table / sizeof table[0];
}

const sb_command *sb_command_table_at(size_t index)
{
    return &table[index];
}

const char *const *sb_show_parts(void)
{
    return show_words;
}
