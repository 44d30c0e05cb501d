#!/bin/sh
# What fish completes. Needs $OPTRENDER, the program; skipped without fish.
set -u
command -v fish >/dev/null || exit 77
program=${OPTRENDER:?the program to test}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
mkdir folder home
HOME=$folder/home
export HOME
touch a.ini apple.ini a.txt
"$program" completion fish >optrender.fish || exit 1
fish -n optrender.fish || exit 1
checks=0
failures=0

# LINE: what there is for its end in the file found, sorted, one a line.
complete_line() {
    line=$1
    fish --no-config -c 'source optrender.fish; complete -C $argv[1]' "$line" |
        cut -f 1 | LC_ALL=C sort -u >found
}

fail() {
    failures=$((failures + 1))
    echo "FAIL: $line: $*; found:"
    sed 's/^/    /' found | head -n 8
}

# gives "WANTED..." LINE: exactly these; has: these and perhaps more; lacks: none.
gives() {
    complete_line "$2"
    checks=$((checks + 1))
    # shellcheck disable=SC2086 # words are meant
    [ "$(cat found)" = "$(printf '%s\n' $1 | LC_ALL=C sort)" ] || fail "not $1"
}
has() {
    complete_line "$2"
    for word in $1; do
        checks=$((checks + 1))
        grep -qxF -e "$word" found || fail "no $word"
    done
}
lacks() {
    complete_line "$2"
    for word in $1; do
        checks=$((checks + 1))
        ! grep -qxF -e "$word" found || fail "$word"
    done
}

has "check list show new completion a.ini apple.ini folder/" "optrender "
lacks "a.txt" "optrender "
lacks "check a.txt" "optrender a.ini "
gives "a.ini apple.ini" "optrender check a"
gives "--progress" "optrender --pro"
gives "--from" "optrender new --fr"
gives "" "optrender --fro"
gives "plain" "optrender --progress pl"
gives "--progress=plain" "optrender --progress=pl"
gives "svg" "optrender a.ini -f s"
gives "mp4,csv" "optrender a.ini -f mp4,cs"
gives "--format=mp4,csv" "optrender a.ini --format=mp4,cs"
gives "a.txt" "optrender a.ini --deps a.t"
gives "figure.theme=" "optrender a.ini -s figure.th"
gives "figure.theme=dark" "optrender a.ini -s figure.theme=d"
gives "still.dots=no still.dots=yes" "optrender check a.ini --set still.dots="
gives "colormaps commands" "optrender list c"
has "adabelief adabound" "optrender show adab"
has "adagrad adam" "optrender show ada"
has "cosine cosine-restarts" "optrender show cosi"
has "himmelblau a.ini" "optrender new x.ini --from "
gives "fish" "optrender completion f"

echo "$checks checks, $failures failures"
[ "$failures" -eq 0 ]
