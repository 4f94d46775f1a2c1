/* Tables in files: escapes, formats, exact numbers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "session/session.h"
#include "session/table_list.h"

static void expect_escape(void (*escape)(sb_text *text, const char *words), const char *words,
                          const char *written)
{
    sb_text text;
    sb_text_init(&text);
    escape(&text, words);
    char *found = sb_text_take(&text, NULL);
    assert_string_equal(found, written);
    free(found);
}

static void test_escapes(void **state)
{
    (void)state;
    expect_escape(sb_escape_csv, "plain words", "plain words");
    expect_escape(sb_escape_csv, "a,b", "\"a,b\"");
    expect_escape(sb_escape_csv, "say \"so\"", "\"say \"\"so\"\"\"");
    expect_escape(sb_escape_csv, "two\nlines", "\"two\nlines\"");
    expect_escape(sb_escape_html, "<a href=\"x\">&'", "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    expect_escape(sb_escape_html, "a\x01\xff z", "a   z");
    expect_escape(sb_escape_latex, "100% of $5_#&{}", "100\\% of \\$5\\_\\#\\&\\{\\}");
    expect_escape(sb_escape_latex, "\\[x]~^",
                  "\\textbackslash{}{[}x{]}\\textasciitilde{}\\textasciicircum{}");
    expect_escape(sb_escape_latex, "\xCE\xBB < 1", "\\ensuremath{\\lambda} \\textless{} 1");
    expect_escape(sb_escape_markdown, "a|b *c* _d_ `e` <f> [g]",
                  "a\\|b \\*c\\* \\_d\\_ \\`e\\` &lt;f&gt; \\[g\\]");
}

/* A label with everything in it, a third, a long number, a floating one. */
static void fill(sb_text_table *table)
{
    static const char *const headings[] = {"who", "exact", "long", "floating"};
    fmpq_t number;
    fmpq_init(number);
    sb_text_table_init(table, 4, 1);
    table->headings = headings;
    sb_text_table_add(table, "A|B, \"C\" & <D>");
    fmpq_set_si(number, 1, 3);
    sb_text_table_add_number(table, number, false);
    assert_int_equal(fmpq_set_str(number, "123456789012345678901/98765432109876543210987", 10), 0);
    sb_text_table_add_number(table, number, false);
    table->unproved = true;
    fmpq_set_si(number, 1, 3);
    sb_text_table_add_number(table, number, true);
    fmpq_clear(number);
}

static void expect_format(sb_table_format format, const char *expected)
{
    sb_text_table table;
    fill(&table);
    sb_text text;
    sb_text_init(&text);
    sb_table_write(&table, format, &text);
    char *found = sb_text_take(&text, NULL);
    assert_string_equal(found, expected);
    free(found);
    sb_text_table_clear(&table);
}

static void test_formats(void **state)
{
    (void)state;
    expect_format(SB_TABLE_CSV,
                  "who,exact,exact_exact,long,long_exact,floating,floating_exact\n"
                  "\"A|B, \"\"C\"\" & <D>\",0.3333333333333333,1/3,0.001249999988609375,"
                  "123456789012345678901/98765432109876543210987,0.3333333333333333,\n");
    expect_format(SB_TABLE_MARKDOWN, "| who | exact | long | floating |\n"
                                     "| :-- | --: | --: | --: |\n"
                                     "| A\\|B, \"C\" &amp; &lt;D&gt; | 1/3 | "
                                     "\xE2\x89\x88 0.00125 | +1/3 |\n\n");
    expect_format(SB_TABLE_LATEX, "% \\usepackage{booktabs}\n\\begin{tabular}{lrrr}\n\\toprule\n"
                                  "who & exact & long & floating \\\\\n\\midrule\n"
                                  "A\\textbar{}B, ''C'' \\& \\textless{}D\\textgreater{} & $1/3$ & "
                                  "$\\approx 0.00125$ & $+1/3$ \\\\\n"
                                  "\\bottomrule\n\\end{tabular}\n");
}

/* Of several tables each line says which. */
static void test_parts(void **state)
{
    (void)state;
    sb_table_list list;
    sb_table_list_init(&list);
    for (int k = 0; k < 2; k++) {
        sb_text_table table;
        sb_text_table_init(&table, 1, 1);
        sb_text_table_add(&table, "name");
        sb_text_table_add(&table, k == 0 ? "a" : "b");
        sb_table_list_add(&list, k == 0 ? "heading\nfirst, one\n" : "second\n", &table);
    }
    sb_text text;
    sb_text_init(&text);
    sb_table_list_write(&list, SB_TABLE_CSV, &text);
    char *found = sb_text_take(&text, NULL);
    assert_string_equal(found, "part,name\n\"first, one\",a\nsecond,b\n");
    free(found);
    sb_table_list_clear(&list);
}

/* Every part of every kind of demo, in every format, says something or says why not. */
static void test_parts_of_a_session(void **state)
{
    (void)state;
    sb_error error;
    sb_error_clear(&error);
    sb_session *session = sb_session_new(false, &error);
    assert_int_equal(
        sb_session_open(session, SB_SOURCE_DIR "/demos/almost-independent.yaml", &error), SB_OK);
    static const char *const parts[] = {
        "prior",    "conditionals", "values", "rules", "results",  "mechanism", "binding",
        "smallest", "conditions",   "sweep",  "cap",   "auctions", "geometry"};
    for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
        sb_table_list list;
        sb_table_list_init(&list);
        assert_int_equal(sb_session_tables(session, parts[k], &list, &error), SB_OK);
        assert_true(list.count > 0);
        for (size_t at = 0; at < list.count; at++) {
            const sb_text_table *table = &list.blocks[at].table;
            assert_true(table->columns > 0 && table->count % table->columns == 0);
        }
        sb_table_list_clear(&list);
    }
    sb_table_list list;
    sb_table_list_init(&list);
    assert_int_equal(sb_session_tables(session, "nonsense", &list, &error), SB_ERROR_USAGE);
    assert_int_equal(sb_session_tables(session, "misbelief", &list, &error), SB_ERROR_USAGE);
    sb_table_list_clear(&list);
    /* Without anybody who draws. */
    assert_int_equal(sb_session_command(session, "figure x.svg", NULL, &error), SB_ERROR_USAGE);
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_parts_of_a_session),
    };
    return cmocka_run_group_tests_name("tables in files", tests, NULL, NULL);
}
