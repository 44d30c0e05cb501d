#!/bin/sh
# make coverage: a build of its own that counts, the tests in it, and what they reached.
# Needs gcc and the gcov that comes with it. $MAKE, $CC and $GCOV as make has them. Runs in a
# folder that holds source/, what make distdir makes, for what is configured already
# cannot be built elsewhere.
set -u
gcov=${GCOV:-gcov}
say() { echo "coverage: $*" >&2; }

if ! ${CC:-gcc} --version 2>/dev/null | grep -q 'Free Software Foundation'; then
    say "counts with gcc only: ./configure CC=gcc"
    exit 1
fi
if ! command -v "$gcov" >/dev/null; then
    say "gcov is missing; it comes with gcc (package gcc). Or name yours: GCOV=gcov-12"
    exit 1
fi

# A confined process may write its counts, too.
confined() {
    ${CC:-gcc} -c -Isource/src -DCOVERAGE_FOLDER="\"$(pwd)\"" source/tests/coverage_sandbox.c &&
        ar cr libcoverage.a coverage_sandbox.o
}

# Threads count together, or branches that are computed from the others' counts are wrong;
# optimized code has other branches than what is written.
if [ ! -f Makefile ] || [ source/configure -nt config.status ]; then
    confined || exit 1
    source/configure -q CC="${CC:-gcc}" CFLAGS="-O0 -g --coverage -fprofile-update=atomic" \
        LDFLAGS=-Wl,--wrap=sandbox_enter LIBS="$(pwd)/libcoverage.a" \
        >configure.log 2>&1 || { cat configure.log; exit 1; }
fi
find . -name '*.gcda' -exec rm -f {} +

# Some tests are another user, who may count, too. Who may not write counts says nothing about
# it, since tests look at what is said. Counting takes time.
GCOV_ERROR_FILE=/dev/null
CK_TIMEOUT_MULTIPLIER=10
export GCOV_ERROR_FILE CK_TIMEOUT_MULTIPLIER
status=0
echo "coverage: building and testing, in $(pwd); see check.log"
${MAKE:-make} >build.log 2>&1 && find src -name '*.gcno' | sed 's/gcno$/gcda/' |
    while read -r counts; do
        : >"$counts" && chmod 666 "$counts"
    done
${MAKE:-make} -k check >check.log 2>&1 || {
    status=1
    grep '^\(FAIL\|ERROR\)' check.log || tail -n 20 check.log
}

# What a header has is told by every file that includes it.
find src -name '*.gcno' | LC_ALL=C sort | while read -r notes; do
    "$gcov" -b -c -t -o "${notes%/*}" "$notes" 2>/dev/null
done >gcov.txt
awk -v root=source -v missed=missed.txt -f source/tests/coverage.awk \
    source/tests/coverage.known gcov.txt || status=1
echo "coverage: missed.txt has every line and branch that no test reached"
exit "$status"
