#!/bin/sh
# What zsh completes: an interactive shell on a terminal of its own, where
# compadd tells its matches. Needs $OPTRENDER, the program; skipped without zsh, and
# where there are no pseudo terminals.
if [ -z "${IN_ZSH:-}" ]; then
    command -v zsh >/dev/null || exit 77
    zsh -f -c 'zmodload zsh/zpty && autoload -U compinit && autoload +X compinit &&
        zpty terminal cat && zpty -d terminal' || exit 77
    IN_ZSH=yes exec zsh -f "$0"
fi
program=${OPTRENDER:?the program to test}
folder=$(mktemp -d)
trap 'rm -rf $folder' EXIT
cd $folder || exit 1
mkdir folder
touch a.ini apple.ini a.txt
$program completion zsh >_optrender || exit 1
zsh -n _optrender || exit 1
cat >setup <<'END'
fpath=($PWD $fpath)
autoload -U compinit && compinit -u -d $PWD/dump
compadd() {
    local -a hits
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
        builtin compadd "$@"
        return
    fi
    builtin compadd -A hits "$@"
    print -rl -- HIT:${^hits} >>found
    builtin compadd "$@"
}
finish() { print -r -- END >>found }
comppostfuncs=(finish)
PROMPT='' RPROMPT=''
bindkey '^I' complete-word
END
zmodload zsh/zpty
integer checks=0 failures=0

# LINE: the matches at its end in $found, sorted, one a line.
complete_line() {
    local -i i
    : >found
    zpty shell zsh -f -i
    zpty -w shell "source ./setup; print READY >>found"
    for ((i = 0; i < 200; i++)); do
        grep -q READY found && break
        sleep 0.05
    done
    zpty -w -n shell "$1"$'\t'
    for ((i = 0; i < 200; i++)); do
        grep -qx END found && break
        sleep 0.05
    done
    zpty -d shell
    found=$(sed -n 's/^HIT:\(..*\)/\1/p' found | LC_ALL=C sort -u)
}

# gives "WANTED..." LINE: exactly these; has: these and perhaps more; lacks: none.
gives() {
    complete_line "$2"
    checks+=1
    [[ $found == "$(print -rl -- ${=1} | LC_ALL=C sort)" ]] && return
    failures+=1
    print -r -- "FAIL: $2: not $1; found:" $found
}
has() {
    local word
    complete_line "$2"
    for word in ${=1}; do
        checks+=1
        grep -qxF -e $word <<<$found && continue
        failures+=1
        print -r -- "FAIL: $2: no $word; found:" $found
    done
}

has "check list show new completion a.ini apple.ini folder" "optrender "
gives "a.ini apple.ini" "optrender check a"
gives "--progress" "optrender --pro"
gives "--from" "optrender new --fr"
gives "plain" "optrender --progress pl"
gives "plain" "optrender --progress=pl"
gives "svg" "optrender a.ini -f s"
gives "csv" "optrender a.ini -f mp4,cs"
gives "a.txt" "optrender a.ini --deps a.t"
gives "figure.theme=" "optrender a.ini -s figure.th"
gives "dark" "optrender a.ini -s figure.theme=d"
gives "colormaps commands" "optrender list c"
gives "adabelief adabound" "optrender show adab"
has "himmelblau cosine sam a.ini" "optrender show "
has "himmelblau a.ini" "optrender new x.ini --from "
gives "fish" "optrender completion f"

echo "$checks checks, $failures failures"
((failures == 0))
