#!/bin/sh
# What bash completes: runs the script of 'optrender completion bash'. Needs
# $OPTRENDER, the program.
if [ -z "${IN_BASH:-}" ]; then
    command -v bash >/dev/null || exit 77
    IN_BASH=yes exec bash --norc "$0"
fi
set -u
program=${OPTRENDER:?the program to test}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
mkdir folder
touch a.ini apple.ini 'with space.ini' a.txt checked.ini folder/deep.ini
script=$("$program" completion bash) || exit 1
eval "$script"
checks=0
failures=0

# complete WORD...: what there is for the last one, in $found, sorted, one a line.
complete_words() {
    COMP_WORDS=(optrender "$@")
    COMP_CWORD=$#
    COMPREPLY=()
    _optrender
    found=$(printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort)
}

fail() {
    failures=$((failures + 1))
    echo "FAIL: optrender ${COMP_WORDS[*]:1}: $*; found:"
    printf '%s\n' "$found" | head -n 8
}

# gives "WANTED..." WORD...: exactly these.
gives() {
    local wanted
    wanted=$(printf '%s\n' $1 | LC_ALL=C sort)
    shift
    complete_words "$@"
    checks=$((checks + 1))
    [[ $found == "$wanted" ]] || fail "not" $wanted
}

# has "WANTED..." WORD...: these and perhaps more; lacks: none of them.
has() {
    local word
    complete_words "${@:2}"
    for word in $1; do
        checks=$((checks + 1))
        grep -qxF -e "$word" <<<"$found" || fail "no $word"
    done
}
lacks() {
    local word
    complete_words "${@:2}"
    for word in $1; do
        checks=$((checks + 1))
        ! grep -qxF -e "$word" <<<"$found" || fail "$word"
    done
}

checks=$((checks + 1))
[[ $(complete -p optrender) == "complete -F _optrender optrender" ]] || fail "not registered"

# Commands and presets.
gives "check checked.ini" ch
has "check list show new completion a.ini folder" ""
lacks "a.txt" ""
gives "a.ini apple.ini" a
gives "a.ini apple.ini" check a
gives "folder/deep.ini" folder/
lacks "check list" a.ini ""
gives "a.ini apple.ini" -q --dpi 72 a
has "a.ini" -- ""
lacks "check" -- ""
complete_words with
checks=$((checks + 1))
[[ $found == "with space.ini" ]] || fail "a name with a space"

# Options, those of the command.
gives "--progress" --pro
has "-o --output --set --dpi" -
lacks "--from --json --roff" -
has "--from --help -h" new -
lacks "--output" new -
gives "--json" list --js
gives "--json" list functions --js
gives "" -- --js

# Values.
gives "plain" --progress pl
gives "plain" --progress = pl
gives "auto bar plain json none" --progress =
gives "--progress=plain" --progress=pl
gives "svg" -f s
gives "png,svg" -f png,s
gives "mp4,png,csv" a.ini -f mp4,png,cs
has "a.txt a.ini folder" -o ""
gives "a.txt" --deps a.t
gives "" --dpi ""
gives "figure.theme=" -s figure.th
gives "figure.theme=" check --set figure.th
gives "dark" -s figure.theme = d
gives "dark" --set = figure.theme = d
gives "figure.theme=dark" -s figure.theme=d
gives "notebook" -s figure.theme = n
gives "yes no" -s still.dots =
lacks "optimizer.method=" -s ""
gives "himmelblau" new x.ini --from him
has "himmelblau a.ini" new x.ini --from ""

# Names.
gives "colormaps commands" list c
gives "adabelief adabound" show adab
has "himmelblau cosine sam a.ini" show ""
gives "bash" completion b
gives "fish" completion f

# Every name that the program lists.
names() { "$program" list "$1" | sed 1d | sed 's/ .*//'; }
has "$(names formats)" -f ""
has "$(names functions) $(names optimizers) $(names schedules) $(names wrappers)" show ""
has "$(names keys | grep -v '^optimizer\.\|\.let$\|\.param$' | sed 's/$/=/')" -s ""
for command in render check list show new completion; do
    [[ $command == render ]] && words=(a.ini) || words=("$command")
    complete_words "${words[@]}" --
    for option in $(printf '%s\n' "$found"); do
        checks=$((checks + 1))
        "$program" "${words[@]}" "$option" 2>&1 | grep -q "does not belong\|unknown option" &&
            fail "$option does not belong to $command"
    done
done

echo "$checks checks, $failures failures"
[[ $failures -eq 0 ]]
