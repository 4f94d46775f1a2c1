/* The table of keys.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No key is bound twice where two bindings could be in force at once. Letters that act on columns
 * act on rows as capitals (a/A, x/X); the rules have capitals of their own.
 */
#include "session/keys.h"

#include <string.h>

#include "session/palette.h"
#include "session/reporting.h"
#include "session/settings.h"
#include "session/touring.h"

#define PRIOR SB_KEYS_PRIOR
#define TABLE SB_KEYS_TABLE
#define LISTS SB_KEYS_LISTS
#define WORK  SB_KEYS_WORK
#define ENTRY SB_KEYS_ENTRY

static const sb_key_binding bindings[] = {
    /* the numbers: prior and values */
    {"Left h", "move left", "move left", "one column to the left", PRIOR, 88, false},
    {"Right l", "move right", "move right", "one column to the right", PRIOR, 88, false},
    {"Up k", "move up", "move up", "one row up", PRIOR, 88, false},
    {"Down j", "move down", "move down", "one row down", PRIOR, 88, false},
    {"Home", "move row-first", "row start", "first column", PRIOR, 0, false},
    {"End", "move row-last", "row end", "last column", PRIOR, 0, false},
    {"PageUp", "move page-up", "page up", "ten rows up", PRIOR, 0, false},
    {"PageDown", "move page-down", "page down", "ten rows down", PRIOR, 0, false},
    {"g", "move first", "first", "first row and column", PRIOR, 0, false},
    {"G", "move last", "last", "last row and column", PRIOR, 0, false},
    {"[", "move slice-previous", "slice", "previous slice (three players or more)", PRIOR, 10,
     false},
    {"]", "move slice-next", "slice", "next slice (three players or more)", PRIOR, 0, false},
    {"Enter e i", "edit", "edit", "edit the number under the cursor", PRIOR, 90, false},
    {"0 1 2 3 4 5 6 7 8 9 .", "edit %k", "type", "type a new number", PRIOR, 0, false},
    {"+ =", "nudge up", "nudge up", "add the step", PRIOR, 85, false},
    {"- _", "nudge down", "nudge down", "subtract the step", PRIOR, 84, false},
    {"<", "step finer", "finer step", "divide the step by ten", PRIOR, 30, false},
    {">", "step coarser", "larger step", "multiply the step by ten", PRIOR, 29, false},
    {"a", "add-type %c ", "add type", "add a type to the column player", PRIOR, 40, true},
    {"A", "add-type %r ", "add row", "add a type to the row player", PRIOR, 0, true},
    {"x", "remove-type %c %C", "remove", "remove the column's type", PRIOR, 39, true},
    {"X", "remove-type %r %R", "remove row", "remove the row's type", PRIOR, 0, true},
    {"r", "rename-type %c %C ", "rename", "rename the column's type", PRIOR, 38, true},

    /* the panes that scroll */
    {"Up k", "scroll -1", "up", "one line up", LISTS, 0, false},
    {"Down j", "scroll 1", "scroll", "one line down", LISTS, 60, false},
    {"PageUp", "move page-up", "page up", "ten lines up", LISTS, 0, false},
    {"PageDown Space", "move page-down", "page down", "ten lines down", LISTS, 0, false},
    {"Home g", "move first", "top", "first line", LISTS, 0, false},
    {"End G", "move last", "bottom", "last line", LISTS, 0, false},

    /* the table screen */
    {"Tab", "pane next", "pane", "go to the next pane", TABLE, 70, false},
    {"S-Tab", "pane previous", "pane back", "go to the previous pane", TABLE, 0, false},
    {"c", "conditionals", "beliefs", "show what each row's type believes", TABLE, 43, false},
    {"v", "list", "list", "the prior as a table, or as a list of profiles", TABLE, 38, false},
    {"/", "filter ", "filter", "show some profiles only", TABLE, 39, true},
    {"Escape", "filter", "unfilter", "show all profiles again", SB_KEYS_FILTERED, 93, false},
    {"n", "agent next", "whose", "whose beliefs and payments are shown", TABLE, 40, false},

    /* every screen but the help */
    {"u", "undo", "undo", "take back the last change", WORK, 80, false},
    {"C-r U", "redo", "redo", "do again what was undone", WORK, 50, false},
    {"m", "mass next", "mass mode", "what the other cells do when one is set", WORK, 65, false},
    {"I", "rule-next ic", "ic", "next choice of incentive compatibility", WORK, 48, false},
    {"P", "rule-next ir", "ir", "next choice of individual rationality (participation)", WORK, 47,
     false},
    {"O", "rule-next objective", "objective", "next objective", WORK, 46, false},
    {"$", "rule-next payments", "payments", "next choice of payments", WORK, 45, false},
    {"D", "rule-next deterministic", "lots", "outcomes by lot, or certain (deterministic)", WORK, 0,
     false},
    {"f", "fractions", "fractions", "decimals or fractions", WORK, 42, false},
    {"R", "reload", "reload", "go back to the file (undo brings the changes back)", WORK, 20,
     false},
    {"w", "save", "save", "write to the file", WORK, 55, false},
    {"S", "save ", "save as", "write to another file", WORK, 19, true},
    {"o", "open ", "open", "open another file", WORK, 18, true},
    {":", "", "command", "type a command", WORK, 88, true},
    {"? F1", "screen help", "help", "all keys and commands", WORK, 95, false},
    {"q", "quit", "quit", "leave (refused while changes are unsaved)", WORK, 92, false},
    {"Q", "quit!", "quit!", "leave and give up unsaved changes", WORK, 0, false},
    {"p", "payments-shown next", "payments", "vertex or smallest payments", WORK, 41, false},
    {"s", "sensitivity", "sensitivity", "what moving each cell would change", TABLE, 44, false},
    {"z", "freeze", "freeze", "keep this mechanism as a belief", WORK, 37, false},
    {"b F2", "screen blow-up", "blow-up", "payments near independence", WORK, 49, false},
    {"y F3", "screen geometry", "geometry", "beliefs and values, and the bets between them", WORK,
     36, false},
    {"M F4", "screen misbelief", "misbelief", "the frozen mechanism under this table", WORK, 36,
     false},
    {"B F5", "screen robust", "robust", "a mechanism for every belief in a set, step by step", WORK,
     35, false},

    {"N F6", "screen simulate", "simulate", "what mechanisms learned from samples earn", WORK, 34,
     false},
    {"E F9", "screen baselines", "baselines", "well-known mechanisms beside the best", WORK, 33,
     false},

    {"L F7", "screen lp", "LP", "the program itself, with slacks and duals", WORK, 33, false},
    {"W F8", "screen incentives", "incentives", "who would misreport as whom", WORK, 32, false},
    {"Escape", "lp back", "back", "back to the rule whose types are marked", SB_KEYS_MARKED, 96,
     false},

    {"H", "presenter", "presenter", "hide the answers, or show them", WORK, 0, false},
    {"!", "presenter next", "reveal", "show the revenue, then the payments, then all the rest",
     SB_KEYS_PRESENTER, 97, false},

    /* while a search goes on */
    {"K", "search toggle", "stop/go on", "stop the search for a deterministic mechanism, or go on",
     SB_KEYS_SEARCH, 91, false},

    /* the blow-up screen */
    {"Escape", "screen table", "table", "back to the table", SB_KEYS_BLOW_UP, 94, false},
    {"Left h", "move left", "move left", "one point to the left; the table follows",
     SB_KEYS_BLOW_UP, 90, false},
    {"Right l", "move right", "move right", "one point to the right; the table follows",
     SB_KEYS_BLOW_UP, 90, false},
    {"Home g", "move first", "first", "the first point", SB_KEYS_BLOW_UP, 0, false},
    {"End G", "move last", "last", "the last point", SB_KEYS_BLOW_UP, 0, false},
    {"Tab", "curve next", "curve", "the other curve: along the line, or under a bound",
     SB_KEYS_BLOW_UP, 86, false},

    /* the geometry screen */
    {"Escape", "screen table", "table", "back to the table", SB_KEYS_GEOMETRY, 94, false},
    {"Down j", "geometry type next", "type", "the next type", SB_KEYS_GEOMETRY, 93, false},
    {"Up k", "geometry type previous", "type", "the type before", SB_KEYS_GEOMETRY, 93, false},
    {"Left h", "geometry belief left", "move belief", "move the type's belief to the left",
     SB_KEYS_GEOMETRY, 89, false},
    {"Right l", "geometry belief right", "move belief", "move the type's belief to the right",
     SB_KEYS_GEOMETRY, 89, false},
    {"+ =", "geometry value up", "value up", "raise what the type is worth by a hundred steps",
     SB_KEYS_GEOMETRY, 90, false},
    {"- _", "geometry value down", "value down", "lower it by a hundred steps", SB_KEYS_GEOMETRY,
     90, false},
    {"<", "step finer", "finer step", "divide the step by ten", SB_KEYS_GEOMETRY, 31, false},
    {">", "step coarser", "larger step", "multiply the step by ten", SB_KEYS_GEOMETRY, 30, false},
    {"Tab", "geometry agent next", "agent", "the next agent's types", SB_KEYS_GEOMETRY, 86, false},
    {"PageUp", "move page-up", "page up", "ten lines up in the words", SB_KEYS_GEOMETRY, 0, false},
    {"PageDown Space", "move page-down", "page down", "ten lines down in the words",
     SB_KEYS_GEOMETRY, 0, false},
    {"c", "geometry components", "components",
     "the directions in which beliefs differ most, or the signals", SB_KEYS_GEOMETRY, 71, false},
    {"Z", "geometry zoom", "zoom", "all beliefs, or those near the types'", SB_KEYS_GEOMETRY, 70,
     false},
    {"s", "geometry signals ", "signals", "choose two or three signals", SB_KEYS_GEOMETRY, 72,
     true},

    /* the misbelief screen */
    {"Escape", "screen table", "table", "back to the table", SB_KEYS_MISBELIEF, 94, false},
    {"Tab", "replies next", "agent", "the next agent's replies", SB_KEYS_MISBELIEF, 72, false},
    {"S-Tab", "replies previous", "agent back", "the previous agent's replies", SB_KEYS_MISBELIEF,
     0, false},
    {"v", "replies curve", "curve", "the curve of revenue, or the replies", SB_KEYS_MISBELIEF, 71,
     false},

    /* the robust screen */
    {"Escape", "screen table", "table", "back to the table", SB_KEYS_ROBUST, 94, false},
    {"Left h Backspace", "robust back", "step back", "the round before, as it was", SB_KEYS_ROBUST,
     93, false},
    {"Right l Space n", "robust step", "step on", "one round on: add the cuts, solve again",
     SB_KEYS_ROBUST, 93, false},
    {"End G", "robust run", "run", "to the end", SB_KEYS_ROBUST, 91, false},
    {"Home g", "robust round 0", "start", "the first round", SB_KEYS_ROBUST, 70, false},
    {"+ =", "robust wider", "set wider", "a larger set around each belief", SB_KEYS_ROBUST, 87,
     false},
    {"- _", "robust narrower", "set narrower", "a smaller set", SB_KEYS_ROBUST, 87, false},
    {"Down j", "robust type next", "type", "the next type", SB_KEYS_ROBUST, 86, false},
    {"Up k", "robust type previous", "type", "the type before", SB_KEYS_ROBUST, 86, false},
    {"t", "robust type worst", "worst", "follow the type of the most broken rule", SB_KEYS_ROBUST,
     40, false},
    {"Tab v", "robust view next", "view", "the bound, the numbers, or the price of robustness",
     SB_KEYS_ROBUST, 89, false},
    {"c", "robust cuts next", "cuts", "which broken rules a round adds: one, one a type, all",
     SB_KEYS_ROBUST, 72, false},
    {"e", "robust objective next", "worst case", "revenue at the estimate, or in the worst case",
     SB_KEYS_ROBUST, 71, false},
    {"i", "robust begin next", "begin", "begin with the estimate's rules, or with none",
     SB_KEYS_ROBUST, 39, false},
    {"x", "robust box ", "box", "a box of this size around each belief", SB_KEYS_ROBUST, 69, true},
    {"d", "robust draw ", "draw", "so many samples in place of the prior", SB_KEYS_ROBUST, 68,
     true},
    {"F", "robust freeze", "freeze round", "keep this round's mechanism as a belief",
     SB_KEYS_ROBUST, 37, false},
    {"Z", "robust zoom", "zoom", "all beliefs, or those near the type's set", SB_KEYS_ROBUST, 67,
     false},
    {"PageUp", "move page-up", "page up", "ten signals up in the numbers", SB_KEYS_ROBUST, 0,
     false},
    {"PageDown", "move page-down", "page down", "ten signals down in the numbers", SB_KEYS_ROBUST,
     0, false},
    {"s", "robust samples ", "samples", "samples of a file in place of the prior", SB_KEYS_ROBUST,
     38, true},

    /* the simulate screen */
    {"Escape", "screen table", "table", "back to the table", SB_KEYS_SIMULATE, 94, false},
    {"Space Enter", "simulate toggle", "start/pause", "start, or pause, the simulation",
     SB_KEYS_SIMULATE, 93, false},
    {"x", "simulate cancel", "cancel", "give up what is done", SB_KEYS_SIMULATE, 87, false},
    {"Left h", "simulate point previous", "point", "one point to the left", SB_KEYS_SIMULATE, 86,
     false},
    {"Right l", "simulate point next", "point", "one point to the right", SB_KEYS_SIMULATE, 86,
     false},
    {"Home g", "simulate point first", "first", "the first point", SB_KEYS_SIMULATE, 0, false},
    {"End G", "simulate point last", "last", "the last point", SB_KEYS_SIMULATE, 0, false},
    {"Tab", "simulate axis next", "axis", "draw against the next number that is swept",
     SB_KEYS_SIMULATE, 70, false},
    {"n", "simulate samples ", "samples", "the numbers of samples", SB_KEYS_SIMULATE, 85, true},
    {"e", "simulate epsilon ", "epsilon", "the probabilities that a set may miss the truth",
     SB_KEYS_SIMULATE, 72, true},
    {"c", "simulate correlation ", "correlation", "the correlations of the bivariate normal",
     SB_KEYS_SIMULATE, 71, true},
    {"t", "simulate types ", "types", "the numbers of types", SB_KEYS_SIMULATE, 69, true},
    {"r", "simulate repetitions ", "repetitions", "how often each point is repeated",
     SB_KEYS_SIMULATE, 84, true},
    {"T", "simulate truth ", "truth", "the truth: the table, or a bivariate normal",
     SB_KEYS_SIMULATE, 68, true},
    {"Y", "simulate mechanisms ", "mechanisms", "which mechanisms are compared", SB_KEYS_SIMULATE,
     40, true},
    {"v", "simulate csv ", "CSV", "write means and bands to a file", SB_KEYS_SIMULATE, 83, true},

    /* the baselines screen */
    {"Escape", "screen table", "table", "back to the table", SB_KEYS_BASELINES, 94, false},
    {"Up k", "baseline previous", "choose", "the mechanism above", SB_KEYS_BASELINES, 90, false},
    {"Down j", "baseline next", "choose", "the mechanism below", SB_KEYS_BASELINES, 90, false},
    {"PageUp", "move page-up", "page up", "ten profiles up", SB_KEYS_BASELINES, 0, false},
    {"PageDown Space", "move page-down", "scroll", "ten profiles down", SB_KEYS_BASELINES, 35,
     false},
    {"Home g", "move first", "top", "the first profile", SB_KEYS_BASELINES, 0, false},
    {"End G", "move last", "bottom", "the last profile", SB_KEYS_BASELINES, 0, false},
    {"/", "filter ", "filter", "show some profiles only", SB_KEYS_BASELINES, 36, true},
    {"n", "agent next", "whose", "whose payments are shown", SB_KEYS_BASELINES, 34, false},
    {"F", "baseline freeze", "freeze it", "keep the chosen mechanism as a belief",
     SB_KEYS_BASELINES, 89, false},

    /* the LP screen */
    {"Escape", "screen table", "table", "back to the table", SB_KEYS_LP, 94, false},
    {"Up k", "scroll -1", "row", "the row above", SB_KEYS_LP, 90, false},
    {"Down j", "scroll 1", "row", "the row below", SB_KEYS_LP, 90, false},
    {"PageUp", "move page-up", "page up", "ten rows up", SB_KEYS_LP, 0, false},
    {"PageDown Space", "move page-down", "page down", "ten rows down", SB_KEYS_LP, 0, false},
    {"Home g", "move first", "first", "the first row", SB_KEYS_LP, 0, false},
    {"End G", "move last", "last", "the last row", SB_KEYS_LP, 0, false},
    {"Enter", "lp go", "to the table", "the cells that the row is about", SB_KEYS_LP, 91, false},
    {"Tab", "lp rule next", "rule", "the next rule or agent, or all", SB_KEYS_LP, 89, false},
    {"S-Tab", "lp rule previous", "rule back", "the rule or agent before", SB_KEYS_LP, 0, false},
    {"v", "lp order", "order", "binding rows first, or all in order", SB_KEYS_LP, 87, false},
    {"x", "lp write ", "write", "write the program to a file: .txt, .lp, .mps, .tex", SB_KEYS_LP,
     86, true},

    /* the incentive screen */
    {"Escape", "screen table", "table", "back to the table", SB_KEYS_INCENTIVES, 94, false},
    {"Up k", "scroll -1", "arrow", "the arrow above, or the type", SB_KEYS_INCENTIVES, 90, false},
    {"Down j", "scroll 1", "arrow", "the arrow below, or the type", SB_KEYS_INCENTIVES, 90, false},
    {"Left h", "move left", "report", "in a matrix, the report at the left", SB_KEYS_INCENTIVES, 0,
     false},
    {"Right l", "move right", "report", "in a matrix, the report at the right", SB_KEYS_INCENTIVES,
     0, false},
    {"PageUp", "move page-up", "page up", "ten up", SB_KEYS_INCENTIVES, 0, false},
    {"PageDown Space", "move page-down", "page down", "ten down", SB_KEYS_INCENTIVES, 0, false},
    {"Home g", "move first", "first", "the first", SB_KEYS_INCENTIVES, 0, false},
    {"End G", "move last", "last", "the last", SB_KEYS_INCENTIVES, 0, false},
    {"Enter", "incentives go", "to the table", "the cells that the arrow is about",
     SB_KEYS_INCENTIVES, 91, false},
    {"Tab", "incentives agent next", "agent", "the next agent", SB_KEYS_INCENTIVES, 89, false},
    {"S-Tab", "incentives agent previous", "agent back", "the agent before", SB_KEYS_INCENTIVES, 0,
     false},
    {"[", "incentives others previous", "others",
     "ex-post rules at another profile of the others, or at all", SB_KEYS_INCENTIVES, 70, false},
    {"]", "incentives others next", "others", "the same, onward", SB_KEYS_INCENTIVES, 70, false},
    {"v", "incentives slack", "slack", "also the arrows that do not bind", SB_KEYS_INCENTIVES, 87,
     false},
    {"r", "incentives replies", "replies",
     "what the frozen mechanism's types do under this table, or what binds", SB_KEYS_INCENTIVES, 71,
     false},
    {"x", "lp write ", "write", "write the program to a file: .txt, .lp, .mps, .tex",
     SB_KEYS_INCENTIVES, 0, true},

    /* a tour */
    {") F12", "tour next", "answer", "the answer to the tour's question", SB_KEYS_ASKED, 99, false},
    {") F12", "tour next", "next step", "the next step of the tour", SB_KEYS_ANSWERED, 99, false},
    {"( F11", "tour back", "go back", "the step of the tour before", SB_KEYS_TOUR, 98, false},
    {"}", "tour down", "more text", "further down in the step's text", SB_KEYS_TOUR, 75, false},
    {"{", "tour up", "text up", "further up in the step's text", SB_KEYS_TOUR, 0, false},
    {"C-x", "tour leave", "leave tour", "back to where you were; tour resumes", SB_KEYS_TOUR, 74,
     false},

    /* the help screen */
    {"Escape q ? F1 Enter", "screen table", "back", "back to the table", SB_KEYS_HELP, 90, false},
    {"Up k", "scroll -1", "up", "one line up", SB_KEYS_HELP, 0, false},
    {"Down j", "scroll 1", "scroll", "one line down", SB_KEYS_HELP, 80, false},
    {"PageUp", "move page-up", "page up", "ten lines up", SB_KEYS_HELP, 0, false},
    {"PageDown Space", "move page-down", "page down", "ten lines down", SB_KEYS_HELP, 70, false},
    {"Home g", "move first", "top", "first line", SB_KEYS_HELP, 0, false},
    {"End G", "move last", "bottom", "last line", SB_KEYS_HELP, 0, false},
    {":", "", "command", "type a command", SB_KEYS_HELP, 60, true},
    {"/", "find ", "search", "look for a text", SB_KEYS_HELP, 66, true},
    {"n", "find next", "next", "the next place that has it", SB_KEYS_HELP, 64, false},
    {"N", "find previous", "previous", "the place before that has it", SB_KEYS_HELP, 0, false},
    {"t", "help ", "topic", "explain a topic", SB_KEYS_HELP, 68, true},
    {"Backspace", "help", "all", "all keys and commands", SB_KEYS_HELP, 50, false},

    /* anywhere */
    {"C-p", "palette", "palette", "find a command, a key or a recent file", SB_KEYS_ANYWHERE, 22,
     false},
    {"C-l", "redraw", "redraw", "paint the screen afresh", SB_KEYS_ANYWHERE, 0, false},

    /* while the palette is open */
    {"Enter", "accept", "run", "run what is chosen, or put it on the command line", SB_KEYS_PALETTE,
     90, false},
    {"Escape C-g C-c", "close", "close", "close the palette", SB_KEYS_PALETTE, 85, false},
    {"Up C-p", "up", "choose up", "choose the one above", SB_KEYS_PALETTE, 80, false},
    {"Down C-n Tab", "down", "choose down", "choose the one below", SB_KEYS_PALETTE, 80, false},
    {"PageUp", "page-up", "page up", "ten up", SB_KEYS_PALETTE, 0, false},
    {"PageDown", "page-down", "page down", "ten down", SB_KEYS_PALETTE, 0, false},
    {"Backspace C-h", "erase", "erase", "erase the last letter", SB_KEYS_PALETTE, 0, false},
    {"C-u", "clear", "clear", "erase all letters", SB_KEYS_PALETTE, 50, false},

    /* while typing a number */
    {"Enter", "commit", "set", "set the number", ENTRY, 90, false},
    {"Tab", "commit-right", "set, right", "set the number and go on to the right", ENTRY, 80,
     false},
    {"Escape C-g", "cancel", "cancel", "leave the number as it was", ENTRY, 85, false},
    {"Left C-b", "left", "left", "one character to the left", ENTRY, 0, false},
    {"Right C-f", "right", "right", "one character to the right", ENTRY, 0, false},
    {"Home C-a", "home", "start", "to the start of the text", ENTRY, 0, false},
    {"End C-e", "end", "end", "to the end of the text", ENTRY, 0, false},
    {"Backspace C-h", "backspace", "erase", "erase the character on the left", ENTRY, 50, false},
    {"Delete C-d", "delete", "delete", "erase the character under the cursor", ENTRY, 0, false},
    {"C-u", "clear", "clear", "erase all", ENTRY, 60, false},
};

#define BINDING_COUNT (sizeof bindings / sizeof bindings[0])

size_t sb_key_count(void)
{
    return BINDING_COUNT;
}

const sb_key_binding *sb_key_at(size_t index)
{
    return &bindings[index];
}

bool sb_key_in_force(const sb_session *session, const sb_key_binding *binding)
{
    const sb_display *display = sb_session_display(session);
    bool palette = sb_palette_is_open(session);
    bool typing = sb_session_entry(session)->active || palette;
    bool table = display->screen == SB_SCREEN_TABLE;
    bool numbers = display->pane == SB_PANE_PRIOR || display->pane == SB_PANE_VALUES;
    switch (binding->context) {
    case SB_KEYS_PALETTE:
        return palette;
    case SB_KEYS_ENTRY:
        return typing && !palette;
    case SB_KEYS_ANYWHERE:
        return !typing;
    case SB_KEYS_TABLE:
        return !typing && table;
    case SB_KEYS_OWN:
    case SB_KEYS_WORK:
        return !typing && display->screen != SB_SCREEN_HELP;
    case SB_KEYS_SEARCH:
        return !typing && display->screen != SB_SCREEN_HELP &&
               (sb_session_searching(session) || sb_session_search_stopped(session) ||
                sb_session_reporting(session) != NULL);
    case SB_KEYS_BLOW_UP:
        return !typing && display->screen == SB_SCREEN_BLOW_UP;
    case SB_KEYS_GEOMETRY:
        return !typing && display->screen == SB_SCREEN_GEOMETRY;
    case SB_KEYS_MISBELIEF:
        return !typing && display->screen == SB_SCREEN_MISBELIEF;
    case SB_KEYS_ROBUST:
        return !typing && display->screen == SB_SCREEN_ROBUST;
    case SB_KEYS_SIMULATE:
        return !typing && display->screen == SB_SCREEN_SIMULATE;
    case SB_KEYS_BASELINES:
        return !typing && display->screen == SB_SCREEN_BASELINES;
    case SB_KEYS_LP:
        return !typing && display->screen == SB_SCREEN_LP;
    case SB_KEYS_INCENTIVES:
        return !typing && display->screen == SB_SCREEN_INCENTIVES;
    case SB_KEYS_FILTERED:
        return !typing && table && !display->marked && sb_session_filter(session) != NULL;
    case SB_KEYS_MARKED:
        return !typing && table && display->marked;
    case SB_KEYS_PRIOR:
        return !typing && (display->screen == SB_SCREEN_MISBELIEF || (table && numbers));
    case SB_KEYS_LISTS:
        return !typing && table && !numbers;
    case SB_KEYS_PRESENTER:
        return !typing && display->screen != SB_SCREEN_HELP &&
               (sb_session_settings(session)->presenter || sb_session_asked(session));
    case SB_KEYS_TOUR:
        return !typing && display->screen != SB_SCREEN_HELP &&
               sb_session_tour(session, NULL) != NULL;
    case SB_KEYS_ASKED:
        return !typing && display->screen != SB_SCREEN_HELP && sb_session_asked(session);
    case SB_KEYS_ANSWERED:
        return !typing && display->screen != SB_SCREEN_HELP &&
               sb_session_tour(session, NULL) != NULL && !sb_session_asked(session);
    case SB_KEYS_HELP:
        return !typing && display->screen == SB_SCREEN_HELP;
    }
    return false;
}

const sb_key_binding *sb_key_find(const sb_session *session, const char *key)
{
    const char *name = strcmp(key, " ") == 0 ? "Space" : key;
    const sb_key_binding *own = sb_own_key_find(session, name);
    if (own != NULL && sb_key_in_force(session, own)) {
        return own;
    }
    bool unbound = !sb_session_entry(session)->active && !sb_palette_is_open(session) &&
                   sb_key_is_unbound(session, name);
    for (size_t index = 0; !unbound && index < BINDING_COUNT; index++) {
        if (sb_key_in_force(session, &bindings[index]) && sb_key_names(&bindings[index], name)) {
            return &bindings[index];
        }
    }
    return NULL;
}
