# The completions, in the shells themselves.
# Copyright (C) 2026 the sidebet authors
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/lib.sh"

for shell in bash zsh fish; do
    run completions $shell
    tap "completions for $shell are printed" exits 0
    cp "$out" "$scratch/$shell"
done
run completions tcsh
tap "a shell without completions is refused" exits 2
tap "and the others are named" complains "choose bash, zsh or fish"
run completions
tap "a shell must be named" complains "needs one of bash|zsh|fish"

# What each shell offers behind the words of a line, one a line of $out.
bash_offers() { # WORD...
    command="bash: sidebet $*"
    bash --norc -c '. "$0"; COMP_WORDS=(sidebet "$@"); COMP_CWORD=$#; _sidebet; printf "%s\n" "${COMPREPLY[@]}"' \
        "$scratch/bash" "$@" >"$out" 2>"$err"
    status=$?
}
fish_offers() {
    command="fish: sidebet $*"
    HOME=$scratch fish --no-config -c 'source $argv[1]; complete -C "sidebet $argv[2]"' "$scratch/fish" "$*" 2>"$err" |
        cut -f1 >"$out"
    status=$?
}
# zsh completes only in its line editor: what is typed there, a tab behind it, and the line then.
zsh_completes() { # TEXT
    command="zsh: sidebet $1"
    cat >"$scratch/driver" <<'END'
zmodload zsh/zpty
zpty line "TERM=dumb zsh -f -i"
zpty -w line "autoload -Uz compinit; compinit -D -u; . $1; setopt no_beep"
zpty -w line "tell() { print -r -- \"\$BUFFER\" >$2; BUFFER= }; zle -N tell; bindkey '^T' tell; bindkey '^I' complete-word"
zpty -w line "print re''ady"
zpty -r -m line words "*ready*"
zpty -w -n line "sidebet $3"$'\t\x14'
for try in {1..100}; do [[ -s $2 ]] && break; sleep 0.05; done
zpty -d line
END
    timeout 20 zsh -f "$scratch/driver" "$scratch/zsh" "$scratch/line" "$1" >/dev/null 2>"$err"
    status=$?
    mv "$scratch/line" "$out" 2>/dev/null || : >"$out"
}
line_is() { [ "$(sed 's/ *$//' "$out")" = "sidebet $1" ]; }
silent_offer() { [ -z "$(cat "$out")" ]; }
offered() { grep -qxF -e "$1" "$out"; }
nothing_else() { [ "$(sort -u "$out" | tr '\n' ' ')" = "$1 " ]; }

if command -v bash >/dev/null 2>&1; then
    bash_offers incentives --format ""
    tap "bash: incentives takes its own formats" nothing_else "dot text"
    bash_offers lp --format ""
    tap "bash: lp takes its own formats" nothing_else "cplex latex mps text"
    bash_offers ""
    tap "bash: subcommands come first" offered solve
    tap "bash: or a file" offered demos
    # In step with the program: every subcommand, and every option that its help lists.
    wrong=0
    for word in $("$SIDEBET_PROGRAM" help | sed -n 's/^       sidebet \([a-z-]*\).*/\1/p'); do
        grep -qx "$word" "$out" || { echo "# not offered: $word"; wrong=1; }
    done
    tap "bash: every subcommand is offered" [ $wrong -eq 0 ]
    wrong=0 count=0
    for word in $(cat "$out"); do
        [ -e "$word" ] && continue
        bash_offers "$word" --
        "$SIDEBET_PROGRAM" help "$word" | sed -n 's/^  \(-[a-zA-Z], \)\{0,1\}\(--[a-z-]*\).*/\2/p' | sort -u >"$scratch/helped"
        sort -u "$out" | grep -vxE -e '--(help|version)' >"$scratch/offered"
        count=$((count + $(wc -l <"$scratch/offered")))
        cmp -s "$scratch/helped" "$scratch/offered" || { diff "$scratch/helped" "$scratch/offered" | sed "s/^/# $word: /"; wrong=1; }
    done
    tap "bash: each offers the options in its help ($count)" [ $wrong -eq 0 -a $count -gt 100 ]
    bash_offers solve --ic ""
    tap "bash: an option's words" nothing_else "bayes-nash ex-post none"
    bash_offers solve --ic = e
    tap "bash: the same behind =" nothing_else "ex-post"
    bash_offers solve --ic=e
    tap "bash: and where = breaks no words" nothing_else "--ic=ex-post"
    bash_offers --ic=
    tap "bash: before a subcommand too" nothing_else "--ic=bayes-nash --ic=ex-post --ic=none"
    bash_offers solve --ic=x
    tap "bash: no such word" silent_offer
    bash_offers robust --objective worst
    tap "bash: robust has objectives of its own" nothing_else "worst-case"
    bash_offers solve --objective worst
    tap "bash: which others have not" silent_offer
    bash_offers --json solve --payments boun
    tap "bash: an option before the subcommand" nothing_else "bounded:"
    bash_offers solve --certificate proof.yaml demos/almost
    tap "bash: files behind an option with a file" nothing_else "demos/almost-independent.yaml"
    bash_offers demos/weather.yaml --p
    tap "bash: a file alone is explored" nothing_else "--payments"
    bash_offers completions ""
    tap "bash: the shells" nothing_else "bash fish zsh"
    bash_offers help sol
    tap "bash: what help explains" nothing_else "solve"
    bash_offers run --check a-sim
    tap "bash: the tours that can be checked" nothing_else "a-simple-example"
    bash_offers tour ""
    tap "bash: the tours that can be played" offered "epsilon-robust-and-samples"
    tap "bash: or a file of one's own" offered demos
    bash_offers solve --time-limit ""
    tap "bash: nothing where a number is wanted" silent_offer
else
    skip "bash" "no bash"
fi

if command -v fish >/dev/null 2>&1; then
    fish_offers s
    tap "fish: subcommands" offered solve
    fish_offers solve --report
    tap "fish: options" nothing_else "--report-payments"
    fish_offers robust --objective worst
    tap "fish: robust has objectives of its own" offered "worst-case"
    fish_offers solve --ic ""
    tap "fish: an option's words" nothing_else "bayes-nash ex-post none"
    fish_offers demos/weather.yaml --deter
    tap "fish: a file alone is explored" nothing_else "--deterministic"
    fish_offers tour a-ne
    tap "fish: tours" nothing_else "a-nearby-distribution-without-correlation"
    fish_offers completions ""
    tap "fish: the shells" nothing_else "bash fish zsh"
    tap "fish: no complaints" quiet
else
    skip "fish" "no fish"
fi

if command -v zsh >/dev/null 2>&1; then
    zsh_completes "run --check a-sim"
    tap "zsh: tours" line_is "run --check a-simple-example"
    zsh_completes "solv"
    tap "zsh: subcommands" line_is "solve"
    zsh_completes "solve --report"
    tap "zsh: options" line_is "solve --report-payments="
    zsh_completes "solve --ic=e"
    tap "zsh: an option's words" line_is "solve --ic=ex-post"
    zsh_completes "solve --payments boun"
    tap "zsh: words that go on" line_is "solve --payments bounded:"
    zsh_completes "robust --objective wor"
    tap "zsh: robust has objectives of its own" line_is "robust --objective worst-case"
    zsh_completes "demos/weather.yaml --deter"
    tap "zsh: a file alone is explored" line_is "demos/weather.yaml --deterministic="
    zsh_completes "solve demos/almost"
    tap "zsh: files" line_is "solve demos/almost-independent.yaml"
    tap "zsh: the script is well formed" zsh -n "$scratch/zsh"
else
    skip "zsh" "no zsh"
fi
finish
