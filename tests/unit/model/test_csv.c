/* CSV tables: separators, quotes, labels, import.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/csv.h"
#include "sidebet/environment_file.h"

static sb_csv_table table_of(const char *text)
{
    sb_csv_table table;
    sb_error error;
    sb_error_clear(&error);
    if (sb_csv_parse(text, strlen(text), "t.csv", &table, &error) != SB_OK) {
        fail_msg("%d:%d: %s", error.line, error.column, error.message);
    }
    return table;
}

static void assert_cells(const char *text, size_t rows, size_t columns, const char *const *expected)
{
    sb_csv_table table = table_of(text);
    assert_int_equal(table.rows, rows);
    assert_int_equal(table.columns, columns);
    for (size_t cell = 0; cell < rows * columns; cell++) {
        assert_string_equal(table.cells[cell].text, expected[cell]);
    }
    sb_csv_clear(&table);
}

static void tables_are_read(void **state)
{
    (void)state;
    static const char *const four[] = {"1", "2", "3", "4"};
    assert_cells("1,2\n3,4\n", 2, 2, four);
    assert_cells("1,2\n3,4", 2, 2, four);
    assert_cells("\xEF\xBB\xBF"
                 "1;2\r\n3;4\r\n\r\n",
                 2, 2, four);
    assert_cells("\n 1\t2 \n\n3\t4\n\n", 2, 2, four);
    assert_cells("\"1\" , \"2\"\n 3 ,4\n", 2, 2, four);
    assert_cells("a b,\"x, \"\"y\"\"\"\n,\"two\nlines\"\n", 2, 2,
                 (const char *const[]){"a b", "x, \"y\"", "", "two\nlines"});
    /* A comma inside semicolons is part of the text. */
    assert_cells("1,5;2\n", 1, 2, (const char *const[]){"1,5", "2"});
    assert_cells("\"a;b\",c\n", 1, 2, (const char *const[]){"a;b", "c"});
    assert_cells("1\r", 1, 1, (const char *const[]){"1"});
}

static void assert_refused(const char *text, int line, int column)
{
    sb_csv_table table;
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_csv_parse(text, strlen(text), "t.csv", &table, &error), SB_ERROR_INPUT);
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
    assert_string_equal(error.file, "t.csv");
    assert_null(table.cells);
}

static void faults_have_places(void **state)
{
    (void)state;
    assert_refused("", 1, 1);
    assert_refused("\n\r\n", 1, 1);
    assert_refused("1,2\n\n3\n", 3, 1);
    assert_refused("1,2\n3,4,\n", 2, 1);
    assert_refused("1,\"2\n", 1, 3);
    assert_refused("\u00e9,\"2\"x\n", 1, 6);
    assert_refused("1,\xFF\n", 1, 3);
}

static sb_environment *environment_of(const char *text, sb_notes *notes)
{
    sb_environment *environment = NULL;
    sb_error error;
    sb_error_clear(&error);
    if (sb_environment_parse_csv(text, strlen(text), "t.csv", &environment, notes, &error) !=
        SB_OK) {
        fail_msg("%d:%d: %s", error.line, error.column, error.message);
    }
    assert_int_equal(environment->agent_count, 2);
    return environment;
}

/* Both axes as "LABEL=VALUE LABEL=VALUE | LABEL=VALUE": the rows, then the columns. */
static void assert_axes(const char *text, const char *expected)
{
    sb_environment *environment = environment_of(text, NULL);
    char axes[256] = "";
    size_t used = 0;
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        const sb_agent *bidder = &environment->agents[agent];
        for (size_t type = 0; type < bidder->type_count; type++) {
            char *value = sb_rational_format(&bidder->values[type], SB_NUMBER_DECIMAL);
            assert_non_null(value);
            used += (size_t)snprintf(axes + used, sizeof axes - used, "%s%s=%s",
                                     type > 0    ? " "
                                     : agent > 0 ? " | "
                                                 : "",
                                     bidder->types[type], value);
            assert_true(used < sizeof axes);
            free(value);
        }
    }
    assert_string_equal(axes, expected);
    sb_environment_free(environment);
}

static void labels_are_found(void **state)
{
    (void)state;
    assert_axes("1,2\n3,4\n", "1=1 2=2 | 1=1 2=2");
    assert_axes(",10,100\n5,1/3,1/6\n7,1/6,1/3\n", "5=5 7=7 | 10=10 100=100");
    assert_axes("prior,10,100\n5,1/3,1/6\n7,1/6,1/3\n", "5=5 7=7 | 10=10 100=100");
    assert_axes("low,high\n1,2\n3,4\n5,6\n", "1=1 2=2 3=3 | low=1 high=2");
    assert_axes("low,1,2\nhigh,3,4\n", "low=1 high=2 | 1=1 2=2");
    assert_axes("x;l;h\nlow;1;2\nhigh;3;4\n", "low=1 high=2 | l=1 h=2");
    assert_axes("1\t1\n", "1=1 | 1=1 2=2");
    assert_axes("5\n", "1=1 | 1=1");
}

static void bare_tables_have_notes(void **state)
{
    (void)state;
    sb_notes notes;
    sb_notes_init(&notes);
    sb_environment *environment = environment_of("1,0\n1,0\n", &notes);
    assert_int_equal(notes.count, 2);
    assert_string_equal(notes.texts[0], "the prior sums to 2, not 1: read as weights");
    assert_int_equal(environment->source.style, SB_NUMBER_DECIMAL);
    sb_environment_free(environment);
    sb_notes_clear(&notes);
    environment = environment_of("1/2,0\n1/2,0\n", NULL);
    assert_int_equal(environment->source.style, SB_NUMBER_FRACTION);
    sb_environment_free(environment);
}

static void bad_bare_tables_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line, column;
    } cases[] = {
        {"0.5,x\n0.5,1\n", 1, 5},       {"1,2\n3,-4\n", 2, 3}, {"0,0\n", 1, 1},
        {",a,a\nb,1,2\nc,1,2\n", 1, 1}, {"a,b\nc,\n", 2, 3},   {",a,\nb,1,2\n", 1, 4},
    };
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        sb_environment *environment = NULL;
        sb_error error;
        sb_error_clear(&error);
        assert_int_equal(sb_environment_parse_csv(cases[index].text, strlen(cases[index].text),
                                                  "t.csv", &environment, NULL, &error),
                         SB_ERROR_INPUT);
        assert_null(environment);
        assert_int_equal(error.line, cases[index].line);
        assert_int_equal(error.column, cases[index].column);
    }
}

/* ---- import ---- */

static sb_status import(sb_environment *environment, const char *text, sb_error *error)
{
    char path[] = "/tmp/sidebet-test-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
    sb_status status = sb_environment_import_csv(environment, path, error);
    unlink(path);
    return status;
}

static void weights_are_imported(void **state)
{
    (void)state;
    static const char *const good[] = {
        "1,2,3\n4,5,6\n",        "rain,dry,fog\n1,2,3\n4,5,6\n",
        "1;1;2;3\n2;4;5;6\n",    "\ta\tb\tc\nx\t1\t2\t3\ny\t4\t5\t6\n",
        "1,2,3\n1,2,3\n4,5,6\n", /* the first line is the labels of the columns */
    };
    static const char *const bad[] = {
        "1,2\n3,4\n",     "1,2,3\n",        "9,9,9\n1,2,3\n4,5,6\n", "9,1,2,3\n9,4,5,6\n",
        "1,2,3\n4,5,x\n", "0,0,0\n0,0,0\n", "1,2,3\n4,5,-6\n",
    };
    sb_environment *environment = environment_of(",1,2,3\n1,1,1,1\n2,1,1,1\n", NULL);
    sb_environment *start = sb_environment_copy(environment);
    sb_error error;
    sb_error_clear(&error);
    for (size_t index = 0; index < sizeof bad / sizeof bad[0]; index++) {
        assert_int_equal(import(environment, bad[index], &error), SB_ERROR_INPUT);
        assert_true(sb_environment_equal(environment, start));
        assert_true(error.file[0] != '\0');
    }
    for (size_t index = 0; index < sizeof good / sizeof good[0]; index++) {
        assert_int_equal(import(environment, good[index], &error), SB_OK);
        for (size_t cell = 0; cell < 6; cell++) {
            assert_true(fmpq_cmp_ui(&environment->weights[cell], cell + 1) == 0);
        }
        assert_int_equal(sb_environment_set_weights(environment, start->weights, NULL), SB_OK);
    }
    assert_int_equal(sb_environment_import_csv(environment, "/no/such/file.csv", &error),
                     SB_ERROR_IO);
    sb_environment_free(environment);
    sb_environment_free(start);
}

/* A table in another order than the types would put its numbers into the wrong cells. */
static void labels_in_another_order_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line, column;
        const char *message;
    } cases[] = {
        {",high,low\nlow,1,2\nhigh,3,4\n", 1, 2, "the label 'high' stands where 'low' belongs"},
        {",low,high\nhigh,1,2\nlow,3,4\n", 2, 1, "the label 'high' stands where 'low' belongs"},
        {"x,low\n1,2\n3,4\n", 1, 3, "the label 'low' stands where 'high' belongs"},
        {"high,1,2\nx,3,4\n", 1, 1, "the label 'high' stands where 'low' belongs"},
    };
    sb_environment *environment = environment_of(",low,high\nlow,1,1\nhigh,1,1\n", NULL);
    sb_error error;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        sb_error_clear(&error);
        assert_int_equal(import(environment, cases[index].text, &error), SB_ERROR_INPUT);
        assert_string_equal(error.message, cases[index].message);
        assert_int_equal(error.line, cases[index].line);
        assert_int_equal(error.column, cases[index].column);
    }
    assert_int_equal(import(environment, ",low,high\nlow,1,2\nhigh,3,4\n", &error), SB_OK);
    assert_int_equal(import(environment, ",l,h\nl,1,2\nh,3,4\n", &error), SB_OK);
    sb_environment_free(environment);

    /* Labels that are numbers, and lines of numbers that are no labels. */
    environment = environment_of(",1,2\n1,1,1\n2,1,1\n", NULL);
    assert_int_equal(import(environment, ",2,1\n2,1,2\n1,3,4\n", &error), SB_ERROR_INPUT);
    assert_string_equal(error.message, "the label '2' stands where '1' belongs");
    assert_int_equal(import(environment, "1,1\n1,2\n3,4\n", &error), SB_ERROR_INPUT);
    assert_string_equal(error.message, "the table has 3 rows and 2 columns, the prior has 2 and 2");
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_read),
        cmocka_unit_test(faults_have_places),
        cmocka_unit_test(labels_are_found),
        cmocka_unit_test(bare_tables_have_notes),
        cmocka_unit_test(bad_bare_tables_are_refused),
        cmocka_unit_test(weights_are_imported),
        cmocka_unit_test(labels_in_another_order_are_refused),
    };
    int failed = cmocka_run_group_tests_name("CSV tables", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
