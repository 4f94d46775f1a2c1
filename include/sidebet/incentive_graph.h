/* Who would misreport as whom: the incentive rules of one agent as a graph.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nodes are the agent's types and "stays away". An edge from a type to a report is the rule that
 * the type gains nothing by it; an edge to "stays away" is the rule that the type takes part. A
 * rule that binds is one that the type is indifferent about: an edge that matters. Where a rule
 * holds for each profile of the others (ex-post), the edge gathers them, or is about one of them.
 */
#ifndef SIDEBET_INCENTIVE_GRAPH_H
#define SIDEBET_INCENTIVE_GRAPH_H

#include "sidebet/declarations.h"
#include "sidebet/design.h"
#include "sidebet/misbelief.h"

SB_DECLARATIONS_BEGIN

typedef struct sb_incentive_edge {
    size_t type;    /* SB_NOWHERE: before it knows its type (ex-ante participation) */
    size_t report;  /* SB_NOWHERE: stays away */
    size_t places;  /* rules gathered: 1, or the others' profiles of an ex-post rule */
    size_t binding; /* how many of them bind */
    fmpq dual;      /* their duals added up (sb_binding), where the graph has duals; else 0 */
    fmpq slack;     /* the smallest of theirs */
} sb_incentive_edge;

typedef struct sb_incentive_graph {
    size_t agent, type_count;
    size_t others;  /* the others' profile that ex-post rules are shown at; SB_NOWHERE: all */
    bool ex_post;   /* some rule of this agent is ex-post, so that `others` matters */
    bool replies;   /* what types do, not what they are indifferent about; see below */
    bool has_duals; /* not in a deterministic search; of replies the gains over the truth */
    bool all;       /* edges with slack are there too */
    size_t edge_count;
    sb_incentive_edge *edges; /* by type, then report; the types' staying away behind their
                                 reports; ex-ante participation last */
} sb_incentive_graph;

void sb_incentive_graph_init(sb_incentive_graph *graph);
void sb_incentive_graph_clear(sb_incentive_graph *graph);

/* The graph of an agent at the solution's mechanism, which must be optimal (usage error). all: also
 * the edges that do not bind, which takes as long as checking the mechanism; else only those that
 * do, from the solution's bindings. graph is initialised. */
sb_status sb_incentive_graph_build(const sb_environment *environment, const sb_solution *solution,
                                   size_t agent, size_t others, bool all, sb_incentive_graph *graph,
                                   sb_error *error);

/* What the types of an agent do where a frozen mechanism meets another truth: an edge, with what it
 * gains over the truth in `dual`, from each type that misreports or stays away; everybody else is
 * truthful. environment is the truth that misbelief was evaluated under. graph is initialised. */
sb_status sb_incentive_graph_of_replies(const sb_environment *environment,
                                        const sb_misbelief *misbelief, size_t agent,
                                        sb_incentive_graph *graph, sb_error *error);

/* The rule that an edge is about, or the first of those it gathers. */
sb_constraint sb_incentive_edge_constraint(const sb_incentive_graph *graph,
                                           const sb_incentive_edge *edge);

/* The graphs in DOT, for graphviz: a cluster an agent, binding edges solid with their duals, others
 * dotted. Freed by the caller. */
sb_status sb_incentive_graph_format_dot(const sb_environment *environment,
                                        const sb_incentive_graph *graphs, size_t count, char **text,
                                        sb_error *error);

SB_DECLARATIONS_END

#endif
