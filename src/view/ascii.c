/* How symbols are spelt where only ASCII can be shown.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/ascii.h"

#include <stddef.h>

typedef struct sb_spelling {
    uint32_t character;
    const char *text;
} sb_spelling;

static const sb_spelling spellings[] = {
    {0x00A0, " "},     {0x00B0, "o"},      {0x00B1, "+-"},    {0x00B2, "^2"},    {0x00B7, "."},
    {0x00D7, "x"},     {0x0393, "Gamma"},  {0x0398, "Theta"}, {0x03A3, "Sum"},   {0x03A9, "Omega"},
    {0x03B8, "theta"}, {0x03BB, "lambda"}, {0x03C0, "pi"},    {0x03C3, "sigma"}, {0x03C8, "psi"},
    {0x03C9, "omega"}, {0x2013, "-"},      {0x2014, "-"},     {0x2018, "'"},     {0x2019, "'"},
    {0x201C, "\""},    {0x201D, "\""},     {0x2026, "..."},   {0x2190, "<"},     {0x2191, "^"},
    {0x2192, ">"},     {0x2193, "v"},      {0x2194, "<>"},    {0x2212, "-"},     {0x2248, "~"},
    {0x2260, "!="},    {0x2264, "<="},     {0x2265, ">="},    {0x23CE, "Enter"}, {0x2500, "-"},
    {0x2501, "="},     {0x2502, "|"},      {0x2514, "+"},     {0x2524, "+"},     {0x2534, "+"},
    {0x253C, "+"},     {0x2571, "/"},      {0x2572, "\\"},    {0x2588, "#"},     {0x25B2, "^"},
    {0x25B6, ">"},     {0x25B8, ">"},      {0x25BC, "v"},     {0x25CB, "o"},     {0x25CF, "*"},
    {0x2504, "."},     {0x250A, "|"},      {0x251C, "+"},     {0x25C0, "<"},     {0x208B, "-"},
    {0x254C, "~"},     {0x2508, "."},      {0x2713, "+"},     {0x2717, "-"},     {0x2039, "<"},
    {0x203A, ">"},     {0x2022, "*"},      {0x03B5, "eps"},   {0x27E8, "<"},     {0x27E9, ">"},
};

static const char printable[] = " \0!\0\"\0#\0$\0%\0&\0'\0(\0)\0*\0+\0,\0-\0.\0/\0"
                                "0\0001\0002\0003\0004\0005\0006\0007\0008\0009\0:\0;\0<\0=\0>\0?\0"
                                "@\0A\0B\0C\0D\0E\0F\0G\0H\0I\0J\0K\0L\0M\0N\0O\0"
                                "P\0Q\0R\0S\0T\0U\0V\0W\0X\0Y\0Z\0[\0\\\0]\0^\0_\0"
                                "`\0a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0"
                                "p\0q\0r\0s\0t\0u\0v\0w\0x\0y\0z\0{\0|\0}\0~";

const char *sb_ascii_spelling(uint32_t character)
{
    if (character >= 0x20 && character < 0x7F) {
        return printable + (size_t)2 * (character - 0x20);
    }
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        if (spellings[i].character == character) {
            return spellings[i].text;
        }
    }
    return "?";
}
