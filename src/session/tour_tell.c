/* The prose of a tour: questions in braces become answers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     {[QUESTION | QUESTION + - * / QUESTION] [to DIGITS] [= ANSWER [within TOLERANCE]]}
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/tour.h"
#include "session/tour_parts.h"

/* Short enough to be read, long enough for 31375 and 0.251001. */
enum { MOST_CHARACTERS = 14, MOST_DECIMALS = 30 };

typedef struct telling {
    const sb_tour *tour;
    const sb_tour_line *paragraph;
    const char *at; /* of the paragraph */
    sb_session *session;
    size_t checked;
    sb_error *error;
} telling;

void sb_tour_place(sb_error *error, const sb_tour *tour, const sb_tour_line *text, const char *at)
{
    int line = text->line;
    int column = text->column;
    for (const char *before = text->text; before < at; before++) {
        bool begins = ((unsigned char)*before & 0xC0U) != 0x80U; /* of a character */
        line += *before == '\n' ? 1 : 0;
        column = *before == '\n' ? 1 : column + (begins ? 1 : 0);
    }
    sb_error_set_place(error, tour->path, line, column);
}

static sb_status blame(const telling *work, sb_status status)
{
    if (status == SB_ERROR_USAGE) { /* of a tour it is the input that is wrong */
        status = SB_ERROR_INPUT;
        if (work->error != NULL) {
            work->error->status = status;
        }
    }
    sb_tour_place(work->error, work->tour, work->paragraph, work->at);
    return status;
}

static sb_status fail(const telling *work, const char *message, const char *hint)
{
    sb_error_set(work->error, SB_ERROR_INPUT, "%s", message);
    sb_error_set_hint(work->error, "%s", hint);
    return blame(work, SB_ERROR_INPUT);
}

/* ---- the parts of a question ---- */

typedef struct parts {
    char *left, *right; /* questions; right NULL: one alone */
    char operation;
    int digits;     /* negative: as many as are short */
    char *expected; /* NULL: not checked */
    char *within;   /* so near; NULL: exactly */
} parts;

static void parts_clear(parts *asked)
{
    free(asked->left);
    free(asked->right);
    free(asked->expected);
    free(asked->within);
}

/* Cut `text` at the last of these words that stands between blanks; what follows it, or NULL. */
static char *cut_after(char *text, const char *word)
{
    char *found = NULL;
    for (char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        found = at;
    }
    if (found == NULL) {
        return NULL;
    }
    *found = '\0';
    return found + strlen(word);
}

static sb_status take_apart(const telling *work, char *text, parts *asked)
{
    static const char *const operations[] = {" + ", " - ", " * ", " / "};
    asked->digits = -1;
    char *expected = cut_after(text, " = ");
    char *within = expected == NULL ? NULL : cut_after(expected, " within ");
    char *digits = cut_after(text, " to ");
    if (digits != NULL) {
        char *end = digits;
        long number = strtol(digits, &end, 10);
        if (end == digits || *end != '\0' || number < 0 || number > MOST_DECIMALS) {
            return fail(work, "what follows `to` is no number of decimals", "write {revenue to 4}");
        }
        asked->digits = (int)number;
    }
    char *right = NULL;
    for (size_t k = 0; k < sizeof operations / sizeof operations[0] && right == NULL; k++) {
        right = cut_after(text, operations[k]);
        asked->operation = right == NULL ? '\0' : operations[k][1];
    }
    if (text[strspn(text, " ")] == '\0' || (right != NULL && right[strspn(right, " ")] == '\0')) {
        return fail(work, "a question is missing in these braces", "write {revenue}");
    }
    asked->left = sb_copy_text(text);
    asked->right = right == NULL ? NULL : sb_copy_text(right);
    asked->expected = expected == NULL ? NULL : sb_copy_text(expected);
    asked->within = within == NULL ? NULL : sb_copy_text(within);
    bool done = asked->left != NULL && (asked->right != NULL || right == NULL) &&
                (asked->expected != NULL || expected == NULL) &&
                (asked->within != NULL || within == NULL);
    return done ? SB_OK : sb_out_of_memory(work->error);
}

/* ---- answers ---- */

static sb_status compute(const telling *work, const parts *asked, sb_asked *answer)
{
    sb_status status = sb_session_ask(work->session, asked->left, answer, work->error);
    if (status != SB_OK || asked->right == NULL) {
        return status == SB_OK ? status : blame(work, status);
    }
    sb_asked other;
    sb_asked_init(&other);
    status = sb_session_ask(work->session, asked->right, &other, work->error);
    if (status != SB_OK) {
        status = blame(work, status);
    } else if (!answer->is_number || !other.is_number) {
        status = fail(work, "only numbers can be computed with", "ask for two numbers");
    } else if (asked->operation == '/' && fmpq_is_zero(other.number)) {
        status = fail(work, "this divides by zero", "ask for another number");
    } else if (asked->operation == '+') {
        fmpq_add(answer->number, answer->number, other.number);
    } else if (asked->operation == '-') {
        fmpq_sub(answer->number, answer->number, other.number);
    } else if (asked->operation == '*') {
        fmpq_mul(answer->number, answer->number, other.number);
    } else {
        fmpq_div(answer->number, answer->number, other.number);
    }
    sb_asked_clear(&other);
    return status;
}

/* To so many decimals, half away from zero. */
static void round_to(fmpq_t number, int digits)
{
    fmpz_t scale, twice;
    fmpz_init(scale);
    fmpz_init(twice);
    fmpz_set_ui(scale, 10);
    fmpz_pow_ui(scale, scale, (ulong)digits);
    bool negative = fmpq_sgn(number) < 0;
    fmpq_abs(number, number);
    fmpq_mul_fmpz(number, number, scale);
    fmpz_mul_ui(twice, fmpq_numref(number), 2);
    fmpz_add(twice, twice, fmpq_denref(number));
    fmpz_mul_ui(fmpq_denref(number), fmpq_denref(number), 2);
    fmpz_fdiv_q(fmpq_numref(number), twice, fmpq_denref(number));
    fmpz_set(fmpq_denref(number), scale);
    fmpq_canonicalise(number);
    if (negative) {
        fmpq_neg(number, number);
    }
    fmpz_clear(scale);
    fmpz_clear(twice);
}

static char *text_of(const sb_asked *answer, int digits)
{
    if (!answer->is_number) {
        return sb_copy_text(answer->word);
    }
    return digits >= 0 ? sb_rational_format_padded(answer->number, (size_t)digits)
                       : sb_rational_display(answer->number, MOST_CHARACTERS, NULL);
}

/* Is the number what is said, or as near to it? */
static sb_status compare_number(const telling *work, const parts *asked, const fmpq *number,
                                bool *same)
{
    fmpq_t said, near;
    fmpq_init(said);
    fmpq_init(near);
    sb_status status =
        sb_rational_parse(said, asked->expected, strlen(asked->expected), work->error);
    if (status == SB_OK && asked->within != NULL) {
        status = sb_rational_parse(near, asked->within, strlen(asked->within), work->error);
    }
    fmpq_sub(said, said, number);
    fmpq_abs(said, said);
    *same = fmpq_cmp(said, near) <= 0;
    fmpq_clear(near);
    fmpq_clear(said);
    return status == SB_OK ? SB_OK : blame(work, status);
}

static sb_status compare(telling *work, const parts *asked, const sb_asked *answer,
                         const char *text)
{
    bool same = !answer->is_number && strcmp(asked->expected, text) == 0;
    if (answer->is_number) {
        sb_status status = compare_number(work, asked, answer->number, &same);
        if (status != SB_OK) {
            return status;
        }
    } else if (asked->within != NULL) {
        return fail(work, "a word is not near another", "leave `within` out");
    }
    work->checked++;
    if (same) {
        return SB_OK;
    }
    sb_error_set(
        work->error, SB_ERROR_INPUT, "expected %s%s%s%s to be %s%s%s, but it is %s%s", asked->left,
        asked->operation == '\0' ? "" : " and ", asked->right == NULL ? "" : asked->right,
        asked->operation == '\0' ? "" : ", taken together,", asked->expected,
        asked->within == NULL ? "" : " within ", asked->within == NULL ? "" : asked->within, text,
        answer->proof != NULL && strcmp(answer->proof, "exact") != 0 ? " (floating)" : "");
    return blame(work, SB_ERROR_INPUT);
}

/* Is this question answered by a look at the table? */
static bool is_given(const char *question)
{
    static const char *const names[] = {"probability ", "marginal ", "belief ", "value "};
    for (size_t k = 0; question != NULL && k < sizeof names / sizeof names[0]; k++) {
        if (strncmp(question, names[k], strlen(names[k])) == 0) {
            return true;
        }
    }
    return question == NULL;
}

/* One pair of braces, without them. */
static sb_status answer_one(telling *work, const char *inside, size_t length, sb_text *out)
{
    char *copy = sb_copy_text_part(inside, length);
    parts asked = {.left = NULL};
    sb_asked answer;
    sb_asked_init(&answer);
    for (char *byte = copy; byte != NULL && *byte != '\0'; byte++) {
        *byte = *byte == '\n' ? ' ' : *byte;
    }
    sb_status status =
        copy == NULL ? sb_out_of_memory(work->error) : take_apart(work, copy, &asked);
    if (status == SB_OK) {
        status = compute(work, &asked, &answer);
    }
    if (status == SB_OK && asked.digits >= 0 && answer.is_number) {
        round_to(answer.number, asked.digits);
    }
    char *text = status == SB_OK ? text_of(&answer, asked.digits) : NULL;
    if (status == SB_OK && text == NULL) {
        status = sb_out_of_memory(work->error);
    }
    if (text != NULL && asked.expected != NULL) {
        status = compare(work, &asked, &answer, text);
    }
    if (status == SB_OK) {
        bool given = is_given(asked.left) && is_given(asked.right);
        sb_text_add_format(out, "%c%s%c", given ? SB_TOUR_GIVEN_BEGINS : SB_TOUR_NUMBER_BEGINS,
                           text, SB_TOUR_NUMBER_ENDS);
    }
    free(text);
    free(copy);
    parts_clear(&asked);
    sb_asked_clear(&answer);
    return status;
}

/* ---- the paragraph ---- */

/* Lines become one: a break and the indentation behind it are a blank. */
static void add_joined(sb_text *out, const char *text, size_t length)
{
    for (const char *end = text + length; text < end;) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        stop = stop == NULL ? end : stop;
        sb_text_add_part(out, text, (size_t)(stop - text));
        text = stop;
        if (text < end) {
            sb_text_add(out, " ");
            text++;
            while (text < end && *text == ' ') {
                text++;
            }
        }
    }
}

/* The mark that closes the one here; NULL: there is none, or another one is opened before it. */
static const char *closing(const char *at)
{
    const char *end = *at == '{'   ? at + 1 + strcspn(at + 1, "{}")
                      : *at == '`' ? at + 1 + strcspn(at + 1, "`")
                                   : NULL;
    return end != NULL && *end == (*at == '{' ? '}' : '`') ? end : NULL;
}

static const char *unpaired(char mark)
{
    return mark == '{'   ? "a brace is opened and not closed"
           : mark == '}' ? "a brace is closed and not opened"
                         : "a backquote is opened and not closed";
}

sb_status sb_tour_tell_counting(const sb_tour *tour, const sb_tour_line *paragraph,
                                sb_session *session, size_t *checked, char **text, sb_error *error)
{
    telling work = {.tour = tour,
                    .paragraph = paragraph,
                    .at = paragraph->text,
                    .session = session,
                    .error = error};
    sb_text out;
    sb_text_init(&out);
    sb_status status = SB_OK;
    const char *at = paragraph->text;
    while (status == SB_OK && *at != '\0') {
        size_t plain = strcspn(at, "{}`");
        add_joined(&out, at, plain);
        at += plain;
        work.at = at;
        const char *end = *at == '\0' ? at : closing(at);
        if (end == NULL) {
            status = fail(&work, unpaired(*at), "both come in pairs, within one paragraph");
        } else if (*at == '{') {
            status = answer_one(&work, at + 1, (size_t)(end - at - 1), &out);
            at = end + 1;
        } else if (*at == '`') {
            add_joined(&out, at, (size_t)(end - at) + 1);
            at = end + 1;
        }
    }
    char *told = sb_text_take(&out, status == SB_OK ? error : NULL);
    if (status == SB_OK && told == NULL) {
        status = SB_ERROR_MEMORY;
    }
    if (status != SB_OK) {
        free(told);
        told = NULL;
    }
    *text = told;
    if (checked != NULL) {
        *checked += work.checked;
    }
    return status;
}

sb_status sb_tour_tell(const sb_tour *tour, const sb_tour_line *paragraph, sb_session *session,
                       char **text, sb_error *error)
{
    return sb_tour_tell_counting(tour, paragraph, session, NULL, text, error);
}

void sb_tour_plain(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (*from != SB_TOUR_NUMBER_BEGINS && *from != SB_TOUR_GIVEN_BEGINS &&
            *from != SB_TOUR_NUMBER_ENDS) {
            *to++ = *from;
        }
    }
    *to = '\0';
}

sb_status sb_tour_check_prose(const sb_tour *tour, const sb_tour_line *paragraph, sb_error *error)
{
    telling work = {.tour = tour, .paragraph = paragraph, .error = error};
    const char *at = paragraph->text;
    while (*at != '\0') {
        if (*at == '{' || *at == '`') {
            const char *end = strchr(at + 1, *at == '{' ? '}' : '`');
            at = end == NULL ? at : end;
        } else if (isdigit((unsigned char)*at)) {
            work.at = at;
            return fail(&work, "a number is typed here, not computed",
                        "ask for it in braces, as {revenue}; commands and keys go in `backquotes`");
        }
        at++;
    }
    return SB_OK;
}
