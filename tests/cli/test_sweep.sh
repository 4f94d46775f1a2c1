#!/bin/sh
# sidebet sweep and solve --report-payments: near independence, in exact numbers.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

# ---- .25+d .25 / .25 .25-d, d = 10^-k: everything is extracted, however small d ----
repeat() { # CHARACTER COUNT
    awk -v character="$1" -v count="$2" 'BEGIN { while (count-- > 0) printf "%s", character }'
}
environment() { # ENTRY ENTRY: the corners
    printf 'item: {bidders: [{name: a, values: [1, 2]}, {name: b, values: [1, 2]}]}\nprior: [[%s, 0.25], [0.25, %s]]\n' "$1" "$2"
}
for k in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    case $k in
    1) high=0.35 low=0.15 ;;
    2) high=0.26 low=0.24 ;;
    *) high=0.25$(repeat 0 $((k - 3)))1 low=0.24$(repeat 9 $((k - 2))) ;;
    esac
    # 1/(32 d^2) + 1/(8 d) = 3125 10^(2k-5) + 125 10^(k-3)
    case $k in
    1) payment=35/8 ;;
    2) payment=325 ;;
    3) payment=31375 ;;
    4) payment=3126250 ;;
    *) payment=3125$(repeat 0 $((k - 5)))125$(repeat 0 $((k - 3))) ;;
    esac
    feed "$(environment $high $low)" solve --json --report-payments smallest -
    tap "d = 1e-$k: exact, revenue is the full surplus" sh -c '
        revenue=$(sed -n "s/.*\"revenue\": {\"value\": [^,]*, \"exact\": \"\([0-9/]*\)\".*/\1/p" "$1")
        surplus=$(sed -n "s/.*\"full_surplus\": {\"value\": [^,]*, \"exact\": \"\([0-9/]*\)\".*/\1/p" "$1")
        [ -n "$revenue" ] && [ "$revenue" = "$surplus" ] && grep -q "\"proof\": \"exact\"" "$1"' sh "$out"
    tap "d = 1e-$k: the smallest payments are $payment" line_matches "\"max_payment\": {\"value\": [^,]*, \"exact\": \"$payment\"}"
    tap "d = 1e-$k: said to be the smallest" line_matches '"payments_kind": "smallest"'
done

run solve --json demos/almost-independent.yaml
tap 'the vertex is the default' line_matches '"payments_kind": "vertex"'
run solve --json --report-payments vertex demos/almost-independent.yaml
tap 'the vertex can be asked for' line_matches '"payments_kind": "vertex"'
run solve --report-payments smallest demos/almost-independent.yaml
tap 'text: the smallest payments are called that' prints 'largest payment 31375, the smallest of all optimal mechanisms'
tap 'text: the mechanism follows' line_matches 'payment at ([12], [12]): *-*31375$'
tap 'text: binding rules are those of this mechanism' line_matches '^  agent 1 of type [12] takes part  *1$'
run solve --json --report-payments smallest --ir none demos/almost-independent.yaml
tap 'no optimum, no kind of payments' line_matches '"payments_kind": null'
tap 'no optimum: exit status 1' exits 1
run solve --report-payments smallest --proof floating demos/almost-independent.yaml
tap 'smallest among unproved optima is refused' exits 2
tap 'and says what to leave out' complains 'leave out --proof floating'
run solve --report-payments least demos/almost-independent.yaml
tap 'an unknown kind is refused' exits 2
tap 'and the kinds are named' complains 'choose smallest or vertex'
run check --report-payments vertex demos/almost-independent.yaml
tap 'check reports no payments' exits 2

# ---- the sweep ----
run sweep --json demos/almost-independent.yaml
tap 'sweep: exit status 0' exits 0
tap 'sweep: nothing on standard error' quiet
tap 'sweep: JSON begins as documented, at independence with 1.499' line_matches '^{"points": \[{"lambda": 0, "revenue": {"value": 1.499, "exact": "1499/1000"}, "full_surplus": {"value": 1.748999, "exact": "1748999/1000000"}, "ex_post": {"value": [0-9.]*, "exact": "[0-9/]*"}, "smallest_max_payment": {"value": [^,]*, "exact": "[0-9/]*"}, "vertex_max_payment": {"value": [^,]*, "exact": "[0-9/]*"}, "smallest_singular_value": [0-9.e-]*, "proof": "exact", "status": "optimal", "lambda_exact": "0"}, {'
tap 'sweep: the table itself is a point' line_matches '{"lambda": 1, "revenue": {"value": 1.749, "exact": "1749/1000"}'
tap 'sweep: everything is exact' sh -c '! grep -q "\"proof\": \"\(floating\|none\)\"" "$1"' sh "$out"
if command -v python3 >/dev/null 2>&1; then
    cat >"$scratch/judge.py" <<'END'
import json, sys
answer = json.load(open(sys.argv[1]))
points = answer["points"]
lambdas = [p["lambda"] for p in points]
assert lambdas == sorted(lambdas) and lambdas[0] == 0 and 1 in lambdas and max(lambdas) > 1
assert min(l for l in lambdas if l > 0) <= 1.1e-6
for p in points:
    if p["lambda"] > 0:
        assert p["revenue"]["exact"] == p["full_surplus"]["exact"], p
        assert p["smallest_max_payment"]["value"] <= p["vertex_max_payment"]["value"] * (1 + 1e-12)
assert abs(answer["payment_growth"] + 1) < 0.01, answer["payment_growth"]
END
    tap 'sweep: full surplus at every lambda above 0, payments like 1/lambda' python3 "$scratch/judge.py" "$out"
else
    skip 'sweep: full surplus at every lambda above 0, payments like 1/lambda' 'no python3'
fi

# Each point is what solve says of that table: (1/4 + lambda/10 , ...) with marginals 1/2.
cat >"$scratch/correlated.yaml" <<'END'
item: {bidders: [{name: a, values: [1, 2]}, {name: b, values: [1, 2]}]}
prior: [[0.35, 0.15], [0.15, 0.35]]
END
run sweep --json --lambda 0,1/10,1/2 --lambda 1 --lambda 3/2 "$scratch/correlated.yaml"
cp "$out" "$scratch/points"
tap 'chosen points, in the order given' sh -c '[ "$(grep -o "\"lambda_exact\": \"[0-9/]*\"" "$1" | tr -d "\n")" = "\"lambda_exact\": \"0\"\"lambda_exact\": \"1/10\"\"lambda_exact\": \"1/2\"\"lambda_exact\": \"1\"\"lambda_exact\": \"3/2\"" ]' sh "$out"
number_of() { # MEMBER FILE N: the Nth exact value of a member
    grep -o "\"$1\": {\"value\": [^,]*, \"exact\": \"[0-9/-]*\"" "$2" | sed -n "$3s/.*\"exact\": \"\(.*\)\"/\1/p"
}
point=0
for cells in '1/4 1/4' '26/100 24/100' '30/100 20/100' '35/100 15/100' '40/100 10/100'; do
    point=$((point + 1))
    set -- $cells
    feed "item: {bidders: [{name: a, values: [1, 2]}, {name: b, values: [1, 2]}]}
prior: [[$1, $2], [$2, $1]]
" solve --json --report-payments smallest -
    one=$(number_of revenue "$out" 1) two=$(number_of revenue "$scratch/points" $point)
    tap "revenue at ($cells) is that of solve: $one" [ -n "$one" -a "$one" = "$two" ]
    one=$(number_of max_payment "$out" 1) two=$(number_of smallest_max_payment "$scratch/points" $point)
    tap "the smallest payments at ($cells) are those of solve: $one" [ -n "$one" -a "$one" = "$two" ]
done

# Fifty more, scattered: 1/4 +- lambda/10 with lambda = k/1000.
scattered=$(awk 'BEGIN { k = 7; for (i = 0; i < 50; i++) { k = (k * 271 + 131) % 2500; printf "%s%d", i ? " " : "", k + 1 } }')
run sweep --csv --no-payments --lambda "$(echo "$scattered" | sed 's/ /\/1000,/g')/1000" "$scratch/correlated.yaml"
tail -n +2 "$out" | cut -d, -f4 >"$scratch/swept"
for k in $scattered; do
    printf 'item: {bidders: [{name: a, values: [1, 2]}, {name: b, values: [1, 2]}]}\nprior: [[%d, %d], [%d, %d]]\n' \
        $((2500 + k)) $((2500 - k)) $((2500 - k)) $((2500 + k)) >"$scratch/one.yaml"
    "$SIDEBET_PROGRAM" solve --json "$scratch/one.yaml" 2>/dev/null | sed -n 's/.*"revenue": {"value": [^,]*, "exact": "\([^"]*\)".*/\1/p'
done >"$scratch/solved"
tap 'fifty scattered points: the sweep has them' lines 50 "$scratch/swept"
tap 'fifty scattered points: each is what solve says, exactly' cmp "$scratch/swept" "$scratch/solved"

run sweep --csv --points 1 --decades 3 demos/almost-independent.yaml
tap 'CSV: a header' sh -c '[ "$(head -n 1 "$1")" = "lambda,lambda_exact,revenue,revenue_exact,full_surplus,full_surplus_exact,ex_post,ex_post_exact,smallest_max_payment,smallest_max_payment_exact,vertex_max_payment,vertex_max_payment_exact,smallest_singular_value,status,proof" ]' sh "$out"
tap 'CSV: independence' line_matches '^0,0,1.499,1499/1000,1.748999,1748999/1000000,'
tap 'CSV: as many fields in every line' sh -c 'awk -F, "NF != 15 { exit 1 }" "$1"' sh "$out"
tap 'CSV: a point for each power of ten' sh -c '[ "$(cut -d, -f1 "$1" | grep -cE "^(0|0.001|0.01|0.1|1)$")" -eq 5 ]' sh "$out"
run sweep --no-payments --csv --lambda 1 demos/almost-independent.yaml
tap 'without the smallest payments: empty fields' line_matches '^1,1,1.749,1749/1000,1.749,1749/1000,[0-9.]*,[0-9/]*,,,[0-9]'
run sweep demos/almost-independent.yaml --points 1
tap 'text: a table' line_matches '^ *lambda  *revenue  *surplus  *ex-post  *smallest  *vertex  *sigma$'
tap 'text: the lesson' sh -c 'tr "\n" " " <"$1" | grep -q "the full surplus as at every lambda above 0; at 0, independence, it is 1.499; the smallest payments grow like lambda^-1.00"' sh "$out"
tap 'text: within 80 columns' sh -c '! grep -q "^.\{81,\}" "$1"' sh "$out"
run sweep --ir ex-post --csv --lambda 0,1 demos/almost-independent.yaml
tap 'rules of the command line hold' line_matches '^1,1,1.499'
run sweep --ir none --lambda 1 demos/almost-independent.yaml
tap 'unbounded at a point: exit status 1' exits 1
tap 'unbounded at a point: said in the table' prints unbounded

SIDEBET=$SIDEBET_PROGRAM sh demos/near-independence/compare.sh joint 3 >"$out" 2>"$err"
command='compare.sh joint 3'
tap 'the table of solvers: the optimum and the smallest payments' line_matches '^| 1e-3 | 1.749 | 31375 | '
tap 'the table of solvers: nothing on standard error' quiet

if command -v timeout >/dev/null 2>&1; then
    timeout --preserve-status -s INT 1 "$SIDEBET_PROGRAM" sweep --points 300 --csv --figure "$scratch/never.svg" demos/gaussian.yaml >"$out" 2>"$err" </dev/null
    status=$? command='sidebet sweep, interrupted'
    tap 'Ctrl-C: ends as interrupted' exits 130
    tap 'Ctrl-C: nothing printed, no figure' sh -c '[ ! -s "$1" ] && [ ! -e "$2" ]' sh "$out" "$scratch/never.svg"
    tap 'Ctrl-C: said' complains cancelled
    timeout --preserve-status -s TERM 1 "$SIDEBET_PROGRAM" sweep --points 300 --csv demos/gaussian.yaml >"$out" 2>"$err" </dev/null
    status=$? command='sidebet sweep, asked to end'
    tap 'SIGTERM: ends by it, and says so' sh -c '[ "$1" -eq 143 ] && grep -q cancelled "$2"' sh "$status" "$err"
else
    skip 'Ctrl-C' 'no timeout'
fi

# ---- bad usage ----
refused() { # NAME WORDS ARGUMENT...
    what=$1 words=$2
    shift 2
    run "$@"
    tap "$what: exit status 2" exits 2
    tap "$what: nothing printed" silent
    tap "$what: says $words" complains "$words"
}
refused 'no file' 'sidebet sweep needs a FILE' sweep
refused 'a missing file' none.yaml sweep none.yaml
refused 'points of nothing' 'a whole number from 1' sweep --points 0 demos/almost-independent.yaml
refused 'points in words' "not 'many'" sweep --points many demos/almost-independent.yaml
refused 'too many decades' 'a whole number from 1 to 100' sweep --decades 1000 demos/almost-independent.yaml
refused 'a lambda that is no number' "'x' is not a number" sweep --lambda 1,x demos/almost-independent.yaml
refused 'an empty lambda' 'is not a number' sweep --lambda 1, demos/almost-independent.yaml
refused 'a negative lambda' 'is negative' sweep --lambda -1/2 demos/almost-independent.yaml
refused 'a lambda that is too large' negative sweep --lambda 1000000 demos/almost-independent.yaml
refused 'chosen and planned points' 'leave out --points and --decades' sweep --lambda 1 --points 3 demos/almost-independent.yaml
refused 'two formats' 'choose one of them' sweep --json --csv demos/almost-independent.yaml
refused 'an option of others' 'takes no option --along' sweep --along 3 demos/almost-independent.yaml

# ---- another objective: nothing is called the full surplus that is not ----
run sweep --points 1 --decades 1 --objective welfare --figure "$scratch/welfare.svg" demos/almost-independent.yaml
tap 'welfare: the columns say what they are' line_matches '^  lambda  objective  *welfare '
tap 'welfare: so do the curves' sh -c 'grep -q ">largest welfare<" "$1" && ! grep -q "full surplus" "$1"' sh "$scratch/welfare.svg"

finish
