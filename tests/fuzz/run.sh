#!/bin/sh
# Builds the fuzzers with clang's sanitizers and lets them run: "make fuzz" sets the
# variables. What is found stays in the folder fuzz/.
#     make fuzz FUZZ='preset formula' FUZZ_SECONDS=600 FUZZ_JOBS=2
set -eu
names=${FUZZ:-preset formula claim lock record render}
seconds=${FUZZ_SECONDS:-60}
jobs=${FUZZ_JOBS:-1}
source=$(cd "${srcdir:-.}" && pwd)
sanitize=address,undefined,float-cast-overflow
flags="-std=gnu11 -g -O1 -ffp-contract=off -fno-omit-frame-pointer"

mkdir -p fuzz/objects fuzz/found

# One object for each source that is newer than it; all after a header has changed.
compile() {
    if [ -e fuzz/stamp ] && find "$source/src" "$source/tests" -name '*.h' -newer fuzz/stamp |
        grep -q .; then
        rm -f fuzz/objects/*.o
    fi
    touch fuzz/stamp
    for file in $FUZZ_SOURCES; do
        object=fuzz/objects/$(echo "$file" | tr / _).o
        case $file in
        *.c) [ -z "$(find "$source/$file" ! -newer "$object" 2>/dev/null)" ] || continue ;;
        *) continue ;;
        esac
        echo "$source/$file" -o "$object"
    done >fuzz/list
    # shellcheck disable=SC2086
    xargs -r -P "$jobs" -L 1 "$FUZZ_CC" $flags -fsanitize=fuzzer-no-link,$sanitize \
        -fno-sanitize-recover=all @fuzz/flags -I"$source/src" -I"$source/tests" -c <fuzz/list
}

# Words of the language that the tables list, for the mutations.
dictionary() {
    for table in keys functions optimizers dialects colormaps themes measures formats; do
        ./optrender list "$table" | sed 1d | awk '{ print $1 }' | tr . '\n'
    done | sort -u | sed -n 's/^\([A-Za-z0-9_-]\{1,40\}\)$/"\1"/p'
    cat "$source/tests/fuzz/words.dict"
}

# The kept inputs, and all that is shipped and may be read.
seeds() {
    case $1 in
    preset | render)
        echo "$source/presets $source/tests/bad $source/examples/course/presets"
        ;;
    esac
}

compile
dictionary >fuzz/words.dict
status=0
for name in $names; do
    mkdir -p "fuzz/$name"
    # shellcheck disable=SC2086
    "$FUZZ_CC" $flags -fsanitize=fuzzer,$sanitize -fno-sanitize-recover=all @fuzz/flags \
        -I"$source/src" -I"$source/tests" "$source/tests/fuzz/$name.c" \
        fuzz/objects/*.o $FUZZ_LIBS -o "fuzz/fuzz-$name"
    # shellcheck disable=SC2046
    "fuzz/fuzz-$name" -dict=fuzz/words.dict -max_total_time="$seconds" -timeout=10 \
        -rss_limit_mb=2048 -max_len=8192 -artifact_prefix="fuzz/found/$name-" \
        -print_final_stats=1 -verbosity=1 "fuzz/$name" "$source/tests/corpus/$name" \
        $(seeds "$name") >"fuzz/$name.log" 2>&1 || status=1
    sed -n "s/^\(stat::\|SUMMARY\|not as expected\|Done\)/$name: &/p" "fuzz/$name.log"
done
exit "$status"
