#!/bin/sh
# A hundred thousand random functions and runs (TORTURE_RUNS), on all cores: no number that
# is not finite reaches cairo or an image that is encoded. See tests/test_hostile.c.
set -eu
runs=${TORTURE_RUNS:-100000}
cores=$(getconf _NPROCESSORS_ONLN)
each=$(((runs + cores - 1) / cores))
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
seed=${TORTURE_SEED:-0}
for core in $(seq "$cores"); do
    (CK_RUN_CASE=random tests/test_hostile "$each" $((seed + core)) >"$folder/$core" 2>&1 ||
        echo "FAILED with seed $((seed + core))" >>"$folder/$core") &
done
wait
grep -hv "^[0-9]* scenes of \|^100%\|^Running suite" "$folder"/* || true
cat "$folder"/* | awk '
    / scenes of / { scenes += $1; runs += $4; refused += $6; diverged += $8 }
    /^FAILED/ { failed++ }
    END {
        printf "hostile: %d random functions, %d refused, %d scenes painted, %d runs that " \
            "diverged: %s with a number that is not finite\n", runs, refused, scenes, diverged, \
            failed ? "some" : 0
        exit failed || !scenes
    }'
