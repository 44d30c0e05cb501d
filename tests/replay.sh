#!/bin/sh
# The fuzzers' kept inputs, all that is shipped and all wrong presets, each with some mutants:
# nothing crashes, and all that is said is text.
set -eu
source=${srcdir:-.}
presets="$source/presets $source/tests/bad $source/examples/course/presets"
status=0
for name in claim formula lock preset record render; do
    case $name in
    preset) more=$presets ;;
    render) more="$source/presets $source/examples/course/presets" ;;
    *) more= ;;
    esac
    # shellcheck disable=SC2086
    tests/fuzz/replay_$name "$source/tests/corpus/$name" $more || status=1
done
exit $status
