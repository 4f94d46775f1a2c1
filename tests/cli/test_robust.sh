#!/bin/sh
# sidebet robust: mechanisms that hold for every belief in a set.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"
demo=demos/weather.yaml bell=demos/gaussian.yaml
unwrapped() { tr '\n' ' ' <"$out" | tr -s ' ' | grep -qF -e "$1"; }
exact_of() { # MEMBER FILE: the exact value of its first member of that name
    sed -n "s/^.*[{ ]\"$1\": {\"value\": [^,]*, \"exact\": \"\([-0-9\/]*\)\"}.*/\1/p" "$2" | head -n 1
}
have_python=$(command -v python3)
judge() { # NAME FILE...: what the script on standard input thinks of JSON
    name=$1
    shift
    cat >"$scratch/judge.py"
    if [ -n "$have_python" ]; then
        tap "$name" python3 "$scratch/judge.py" "$@"
    else
        skip "$name" 'no python3'
    fi
}

# ---- by hand: values 1 and 2, beliefs (3/4, 1/4) and (1/4, 3/4) ----
# A box of 0 is the Bayesian optimum, here the full surplus 3/2; a box of 3/4 holds every belief: a
# price for each signal, 1 or 2 where the weather is bad, 2 where it is fine.
cat >"$scratch/hand.yaml" <<'END'
item: {bidders: [{name: bidder, values: [1, 2]}]}
signal: {name: weather, values: [rain, dry]}
prior: [[3/8, 1/8], [1/8, 3/8]]
END
run robust --json --box 0 "$scratch/hand.yaml"
tap 'a point: exit status 0' exits 0
tap 'a point: nothing on standard error' quiet
tap 'a point: the Bayesian optimum, in the members promised' line_matches '^{"revenue": {"value": 1.5, "exact": "3/2"}, "proof": "exact", "method": "cuts", "rounds": [0-9]*, "cuts": [0-9]*, "bayesian": {"value": 1.5, "exact": "3/2"}, "ex_post": {"value": 1.25, "exact": "5/4"}, "full_surplus": {"value": 1.5, "exact": "3/2"}, "mechanism": \[{"profile": {"bidder": "1", "weather": "rain"}, "probability": "3/8", "allocation": '
tap 'a point: no steps unless asked for' sh -c '! grep -q "\"steps\"" "$1"' sh "$out"
for radius in 3/4 1 7; do
    for method in cuts compact; do
        run robust --json --box $radius --method $method "$scratch/hand.yaml"
        tap "every belief ($radius, $method): the ex-post optimum" line_matches "^{\"revenue\": {\"value\": 1.25, \"exact\": \"5/4\"}, \"proof\": \"exact\", \"method\": \"$method\", "
        tap "every belief ($radius, $method): certified" line_matches '"certified": true'
    done
done
run robust --json --box 0.1 "$scratch/hand.yaml"
between=$(exact_of revenue "$out")
tap "between: $between" [ -n "$between" -a "$between" != 3/2 -a "$between" != 5/4 ]
for method in cuts compact; do
    for objective in estimate worst-case; do
        run robust --json --box 0.1 --method $method --objective $objective "$scratch/hand.yaml"
        exact_of objective "$out" >"$scratch/$method.$objective"
        tap "$method, $objective: the objective is said" line_matches "\"objective_kind\": \"$objective\""
    done
done
for objective in estimate worst-case; do
    tap "both methods, $objective: the same fraction" cmp "$scratch/cuts.$objective" "$scratch/compact.$objective"
    tap "both methods, $objective: there is one" [ -s "$scratch/cuts.$objective" ]
done
tap 'the two objectives differ here' sh -c '! cmp -s "$1" "$2"' sh "$scratch/cuts.estimate" "$scratch/cuts.worst-case"

# ---- the published bell curve, to four decimals ----
for case in '0.01 5.1153' '0.03 4.3627' '0.1 3.5401'; do
    set -- $case
    run robust --json --box "$1" $bell
    value=$(sed -n 's/^{"revenue": {"value": \([0-9.]*\), "exact": "[0-9]*\/[0-9]*"}, "proof": "exact".*/\1/p' "$out")
    tap "10 x 10, box $1: $2, proved" [ "$(printf '%.4f' "${value:-0}")" = "$2" ]
done
tap 'box 0.1: the ex-post optimum exactly' [ "$(exact_of revenue "$out")" = "$(exact_of ex_post "$out")" ]

# ---- the text ----
run robust --box 0.1 $demo
tap 'text: the answer comes first' sh -c 'sed -n 2p "$1" | grep -q "^robust revenue 21/13, about 1.6153846 (exact): every belief within 0.1"' sh "$out"
tap 'text: the upper limit' prints 'Bayesian optimum, without doubt: 5/3, about 1.6666667'
tap 'text: the lower limit' prints 'ex-post optimum, whatever the beliefs: 1.5 = 3/2'
tap 'text: the price in words' unwrapped 'Robustness costs 2/39, 3.077% of the Bayesian optimum 5/3; 69.23% of the 1/6 that knowing beliefs adds to the ex-post optimum 1.5 is kept.'
tap 'text: what is certain' unwrapped 'what the seller is sure of, whatever the beliefs in the set: 59/39'
tap 'text: the largest payments' line_matches "^  bidder's payment at ([23], dry):  *3$"
tap 'text: the work and the certificate' unwrapped ' of cutting planes, '
tap 'text: certified' unwrapped 'the exact oracle finds no rule that a belief in the set breaks'
tap 'text: within 80 columns' sh -c '! grep -q "^.\{81,\}" "$1"' sh "$out"
run robust --box 1/2 $demo
tap 'text: nothing is kept' unwrapped 'nothing of the 1/6 that knowing beliefs adds to the ex-post optimum 1.5 is kept'
run robust --box 0 $demo
tap 'text: costs nothing' unwrapped 'Robustness costs nothing here'
run robust --box 0.1 --objective worst-case $demo
tap 'text: certain revenue' line_matches '^certain revenue '
tap 'text: what the estimate promises' unwrapped 'at the estimate this mechanism earns'
run robust --box 0.1 --method compact $demo
tap 'text: one program' line_matches '^one program of [0-9]* columns and [0-9]* rows; '
run robust --box 0.1 --proof floating $demo
tap 'floating: said' line_matches '^robust revenue 1.6153846 (floating)'
tap 'floating: not proved' prints 'not proved; the largest violation of a rule is'
run robust --box 0.1 --ir none $demo
tap 'unbounded: exit status 1' exits 1
tap 'unbounded: said' line_matches '^unbounded (exact)'
run robust --box 0.1 --ic ex-post --ir ex-post --json $demo
tap 'rules of the command line hold' [ "$(exact_of revenue "$out")" = 3/2 ]
run robust --box 0.1 --objective welfare $demo
tap 'objective: also the rule' line_matches '^robust welfare '

# ---- the steps ----
run robust --box 0.1 --steps $demo
tap 'steps: a sentence a round' sh -c '[ "$(grep -c "^Round [0-9]*: " "$1")" -eq 2 ]' sh "$out"
tap 'steps: what happened and why' unwrapped 'Round 0: the beginning bounds the objective by 5/3; type 2 of belief (0.65, 0.35) would report 1 and gain 2/15, the worst of 3 broken rules.'
for cuts in one type all; do
    for begin in estimate nothing; do
        run robust --box 0.02 --steps --json --cuts $cuts --begin $begin $demo
        tap "$cuts, $begin: exit status 0" exits 0
        cp "$out" "$scratch/$cuts.$begin"
    done
done
judge 'steps: fall to the same optimum, each cut a belief in its box' "$scratch"/one.* "$scratch"/type.* "$scratch"/all.* <<'END'
import json, sys
from fractions import Fraction as F
prior = {"1": (F(1, 2), F(1, 2)), "2": (F(3, 4), F(1, 4)), "3": (F(0), F(1))}
seen = set()
for path in sys.argv[1:]:
    answer = json.load(open(path))
    steps = answer["steps"]
    assert [s["round"] for s in steps] == list(range(len(steps))) and len(steps) == answer["rounds"]
    bounds = [F(s["revenue"]["exact"]) for s in steps if s["revenue"]]
    assert bounds == sorted(bounds, reverse=True)
    assert steps[0]["revenue"] is None if path.endswith("nothing") else len(bounds) == len(steps)
    assert bounds[-1] == F(answer["revenue"]["exact"])
    for s in steps[:-1]:
        belief = [F(b["exact"]) for b in s["belief"]]
        assert sum(belief) == 1 and F(s["violation"]["exact"]) > 0
        assert all(abs(q - p) <= F(1, 50) for q, p in zip(belief, prior[s["type"]]))
        assert (s["report"] is None) == (s["kind"] == "participation")
        assert 1 <= s["added"] <= s["found"] and s["added"] <= {"one": 1, "type": 3, "all": 9}[path.split("/")[-1].split(".")[0]]
    last = steps[-1]
    assert last["type"] is None and last["report"] is None and last["belief"] == [] and F(last["violation"]["exact"]) == 0
    seen.add(answer["revenue"]["exact"])
assert len(seen) == 1, seen
END
run robust --box 0.02 --csv --cuts one $demo
tap 'CSV: a header' sh -c '[ "$(head -n 1 "$1")" = "round,revenue,revenue_exact,violation,violation_exact,kind,type,report,found,cuts,dropped,status,proof,belief_rain,belief_rain_exact,belief_dry,belief_dry_exact" ]' sh "$out"
tap 'CSV: as many fields in every line' sh -c 'awk -F, "NF != 17 { exit 1 }" "$1"' sh "$out"
tap 'CSV: the beginning' line_matches '^0,1.6666666666666667,5/3,[^,]*,[0-9/]*,incentive,2,1,3,0,0,optimal,exact,0.73,73/100,0.27,27/100$'
tap 'CSV: the end breaks nothing' sh -c 'tail -n 1 "$1" | grep -q ",0,0,,,,0,[0-9]*,0,optimal,exact,,,,$"' sh "$out"

run robust --box 0.01 --rounds 8 --json $bell
tap 'rounds: exit status 0' exits 0
judge 'rounds: a bound and no optimum' "$out" <<'END'
import json, sys
a = json.load(open(sys.argv[1]))
assert a["status"] == "stopped" and a["revenue"] is None and a["mechanism"] == [] and a["rounds"] == 8
assert 5.1153 < a["bound"]["value"] < 5.5
END
run robust --box 0.1 --rounds 1 --begin nothing $demo
tap 'rounds: still unbounded' unwrapped 'After 1 round the relaxation is still unbounded'
run robust --box 0.1 --rounds 99 --json $demo
tap 'rounds: more than needed' line_matches '^{"revenue": {"value": 1.6153846153846154, "exact": "21/13"}'

# ---- a history kept, repeated, tampered with ----
history=$scratch/history.csv
run robust --box 0.02 --cuts one --json --steps --save-steps "$history" $demo
cp "$out" "$scratch/first"
tap 'history: written' [ -s "$history" ]
run robust --box 0.02 --cuts one --json --steps --replay "$history" --save-steps "$scratch/history2.csv" $demo
tap 'replay: exit status 0' exits 0
tap 'replay: the same history again' cmp "$history" "$scratch/history2.csv"
judge 'replay: the same steps' "$scratch/first" "$out" <<'END'
import json, sys
first, again = (json.load(open(p)) for p in sys.argv[1:])
assert first["steps"] == again["steps"] and len(first["steps"]) > 2
assert first["mechanism"] == again["mechanism"] and first["revenue"] == again["revenue"]
assert "every cut of them checked" in again["notes"][0]
END
run robust --box 0.02 --cuts one --rounds 2 --save-steps "$scratch/part.csv" $demo
run robust --box 0.02 --cuts one --json --replay "$scratch/part.csv" $demo
tap 'replay: goes on where the file ends' [ "$(exact_of revenue "$out")" = "$(exact_of revenue "$scratch/first")" ]
tampered() { # NAME SED-SCRIPT WORDS
    sed "$2" "$history" >"$scratch/tampered.csv"
    if cmp -s "$history" "$scratch/tampered.csv"; then
        tap "$1: the history was changed" false
    fi
    run robust --box 0.02 --cuts one --replay "$scratch/tampered.csv" $demo
    tap "tampered, $1: exit status 2" exits 2
    tap "tampered, $1: nothing printed" silent
    tap "tampered, $1: names the file and the line" complains "tampered.csv:$3:"
}
tampered 'a belief outside the set' '2s/0\.73,0\.27/0.9,0.1/' 2
tampered 'another optimum' '2s/^0,5\/3/0,17\/10/' 2
tampered 'no number' '2s/0\.73,0\.27/0.73,x/' 2
tampered 'another violation' '2s/^\(0,[^,]*,[^,]*,[^,]*,[^,]*\),[^,]*/\1,0.01/' 2
tampered 'no header' 1d 1
tampered 'headers swapped' '1s/belief 1,belief 2/belief 2,belief 1/' 1
tampered 'neither exact nor not' '2s/yes$/blah/' 2
tampered 'a violation at the end' '$s/,end,,,0,/,end,,,1,/' 4
tap 'tampered: both numbers' complains 'the largest violation of this round is 0 here, not 1 as written; replay with the FILE, '
tampered 'no such type' '2s/incentive,2,1/incentive,9,1/' 2
run robust --box 0.01 --cuts one --replay "$history" $demo
tap 'replay: a smaller box does not hold the beliefs' exits 2
run robust --box 0.02 --cuts one --proof floating --save-steps "$scratch/floating.csv" $demo
run robust --box 0.02 --cuts one --replay "$scratch/floating.csv" --save-steps "$scratch/floating2.csv" $demo
tap 'replay: a floating history is repeated in floating point' cmp "$scratch/floating.csv" "$scratch/floating2.csv"
tap 'replay: and so is its optimum' line_matches '^robust revenue [0-9.]* (floating)'
run robust --box 0.02 --cuts one --rounds 1 --replay "$history" $demo
tap 'replay: fewer rounds than the file has: exit status 2' exits 2
tap 'replay: fewer rounds than the file has: the remedy' complains '; leave out --rounds, or write at least --rounds '
run robust --box 0.02 --replay "$scratch/none.csv" $demo
tap 'replay: a missing file' exits 2

# ---- the set ----
printf '0.4,0.4\n0.65,0.15\n0,0.9\n' >"$scratch/lower.csv"
printf '0.6,0.6\n0.85,0.35\n0.1,1\n' >"$scratch/upper.csv"
run robust --json --lower "$scratch/lower.csv" --upper "$scratch/upper.csv" $demo
tap 'tables: the box of 0.1 written out' [ "$(exact_of revenue "$out")" = 21/13 ]
tap 'tables: said' line_matches '"set": {"origin": "tables", "description": "every belief between the lower and the upper bounds", "radius": null, "constraints": 0, "lower": \[\[0.4, 0.4\], \[0.65, 0.15\], \[0, 0.9\]\]'
printf 'x,rain,dry\n1,0.4,0.4\n2,0.65,0.15\n3,0,0.9\n' >"$scratch/labels.csv"
run robust --json --lower "$scratch/labels.csv" --upper "$scratch/upper.csv" $demo
tap 'tables: with labels' [ "$(exact_of revenue "$out")" = 21/13 ]
printf '0.6,0.6\n0.85,0.35\n0.1,2\n' >"$scratch/above.csv"
printf '0.4,0.4\n0.8,0.15\n0,0.9\n' >"$scratch/away.csv"
run robust --lower "$scratch/away.csv" --upper "$scratch/upper.csv" $demo
tap 'tables that do not hold the estimate: exit status 2' exits 2
tap 'tables that do not hold the estimate: which type' complains 'type 2'

# The set of the file.
run robust --json demos/doubtful-forecast.yaml
tap 'file: its box' [ "$(exact_of revenue "$out")" = 329/160 ]
tap 'file: said' line_matches '"set": {"origin": "file", "description": "every belief within 0.05 of the estimate", "radius": {"value": 0.05, "exact": "1/20"}'
run robust --json --box 0 demos/doubtful-forecast.yaml
tap 'file: --box in place of it' [ "$(exact_of revenue "$out")" = 11/5 ]
run robust --json --box 0.2 demos/doubtful-forecast.yaml
tap 'file: a larger one' [ "$(exact_of revenue "$out")" = 7/4 ]
run robust --json demos/three-forecasts.yaml
tap 'file: bounds and constraints' [ "$(exact_of revenue "$out")" = 91/50 ]
tap 'file: the constraints are counted' line_matches '"constraints": 3'
sed '/extra:/,$d' demos/three-forecasts.yaml >"$scratch/unconstrained.yaml"
run robust --json "$scratch/unconstrained.yaml"
tap 'file: without the constraints less is possible' [ "$(exact_of revenue "$out")" = 81/50 ]
sed '/^robust:/,/extra:/{/robust:/!{/extra:/!d;};}' demos/three-forecasts.yaml >"$scratch/bare.yaml"
run robust "$scratch/bare.yaml"
tap 'file: constraints alone are no set' exits 2
tap 'file: and what is missing is said' complains 'no box and no bounds'
run robust --json --box 0.1 demos/three-forecasts.yaml
tap 'file: --box keeps its constraints' line_matches '"constraints": 3'
run robust --price --json --box 1 demos/three-forecasts.yaml
judge 'file: the price keeps them too, so that more than the ex-post optimum stays' "$out" <<'END'
import json, sys
from fractions import Fraction as F
a = json.load(open(sys.argv[1]))
assert F(a["points"][0]["revenue"]["exact"]) > F(a["ex_post"]["exact"])
END
run robust --json demos/doubtful-bell.yaml
tap 'file: the bell curve' line_matches '^{"revenue": {"value": 5.1153'

cat >"$scratch/samples.csv" <<'END'
bidder,weather,count
1,rain,20
1,dry,14
2,rain,26
2,dry,9
3,dry,31
END
run robust --json --samples "$scratch/samples.csv" $demo
tap 'samples: exit status 0' exits 0
judge 'samples: the estimate is the posterior mean, its intervals the set' "$out" <<'END'
import json, sys
from fractions import Fraction as F
a = json.load(open(sys.argv[1]))
assert a["samples"]["total"] == 100 and a["samples"]["level"] == "per-element" and a["samples"]["epsilon"] == 0.05
counts = {("1", "rain"): 20, ("1", "dry"): 14, ("2", "rain"): 26, ("2", "dry"): 9, ("3", "rain"): 0, ("3", "dry"): 31}
for m in a["mechanism"]:
    key = (m["profile"]["bidder"], m["profile"]["weather"])
    assert F(m["probability"]) == F(counts[key] + 1, 106), m
lower, upper = a["set"]["lower"], a["set"]["upper"]
for k, (rain, dry) in enumerate([(20, 14), (26, 9), (0, 31)]):
    mean = (rain + 1) / (rain + dry + 2)
    assert lower[k][0] < mean < upper[k][0]
    assert abs(lower[k][0] + upper[k][1] - 1) < 1e-11
assert a["ex_post"]["value"] <= a["revenue"]["value"] <= a["bayesian"]["value"]
END
cp "$out" "$scratch/default"
feed "$(cat "$scratch/samples.csv")
" robust --json --samples - $demo
tap 'samples: from standard input' [ "$(exact_of revenue "$out")" = "$(exact_of revenue "$scratch/default")" ]
value_of() { sed -n 's/^{"revenue": {"value": \([0-9.]*\),.*/\1/p' "$1"; }
less() { [ "$(awk -v a="$1" -v b="$2" 'BEGIN { print (a != "" && b != "" && a + 0 < b + 0) ? "yes" : "no" }')" = yes ]; }
run robust --json --samples "$scratch/samples.csv" --epsilon 0.5 $demo
tap 'samples: a larger epsilon, a smaller set, more revenue' less "$(value_of "$scratch/default")" "$(value_of "$out")"
run robust --json --samples "$scratch/samples.csv" --level simultaneous $demo
tap 'samples: all intervals at once cost more' less "$(value_of "$out")" "$(value_of "$scratch/default")"
run robust --json --samples "$scratch/samples.csv" --level row $demo
tap 'samples: a row at once is said' line_matches '"level": "row"'
run robust --json --samples "$scratch/samples.csv" --alpha 1/2 $demo
tap 'samples: alpha is counted' line_matches '"profile": {"bidder": "3", "weather": "rain"}, "probability": "1/206"'
for seed in 1 2 1; do
    run robust --json --samples "$scratch/samples.csv" --intervals quantiles --draws 2000 --seed $seed $demo
    exact_of revenue "$out" >>"$scratch/seeds"
done
tap 'samples: the same seed, the same draws; another, others' sh -c '[ "$(sed -n 1p "$1")" = "$(sed -n 3p "$1")" ] && [ "$(sed -n 1p "$1")" != "$(sed -n 2p "$1")" ]' sh "$scratch/seeds"
run robust --samples "$scratch/samples.csv" $demo
tap 'samples: text says what the set is' unwrapped 'posterior intervals of 100 samples, which each hold the truth with probability 0.95'
tap 'samples: a pair never seen is remarked' complains 'have no sample'
printf 'bidder,weather\n1,rain\n2,hail\n' >"$scratch/wrong.csv"
run robust --samples "$scratch/wrong.csv" $demo
tap 'samples: an unknown label: exit status 2' exits 2
tap 'samples: an unknown label: the line' complains 'wrong.csv:3:'

# ---- the truth ----
run robust --json --box 0.1 --truth $demo $demo
judge 'truth: the estimate itself: the robust mechanism earns what it promises' "$out" <<'END'
import json, sys
a = json.load(open(sys.argv[1]))
t = a["truth"]
assert t["revenue"] == a["revenue"] and t["in_set"] and t["full_surplus"] == a["full_surplus"]
by = {c["name"]: c for c in t["contenders"]}
assert set(by) == {"known-prior", "bayesian", "ex-post"}
assert abs(by["bayesian"]["revenue"] - 5 / 3) < 1e-12 and abs(by["ex-post"]["revenue"] - 1.5) < 1e-12
assert all(c["truthful"] == 3 for c in by.values())
END
sed 's/\[1\/6, 1\/6\]/[1\/5, 2\/15]/; s/\[1\/4, 1\/12\]/[13\/60, 7\/60]/' $demo >"$scratch/truth.yaml"
run robust --box 0.1 --truth "$scratch/truth.yaml" $demo
tap 'truth: a table of mechanisms' sh -c 'for name in known-prior robust bayesian ex-post; do grep -q "^  $name  *[0-9.]*  *[0-9.]*%" "$1" || exit 1; done' sh "$out"
tap 'truth: which optimal mechanisms they are' unwrapped 'are the ones with the smallest payments'
tap 'truth: the set holds it' unwrapped 'the set holds the truth'
run robust --json --box 0.1 --truth "$scratch/truth.yaml" $demo
judge 'truth: within the box the robust mechanism keeps its word, the Bayesian does not' "$out" <<'END'
import json, sys
a = json.load(open(sys.argv[1]))
t = a["truth"]
assert t["in_set"] and all(x["action"] == "truth" for x in t["types"])
assert t["revenue"]["value"] >= a["worst_case"]["value"]
bayesian = next(c for c in t["contenders"] if c["name"] == "bayesian")
assert bayesian["lying"] + bayesian["absent"] > 0 and bayesian["revenue"] < t["revenue"]["value"]
END
run robust --box 0.01 --truth "$scratch/truth.yaml" $demo
tap 'truth: a smaller set does not hold it' unwrapped 'the set does not hold the truth'
run robust --box 0.1 --truth $bell $demo
tap 'truth: another environment: exit status 2' exits 2

# Fifty samples: too few to trust the estimate, enough not to lose everything.
run sample --count 50 demos/doubtful-forecast.yaml
cp "$out" "$scratch/fifty.csv"
run robust --json --samples "$scratch/fifty.csv" --truth demos/doubtful-forecast.yaml demos/doubtful-forecast.yaml
judge 'truth: from fifty samples the robust mechanism earns 1.75, the Bayesian 0.9' "$out" <<'END'
import json, sys
t = json.load(open(sys.argv[1]))["truth"]
by = {c["name"]: c for c in t["contenders"]}
assert t["in_set"] and t["revenue"]["exact"] == "7/4", t["revenue"]
# Of the optimal mechanisms at the estimate the one with the smallest payments: two of three types stay away.
assert by["bayesian"]["absent"] == 2 and abs(by["bayesian"]["revenue"] - .9) < 1e-12
assert all(c["payments"] == "smallest" for c in by.values())
assert abs(by["known-prior"]["revenue"] - 2.2) < 1e-12
END

# ---- the price of robustness ----
run robust --price --json $demo
tap 'price: needs no set' exits 0
judge 'price: falls from the Bayesian to the ex-post optimum' "$out" <<'END'
import json, sys
from fractions import Fraction as F
a = json.load(open(sys.argv[1]))
radii = [F(p["radius"]["exact"]) for p in a["points"]]
revenue = [F(p["revenue"]["exact"]) for p in a["points"]]
assert len(radii) == 14 and radii == sorted(radii) and radii[0] == 0 and radii[-1] == 1
assert revenue == sorted(revenue, reverse=True)
assert revenue[0] == F(a["bayesian"]["exact"]) and revenue[-1] == F(a["ex_post"]["exact"])
assert not a["interrupted"]
END
run robust --price --csv --box 1/10,0 --box 0.02 $demo
tap 'price: chosen points, ascending' sh -c '[ "$(cut -d, -f2 "$1" | tr "\n" " ")" = "radius_exact 0 1/50 1/10 " ]' sh "$out"
tap 'price: CSV' line_matches '^0.1,1/10,1.6153846153846154,21/13,1.5128205128205128,59/39,3,3,1.6666666666666667,5/3,1.5,3/2,2,2,[0-9]*,optimal,exact$'
run robust --price --points 3 $demo
tap 'price: text has both limits' sh -c 'grep -q "^  Bayesian  *5/3" "$1" && grep -q "^  ex-post  *1.5" "$1"' sh "$out"
tap 'price: the lesson' unwrapped 'Without doubt 5/3 can be had, whatever the beliefs 1.5'
tap 'price: within 80 columns' sh -c '! grep -q "^.\{81,\}" "$1"' sh "$out"
run robust --price --box 0,0.1 --objective worst-case --method compact $demo
tap 'price: of what is certain' line_matches 'certain revenue'

# ---- figures ----
for kind in '--box 0.02' '--price'; do
    run robust $kind --figure "$scratch/robust.svg" $demo
    tap "figure ($kind): exit status 0" exits 0
    for label in 'Bayesian (no doubt)' 'ex-post (any belief)' 'A bet on the weather'; do
        tap "figure ($kind): '$label' is text" grep -q "<text[^>]*>[^<]*$label" "$scratch/robust.svg"
    done
    for ending in pdf png; do
        run robust $kind --figure "$scratch/robust.$ending" $demo
        tap "figure ($kind): $ending" [ -s "$scratch/robust.$ending" ]
    done
done
tap 'figure: the price against delta' grep -q 'δ: beliefs may be wrong by this much' "$scratch/robust.svg"

# ---- a type of probability zero: no box, but ex-post rules ----
printf 'item: {bidders: [{name: b, values: [1, 2, 7/2]}]}\nsignal: {name: s, values: [x, y]}\nprior: [[3, 1], [0, 0], [1, 3]]\n' >"$scratch/impossible.yaml"
run robust --json --box 1 "$scratch/impossible.yaml"
tap 'a type of probability zero: said' line_matches 'type 2 has probability zero, so no belief for a box to be around'
run robust --price --box 0,1 "$scratch/impossible.yaml"
tap 'a type of probability zero: said of the curve' complains 'type 2 has probability zero, so no belief for a box to be around'

# ---- Ctrl-C ----
if command -v timeout >/dev/null 2>&1; then
    sed 's/10\]/10, 11, 12, 13, 14]/' $bell >"$scratch/large.yaml"
    timeout --preserve-status -s INT 1 "$SIDEBET_PROGRAM" robust --box 0.005 --steps --cuts one --save-steps "$scratch/cut-short.csv" "$scratch/large.yaml" >"$out" 2>"$err" </dev/null
    status=$? command='sidebet robust, interrupted'
    tap 'Ctrl-C: ends as interrupted' exits 130
    tap 'Ctrl-C: prints the rounds there are' line_matches '^Round 0: '
    tap 'Ctrl-C: and what they say' unwrapped 'the robust revenue is known to be at most'
    tap 'Ctrl-C: said' complains 'this is what there was'
    tap 'Ctrl-C: the steps are kept' [ -s "$scratch/cut-short.csv" ]
    for output in text json; do
        set --
        [ $output = text ] || set -- --json
        timeout --preserve-status -s INT 1 "$SIDEBET_PROGRAM" robust --box 0.005 --method compact "$@" "$scratch/large.yaml" >"$out" 2>"$err" </dev/null
        status=$? command="sidebet robust --method compact $*, interrupted"
        tap "Ctrl-C, no rounds, $output: ends as interrupted" exits 130
        if [ $output = text ]; then
            tap 'Ctrl-C, no rounds: the limits at least' unwrapped 'the robust revenue is known to be at most 7.5'
        else
            tap 'Ctrl-C, no rounds: the limits at least, in JSON' line_matches '^{"revenue": null, "proof": "none", .*"bayesian": {"value": 7.5, "exact": "15/2"}.*"status": "interrupted".*"bound": {"value": 7.5, '
        fi
    done
    timeout --preserve-status -s TERM 1 "$SIDEBET_PROGRAM" robust --box 0.005 --steps --cuts one --save-steps "$scratch/ended.csv" "$scratch/large.yaml" >"$out" 2>"$err" </dev/null
    status=$? command='sidebet robust, asked to end'
    tap 'SIGTERM: ends by it' exits 143
    tap 'SIGTERM: prints the rounds there are' line_matches '^Round 0: '
    tap 'SIGTERM: said' complains 'this is what there was'
    tap 'SIGTERM: the steps are kept' [ -s "$scratch/ended.csv" ]
    timeout --preserve-status -s INT 1 "$SIDEBET_PROGRAM" robust --box 0.005 --replay "$scratch/cut-short.csv" --cuts one "$scratch/large.yaml" >"$out" 2>"$err" </dev/null
    status=$? command='sidebet robust --replay, interrupted'
    tap 'Ctrl-C, replay: ends as interrupted' exits 130
    tap 'Ctrl-C, replay: says what was interrupted' sh -c 'grep -q "interrupted while the rounds of .*cut-short.csv were repeated\|this is what there was" "$1"' sh "$err"
    timeout --preserve-status -s INT 1 "$SIDEBET_PROGRAM" robust --price --method compact --box 0.005 "$scratch/large.yaml" >"$out" 2>"$err" </dev/null
    status=$? command='sidebet robust --price, interrupted'
    tap 'Ctrl-C, price: ends as interrupted' exits 130
    tap 'Ctrl-C, price: says what was interrupted' complains 'interrupted before the first point of the curve was there'
    tap 'Ctrl-C, price: nothing printed' silent
else
    skip 'Ctrl-C' 'no timeout'
fi

# ---- a proof without time: the floating answer ----
for begin in demos/gaussian.yaml "$scratch/large.yaml"; do
    run robust --box 0.01 --time-limit 0.0001 "$begin"
    tap 'time limit: exit status 0' exits 0
    tap 'time limit: the floating answer' line_matches '^robust revenue [0-9.]* (floating)'
    tap 'time limit: why' prints 'the exact part met its time limit of 0.0001 s'
done

# ---- bad usage: a sentence with the remedy, exit status 2, nothing printed ----
refused() { # NAME WORDS ARGUMENT...
    what=$1 words=$2
    shift 2
    run "$@"
    tap "$what: exit status 2" exits 2
    tap "$what: nothing printed" silent
    tap "$what: says $words" complains "$words"
}
refused 'no set' 'add --box 0.01, or --lower and --upper, or --samples, or robust: {box: 0.01}' robust $demo
refused 'two bidders' 'robust mechanisms are for one bidder' robust --box 0.1 demos/almost-independent.yaml
printf 'item: {bidders: [{name: bidder, values: [1, 2]}]}\nprior: [1, 1]\n' >"$scratch/alone.yaml"
refused 'no signal' 'need a signal' robust --box 0.1 "$scratch/alone.yaml"
refused 'two sets' 'choose one of --box, --lower with --upper, and --samples' robust --box 0.1 --samples "$scratch/samples.csv" $demo
refused 'half a set' 'add --upper FILE' robust --lower "$scratch/lower.csv" $demo
refused 'the other half' 'add --lower FILE' robust --upper "$scratch/lower.csv" $demo
refused 'two radii' 'add --price for a curve' robust --box 0.1,0.2 $demo
refused 'a negative radius' 'is negative' robust --box -1/10 $demo
refused 'a radius in words' "'wide' is not a number" robust --box wide $demo
refused 'epsilon without samples' 'add --samples FILE' robust --box 0.1 --epsilon 0.1 $demo
refused 'level without samples' 'add --samples FILE' robust --box 0.1 --level row $demo
refused 'epsilon of nothing' 'must be above 0' robust --samples "$scratch/samples.csv" --epsilon 0 $demo
refused 'epsilon of everything' 'must be below 1' robust --samples "$scratch/samples.csv" --epsilon 1 $demo
refused 'alpha of nothing' 'must be above 0' robust --samples "$scratch/samples.csv" --alpha 0 $demo
for word in -1 nan abc; do
    refused "epsilon: $word" 'write it like --epsilon 0.05' robust --samples "$scratch/samples.csv" "--epsilon=$word" $demo
    refused "alpha: $word" 'write it like --alpha 1' robust --samples "$scratch/samples.csv" "--alpha=$word" $demo
done
refused 'an unknown objective' 'or, of robust, estimate or worst-case' robust --box 0.1 --objective foo $demo
refused 'one point' 'ask for 14 points' robust --price --points 1 $demo
refused 'a truth of another size' 'copy the file of the belief and change its prior' robust --box 0.1 --truth $bell $demo
refused 'an upper bound above 1' 'bounds of a probability: 0 <= lower <= upper <= 1' robust --lower "$scratch/lower.csv" --upper "$scratch/above.csv" $demo
printf 'bidder,weather\n' >"$scratch/nothing.csv"
printf 'bidder,weather,count\n1,rain,0\n' >"$scratch/zeros.csv"
for nothing in nothing zeros; do
    refused "no sample: $nothing" "$nothing.csv: there is no sample to estimate from; write a line" robust --samples "$scratch/$nothing.csv" $demo
done
refused 'draws of exact quantiles' 'choose --intervals quantiles' robust --samples "$scratch/samples.csv" --intervals beta --draws 1000 $demo
refused 'too few draws' 'at least --draws 100' robust --samples "$scratch/samples.csv" --intervals quantiles --draws 5 $demo
refused 'a seed for nothing' 'add --intervals quantiles' robust --samples "$scratch/samples.csv" --seed 3 $demo
refused 'a seed in words' 'write it like --seed 5' robust --samples "$scratch/samples.csv" --seed x $demo
refused 'an unknown level' 'choose per-element, row or simultaneous' robust --samples "$scratch/samples.csv" --level some $demo
refused 'an unknown method' 'choose cuts or compact' robust --box 0.1 --method magic $demo
refused 'unknown cuts' 'choose one, type or all' robust --box 0.1 --cuts few $demo
refused 'steps of the compact program' 'choose --method cuts' robust --box 0.1 --method compact --steps $demo
refused 'a table of the compact program' 'add --price, or choose --method cuts' robust --box 0.1 --method compact --csv $demo
refused 'points without a curve' 'add --price' robust --box 0.1 --points 5 $demo
refused 'points twice' 'leave out --points, or --box' robust --price --box 0,1 --points 5 $demo
refused 'steps of a curve' 'leave out --price' robust --price --steps $demo
refused 'a curve of samples' 'leave out --price' robust --price --samples "$scratch/samples.csv" $demo
refused 'a curve and a truth' 'leave out --price' robust --price --truth $demo $demo
refused 'two formats' 'choose one of them' robust --box 0.1 --json --csv $demo
refused 'ex-ante participation' 'choose ir: ex-interim' robust --box 0.1 --ir ex-ante $demo
refused 'a figure of no kind' '.svg' robust --box 0.1 --figure x.bmp $demo
refused 'a missing truth' none.yaml robust --box 0.1 --truth none.yaml $demo
refused 'a missing table' none.csv robust --lower none.csv --upper none.csv $demo
refused 'elsewhere' 'takes no option --box' sweep --box 0.1 $demo
finish
