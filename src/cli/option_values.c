/* Reading the values of options.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/option_values.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { LONGEST_TIME_LIMIT = 1000000000, MOST_COUNT_DIGITS = 9 };

sb_status sb_option_read_seconds(double *seconds, const char *value, sb_error *error)
{
    char *end;
    double number = strtod(value, &end);
    bool plain = strspn(value, "0123456789.") == strlen(value); /* no inf, nan, hex or sign */
    if (end == value || *end != '\0' || !plain || number > LONGEST_TIME_LIMIT) {
        sb_error_set(error, SB_ERROR_USAGE, "the time limit '%.80s' is not a number of seconds",
                     value);
        sb_error_set_hint(error, "write it like --time-limit 10 (0: no limit)");
        return SB_ERROR_USAGE;
    }
    *seconds = number;
    return SB_OK;
}

sb_status sb_option_read_count(size_t *count, const char *name, size_t most, const char *value,
                               sb_error *error)
{
    size_t digits = strspn(value, "0123456789");
    bool plain = digits > 0 && digits <= MOST_COUNT_DIGITS && value[digits] == '\0';
    size_t number = plain ? (size_t)strtoul(value, NULL, 10) : 0;
    if (number < 1 || number > most) {
        sb_error_set(error, SB_ERROR_USAGE, "--%s takes a whole number from 1 to %zu, not '%.80s'",
                     name, most, value);
        sb_error_set_hint(error, "write it like --%s 5", name);
        return SB_ERROR_USAGE;
    }
    *count = number;
    return SB_OK;
}

sb_status sb_option_read_choice(bool *first, const char *name, const char *first_word,
                                const char *second_word, const char *value, sb_error *error)
{
    *first = strcmp(value, first_word) == 0;
    if (!*first && strcmp(value, second_word) != 0) {
        sb_error_set(error, SB_ERROR_USAGE, "--%s knows no '%.80s'", name, value);
        sb_error_set_hint(error, "choose %s or %s", first_word, second_word);
        return SB_ERROR_USAGE;
    }
    return SB_OK;
}

sb_status sb_option_read_mass(sb_mass_mode *mode, const char *value, sb_error *error)
{
    for (int k = 0; k < SB_MASS_COUNT; k++) {
        if (strcmp(value, sb_mass_mode_describe((sb_mass_mode)k)->name) == 0) {
            *mode = (sb_mass_mode)k;
            return SB_OK;
        }
    }
    sb_error_set(error, SB_ERROR_USAGE, "--mass knows no '%.80s'", value);
    sb_error_set_hint(error, "choose free, scale, row or marginals");
    return SB_ERROR_USAGE;
}

static sb_status read_number(sb_number_list *list, const char *name, const char *text,
                             size_t length, sb_error *error)
{
    if (!sb_grow((void *)&list->numbers, &list->capacity, list->count + 1, sizeof(fmpq))) {
        return sb_out_of_memory(error);
    }
    fmpq *number = list->numbers + list->count;
    fmpq_init(number);
    sb_status status = sb_rational_parse(number, text, length, error);
    if (status == SB_OK && fmpq_sgn(number) < 0) {
        status = sb_error_set(error, SB_ERROR_USAGE, "--%s '%.*s' is negative", name,
                              length > 80 ? 80 : (int)length, text);
    }
    if (status == SB_OK) {
        list->count++;
        return SB_OK;
    }
    fmpq_clear(number);
    if (status == SB_ERROR_INPUT) {
        status = SB_ERROR_USAGE;
        sb_error_set(error, status, "--%s: '%.*s' is not a number", name,
                     length > 80 ? 80 : (int)length, text);
    }
    sb_error_set_hint(error, "write it like --%s 1/10 or --%s 0,0.1,1", name, name);
    return status;
}

sb_status sb_option_read_numbers(sb_number_list *list, const char *name, const char *value,
                                 sb_error *error)
{
    for (;;) {
        size_t length = strcspn(value, ",");
        sb_status status = read_number(list, name, value, length, error);
        if (status != SB_OK || value[length] == '\0') {
            return status;
        }
        value += length + 1;
    }
}

void sb_number_list_clear(sb_number_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        fmpq_clear(list->numbers + i);
    }
    free(list->numbers);
    *list = (sb_number_list){0};
}
