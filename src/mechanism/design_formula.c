/* The rules in general, each once: as text and as LaTeX.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One template a choice; what differs between the notations, and between one agent and several, is
 * in the words that stand for the letters behind @:
 *
 *     @i  the agent, as a subscript       @t  its type
 *     @a  all types and the signal        @,o , and the others  @So sum over the others
 *     @Sa sum over all profiles           @Si over agents       @St over types      @Sx over
 * outcomes
 *     @p  pi      @-  minus      @>  at least      @e  element of      @n  not equal     @|  given
 *     @q  a wide space           @{ @}  a sentence in a formula
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "sidebet/design_text.h"

/* ---- words ---- */

typedef struct letters {
    bool latex;
    bool several;       /* agents: they have subscripts */
    const char *others; /* "θ_-i, ω"; "" where there is nothing beside the type */
    const char *all;    /* "ψ" */
} letters;

static letters notation_of(const sb_environment *environment, sb_design_notation kind)
{
    bool latex = kind == SB_NOTATION_LATEX;
    bool several = environment->agent_count > 1;
    const char *others = "";
    if (several && environment->has_signal) {
        others = latex ? "\\theta_{-i}, \\omega" : "\xCE\xB8_-i, \xCF\x89";
    } else if (several) {
        others = latex ? "\\theta_{-i}" : "\xCE\xB8_-i";
    } else if (environment->has_signal) {
        others = latex ? "\\omega" : "\xCF\x89";
    }
    return (letters){latex, several, others, latex ? "\\psi" : "\xCF\x88"};
}

static void add_sum(sb_text *text, const letters *notation, const char *over)
{
    sb_text_add_format(text, notation->latex ? "\\sum_{%s} " : "\xCE\xA3[%s] ", over);
}

typedef struct word {
    char letter;
    const char *text, *latex;
} word;

static const word words[] = {
    {'p', "\xCF\x80", "\\pi"},     {'-', "\xE2\x88\x92", "-"},
    {'>', "\xE2\x89\xA5", "\\ge"}, {'n', "\xE2\x89\xA0", "\\ne"},
    {'|', "|", "\\mid"},           {'q', "  ", "\\quad "},
    {'{', "", "\\text{"},          {'}', "", "}"},
    {'e', "in", "\\in"},
};

static void add_word(sb_text *text, const letters *notation, char letter)
{
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++) {
        if (words[k].letter == letter) {
            sb_text_add(text, notation->latex ? words[k].latex : words[k].text);
        }
    }
}

static void add_type(sb_text *text, const letters *notation)
{
    sb_text_add(text, notation->latex ? "\\theta" : "\xCE\xB8");
    sb_text_add(text, notation->several ? "_i" : "");
}

static void add_sum_over(sb_text *text, const letters *notation, char over)
{
    if (over == 'o' && notation->others[0] != '\0') {
        add_sum(text, notation, notation->others);
    } else if (over == 'a') {
        add_sum(text, notation, notation->all);
    } else if (over == 'i' && notation->several) {
        add_sum(text, notation, "i");
    } else if (over == 't') {
        add_sum(text, notation,
                notation->latex ? (notation->several ? "\\theta_i" : "\\theta")
                                : (notation->several ? "\xCE\xB8_i" : "\xCE\xB8"));
    } else if (over == 'x') {
        add_sum(text, notation, "o");
    }
}

/* Add a template with its words put in. */
static void add_formula(sb_text *text, const letters *notation, const char *at)
{
    for (; *at != '\0'; at++) {
        if (*at != '@') {
            sb_text_add_part(text, at, 1);
            continue;
        }
        at++;
        if (*at == 'i') {
            sb_text_add(text, notation->several ? "_i" : "");
        } else if (*at == 't') {
            add_type(text, notation);
        } else if (*at == 'a') {
            sb_text_add(text, notation->all);
        } else if (*at == ',') {
            at++;
            sb_text_add(text, notation->others[0] == '\0' ? "" : ", ");
            sb_text_add(text, notation->others);
        } else if (*at == 'S') {
            at++;
            add_sum_over(text, notation, *at);
        } else {
            add_word(text, notation, *at);
        }
    }
}

/* ---- the rules ---- */

static bool has_outside(const sb_environment *environment)
{
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
            if (!fmpq_is_zero(environment->agents[agent].outside + type)) {
                return true;
            }
        }
    }
    return false;
}

static const char *const incentive_formulas[] = {
    [SB_IC_BAYES_NASH] = "@So@p(@t@,o) [U@i(@t; @t@,o) @- U@i(r; @t@,o)] @> 0"
                         "@q@{for all types @}@t@{ and reports @}r @n @t",
    [SB_IC_EX_POST] = "U@i(@t; @t@,o) @- U@i(r; @t@,o) @> 0"
                      "@q@{for all types @}@t@{, reports @}r @n @t",
    [SB_IC_NONE] = "",
};

/* Without outside options, and with. */
static const char *const participation_formulas[][2] = {
    [SB_IR_EX_ANTE] = {"@St@So@p(@t@,o) U@i(@t; @t@,o) @> 0",
                       "@St@So@p(@t@,o) [U@i(@t; @t@,o) @- w@i(@t)] @> 0"},
    [SB_IR_EX_INTERIM] = {"@So@p(@t@,o) U@i(@t; @t@,o) @> 0@q@{for all types @}@t",
                          "@So@p(@t@,o) [U@i(@t; @t@,o) @- w@i(@t)] @> 0"
                          "@q@{for all types @}@t"},
    [SB_IR_EX_POST] = {"U@i(@t; @t@,o) @> 0@q@{for all types @}@t",
                       "U@i(@t; @t@,o) @> w@i(@t)@q@{for all types @}@t"},
    [SB_IR_NONE] = {"", ""},
};

static const char *template_of(const sb_environment *environment, const sb_design_block *block)
{
    switch (block->kind) {
    case SB_CONSTRAINT_PROBABILITY:
        return "@Sxp(o @| @a) = 1@q@{at every profile @}@a";
    case SB_CONSTRAINT_INCENTIVE:
        return incentive_formulas[block->choice];
    case SB_CONSTRAINT_PARTICIPATION:
        return participation_formulas[block->choice][has_outside(environment) ? 1 : 0];
    case SB_CONSTRAINT_BUDGET:
        break;
    }
    return block->choice == SB_PAYMENTS_BALANCED ? "@Six@i(@a) = 0@q@{at every profile @}@a"
                                                 : "@Six@i(@a) @> 0@q@{at every profile @}@a";
}

char *sb_design_formula(const sb_design_listing *listing, size_t block, sb_design_notation kind)
{
    const sb_design_block *rule = &listing->blocks[block];
    letters notation = notation_of(listing->environment, kind);
    sb_text text;
    sb_text_init(&text);
    add_formula(&text, &notation, template_of(listing->environment, rule));
    bool each = rule->places > 1 || (rule->before != NULL && (rule->kind == SB_CONSTRAINT_INCENTIVE
                                                                  ? rule->choice == SB_IC_EX_POST
                                                                  : rule->choice == SB_IR_EX_POST));
    if (each && notation.others[0] != '\0') {
        add_formula(&text, &notation, "@{ and all @}");
        sb_text_add(&text, notation.others);
    }
    return sb_text_take(&text, NULL);
}

static const char *const incentive_names[] = {"Bayes-Nash incentive compatibility",
                                              "Ex-post incentive compatibility", ""};
static const char *const participation_names[] = {"Ex-ante individual rationality",
                                                  "Ex-interim individual rationality",
                                                  "Ex-post individual rationality", ""};

char *sb_design_heading(const sb_design_listing *listing, size_t block)
{
    const sb_design_block *rule = &listing->blocks[block];
    if (rule->kind == SB_CONSTRAINT_PROBABILITY) {
        return sb_copy_text("Probabilities");
    }
    if (rule->kind == SB_CONSTRAINT_BUDGET) {
        return sb_copy_text(rule->choice == SB_PAYMENTS_BALANCED ? "Balanced payments"
                                                                 : "No deficit");
    }
    const char *name = rule->kind == SB_CONSTRAINT_INCENTIVE ? incentive_names[rule->choice]
                                                             : participation_names[rule->choice];
    return sb_format_text("%s of %s", name, listing->environment->agents[rule->agent].name);
}

/* ---- the objective and the columns ---- */

static void add_part(sb_text *text, const letters *notation, const fmpq_t weight, bool *first,
                     const char *formula)
{
    if (fmpq_is_zero(weight)) {
        return;
    }
    fmpq_t size;
    fmpq_init(size);
    fmpq_abs(size, weight);
    if (fmpq_sgn(weight) < 0) {
        add_formula(text, notation, *first ? "@-" : " @- ");
    } else {
        sb_text_add(text, *first ? "" : " + ");
    }
    if (!fmpq_is_one(size)) {
        sb_text_add_rational(text, size, SB_NUMBER_DECIMAL);
        sb_text_add(text, " ");
    }
    add_formula(text, notation, formula);
    *first = false;
    fmpq_clear(size);
}

static bool has_designer(const sb_environment *environment)
{
    for (size_t outcome = 0; outcome < environment->outcome_count; outcome++) {
        if (!fmpq_is_zero(environment->designer + outcome)) {
            return true;
        }
    }
    return false;
}

char *sb_design_objective_formula(const sb_design_listing *listing, sb_design_notation kind)
{
    const sb_environment *environment = listing->environment;
    letters notation = notation_of(environment, kind);
    sb_objective_weights weights;
    sb_objective_weights_init(&weights, &environment->rules);
    sb_text text;
    sb_text_init(&text);
    bool first = true;
    add_formula(&text, &notation, "@Sa@p(@a) [");
    if (environment->rules.choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_NONE) {
        add_part(&text, &notation, &weights.payments, &first, "@Six@i(@a)");
    }
    add_part(&text, &notation, &weights.agents, &first, "@Sx@Sip(o @| @a) u@i(@t, o)");
    if (has_designer(environment)) {
        add_part(&text, &notation, &weights.designer, &first, "@Sxp(o @| @a) u_0(o)");
    }
    sb_text_add(&text, first ? "0]" : "]");
    sb_objective_weights_clear(&weights);
    return sb_text_take(&text, NULL);
}

char *sb_design_utility_formula(const sb_design_listing *listing, sb_design_notation kind)
{
    const sb_environment *environment = listing->environment;
    letters notation = notation_of(environment, kind);
    sb_text text;
    sb_text_init(&text);
    add_formula(&text, &notation, "U@i(r; @t@,o) = @Sxp(o @| r@,o) u@i(@t, o)");
    if (environment->rules.choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_NONE) {
        add_formula(&text, &notation, " @- x@i(r@,o)");
    }
    return sb_text_take(&text, NULL);
}

char *sb_design_range_formula(const sb_design_listing *listing, sb_design_notation kind)
{
    const sb_rules *rules = &listing->environment->rules;
    letters notation = notation_of(listing->environment, kind);
    bool latex = notation.latex;
    sb_text text;
    sb_text_init(&text);
    if (rules->choice[SB_RULE_DETERMINISTIC] == SB_DETERMINISTIC) {
        add_formula(&text, &notation, latex ? "p(o @| @a) @e \\{0, 1\\}" : "p(o @| @a) @e {0, 1}");
    } else {
        add_formula(&text, &notation, "p(o @| @a) @> 0");
    }
    switch (rules->choice[SB_RULE_PAYMENTS]) {
    case SB_PAYMENTS_NONE:
        add_formula(&text, &notation, "@{, no payments@}");
        break;
    case SB_PAYMENTS_BOUNDED:
        sb_text_add(&text, latex ? ", \\lvert " : ", |");
        add_formula(&text, &notation, "x@i(@a)");
        sb_text_add(&text, latex ? "\\rvert \\le " : "| \xE2\x89\xA4 ");
        sb_text_add_rational(&text, &rules->payment_bound, SB_NUMBER_DECIMAL);
        break;
    case SB_PAYMENTS_NO_SUBSIDIES:
        add_formula(&text, &notation, ", x@i(@a) @> 0");
        break;
    default:
        add_formula(&text, &notation, ", x@i(@a)@{ of either sign@}");
        break;
    }
    return sb_text_take(&text, NULL);
}

char *sb_design_symbols(const sb_design_listing *listing, sb_design_notation kind)
{
    const sb_environment *environment = listing->environment;
    letters notation = notation_of(environment, kind);
    const char *theta = notation.latex ? "\\theta" : "\xCE\xB8";
    const char *omega = notation.latex ? "\\omega" : "\xCF\x89";
    sb_text text;
    sb_text_init(&text);
    sb_text_add_format(&text, "%s = (", notation.all);
    size_t players = sb_environment_player_count(environment);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t player = 0; player < players; player++) {
            sb_text_add(&text, player > 0 ? ", " : "");
            if (player >= environment->agent_count) {
                sb_text_add(&text, omega);
            } else if (notation.several) {
                sb_text_add_format(&text, "%s_%zu", theta, player + 1);
            } else {
                sb_text_add(&text, theta);
            }
            if (pass == 1) {
                char *name = notation.latex
                                 ? sb_latex_escape(sb_environment_player_name(environment, player))
                                 : sb_copy_text(sb_environment_player_name(environment, player));
                text.failed = text.failed || name == NULL;
                add_formula(&text, &notation, "@{ of @}@{");
                sb_text_add(&text, name == NULL ? "" : name);
                add_formula(&text, &notation, "@}");
                free(name);
            }
        }
        sb_text_add(&text, pass == 0 ? "): " : "");
    }
    if (has_outside(environment)) {
        add_formula(&text, &notation, "; w@i(@t)@{ is what staying away is worth@}");
    }
    return sb_text_take(&text, NULL);
}
