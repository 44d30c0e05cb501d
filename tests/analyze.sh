#!/bin/sh
# What gcc -fanalyzer, clang-tidy and cppcheck find in the program's sources; fails when that
# is anything. "make analyze" gives the sources, "--" and the compiler's flags. What each tool
# said stays in the folder analyze/.
#     make analyze ANALYZE_JOBS=4
set -u
source=${srcdir:-.}
jobs=${ANALYZE_JOBS:-2}
status=0

for package in gcc clang-tidy cppcheck; do
    if ! command -v "$package" >/dev/null; then
        echo "analyze: $package is missing; as root: apt-get install $package" >&2
        status=1
    fi
done
[ "$status" -eq 0 ] || exit 1

rm -rf analyze
mkdir -p analyze/gcc analyze/clang-tidy analyze/cppcheck
while [ "$1" != -- ]; do
    case $1 in
    *.c) echo "$source/$1" ;;
    esac
    shift
done >analyze/sources
shift

# Runs a command for every source, which comes in it as {}; what it says goes to a file of its
# own, so that no two mix.
for_each() { # TOOL COMMAND...
    tool=$1
    shift
    # shellcheck disable=SC2016
    xargs -P "$jobs" -I '{}' sh -c '
        log=$1/$(echo "$2" | tr ./ __).log
        shift 2
        "$@" >"$log" 2>&1' - "analyze/$tool" '{}' "$@" <analyze/sources
}

# The same place of a header may be found from many sources.
count() { # TOOL STATUS PATTERN WORDS
    cat "analyze/$1"/*.log | grep -E "$3" | sort -u >"analyze/$1.txt"
    found=$(wc -l <"analyze/$1.txt")
    echo "$4: $(wc -l <analyze/sources) files, $found findings"
    cat "analyze/$1.txt"
    if [ "$found" -gt 0 ]; then
        status=1
    elif [ "$2" -ne 0 ]; then
        echo "analyze: $1 failed, see analyze/$1" >&2
        status=1
    fi
}

# Its paths are longer, and its findings more, with what -O1 inlines.
for_each gcc gcc "$@" -O1 -fanalyzer -c '{}' -o /dev/null
count gcc $? '(warning|error): ' "gcc -fanalyzer $(gcc -dumpversion)"

for_each clang-tidy clang-tidy --quiet --config-file="$source/.clang-tidy" '{}' -- "$@"
count clang-tidy $? '(warning|error): ' \
    "clang-tidy $(clang-tidy --version | sed -n 's/.*version //p')"

xargs cppcheck --enable=warning,style,performance,portability --inline-suppr --std=c11 --quiet \
    -j "$jobs" --include=config.h -I "$source/src" --error-exitcode=1 \
    <analyze/sources >analyze/cppcheck/all.log 2>&1
count cppcheck $? ': (error|warning|style|performance|portability): ' "$(cppcheck --version)"
exit "$status"
