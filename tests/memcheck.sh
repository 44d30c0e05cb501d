#!/bin/sh
# Check's programs, which are the arguments, and runs of $OPTRENDER under valgrind: no invalid
# access, no use of what was not set and nothing definitely lost. Says for each how long it took;
# what valgrind said stays in the folder valgrind/.
set -u
program=${OPTRENDER:?the program to test}
source=${srcdir:-.}
runs=0
failures=0
if ! command -v valgrind >/dev/null; then
    echo "valgrind is missing; as root: apt-get install valgrind" >&2
    exit 1
fi
rm -rf valgrind
mkdir -p valgrind/out
export srcdir CK_FORK=no CK_DEFAULT_TIMEOUT=0

# What it does has to end with the status that is wanted; 99 is valgrind's own.
memcheck() { # STATUS NAME COMMAND...
    wanted=$1 name=$2
    shift 2
    began=$(date +%s)
    valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
        --show-leak-kinds=definite --suppressions="$source/tests/memcheck.supp" \
        --log-file="valgrind/$name.log" "$@" >"valgrind/$name.out" 2>&1 </dev/null
    status=$?
    runs=$((runs + 1))
    verdict=ok
    if [ "$status" -ne "$wanted" ] || [ -s "valgrind/$name.log" ]; then
        failures=$((failures + 1))
        verdict="FAIL: status $status, not $wanted"
    fi
    printf '%-16s %4d s  %s\n' "$name" $(($(date +%s) - began)) "$verdict"
    if [ "$verdict" != ok ]; then
        head -n 20 "valgrind/$name.log"
        tail -n 5 "valgrind/$name.out"
    fi
}

for test in "$@"; do
    memcheck 0 "$(basename "$test")" "$test"
done

# Valgrind does not know the calls that confine a run.
off=--sandbox=off

# A small one of its own: a pixel costs as much as a step does.
cat >valgrind/small.ini <<'END'
[problem]
function = quad
steps = 5

[optimizer A]
method = adam
learning_rate = 0.1

[optimizer B]
method = gradient-descent
learning_rate = 0.05

[still]
width = 3
height = 2
dpi = 40

[film]
width = 3
height = 2
dpi = 40
END
sed 's/steps = 5/steps = five/' valgrind/small.ini >valgrind/wrong.ini
memcheck 0 check "$program" check "$off" "$source"/presets/*.ini
memcheck 3 wrong "$program" "$off" valgrind/wrong.ini -o valgrind/out/wrong.png
for format in png svg pdf csv json mp4 webm html gif apng; do
    memcheck 0 "$format" "$program" "$off" -q valgrind/small.ini -o "valgrind/out/a.$format"
done
memcheck 0 jobs "$program" "$off" -q --jobs 3 valgrind/small.ini -o valgrind/out/jobs.png \
    -o valgrind/out/jobs.svg
memcheck 0 extract "$program" extract "$off" valgrind/out/a.png
memcheck 0 list "$program" list
memcheck 1 full "$program" "$off" -q valgrind/small.ini --format csv -o /dev/full
echo "$runs runs, $failures with errors or leaks"
[ "$failures" -eq 0 ]
