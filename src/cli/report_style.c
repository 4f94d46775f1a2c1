/* How the page of a report looks.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/report_style.h"

const char *sb_report_style(void)
{
    return ":root { color-scheme: light dark; --paper: #ffffff; --ink: #1b1b1b; --pale: #5a5a5a;\n"
           "  --rule: #c9c9c9; --stripe: #f4f4f4; --link: #005a8d; }\n"
           "@media (prefers-color-scheme: dark) {\n"
           "  :root { --paper: #17191c; --ink: #ececec; --pale: #b4b4b4; --rule: #4a4d52;\n"
           "    --stripe: #202327; --link: #7cc4ef; } }\n"
           "* { box-sizing: border-box; }\n"
           "body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; background: var(--paper);\n"
           "  color: var(--ink); font: 1rem/1.5 system-ui, 'DejaVu Sans', Helvetica, Arial, "
           "sans-serif; }\n"
           "h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 .5rem; }\n"
           "h2 { font-size: 1.3rem; margin: 2.2rem 0 .6rem; padding-top: .6rem;\n"
           "  border-top: 1px solid var(--rule); }\n"
           "header p, .missing, figcaption, caption { color: var(--pale); }\n"
           ".missing { font-style: italic; }\n"
           "a { color: var(--link); }\n"
           "nav ol { columns: 20rem; padding-left: 1.4rem; }\n"
           ".wide { overflow-x: auto; margin: .8rem 0; }\n"
           "table { border-collapse: collapse; font-variant-numeric: tabular-nums; }\n"
           "caption { text-align: left; padding: .2rem 0; }\n"
           "th, td { padding: .2rem .7rem; text-align: left; vertical-align: top; }\n"
           "thead th, thead td { border-bottom: 2px solid var(--rule); }\n"
           "tbody th { font-weight: normal; }\n"
           "tbody tr:nth-child(even) { background: var(--stripe); }\n"
           ".number { text-align: right; white-space: nowrap; }\n"
           "figure { margin: 1rem 0; }\n"
           "svg { display: block; max-width: 100%; height: auto; background: #ffffff;\n"
           "  border-radius: 6px; }\n"
           "pre { overflow-x: auto; padding: .8rem; background: var(--stripe);\n"
           "  border: 1px solid var(--rule); border-radius: 6px; }\n"
           "summary { cursor: pointer; color: var(--link); }\n"
           "@media print { body { max-width: none; padding: 0; } nav { display: none; }\n"
           "  figure, table { break-inside: avoid; } h2 { break-after: avoid; }\n"
           "  .wide, pre { overflow: visible; white-space: pre-wrap; } }\n";
}
