#!/bin/sh
# The pipeline is the folder listing: a file in src/ includes only from its own
# stage or from one that sorts before it. Files beside the stages may include all
# (pipeline.c) and are included by none of them.
set -eu
cd "${srcdir:-.}/src"
checked=0
bad=0
for file in */*.[ch]; do
    stage=${file%%/*}
    for include in $(sed -n 's/^# *include "\([^"]*\)".*/\1/p' "$file"); do
        checked=$((checked + 1))
        from=${include%%/*}
        first=$(printf '%s\n%s\n' "$from" "$stage" | LC_ALL=C sort | head -n 1)
        if [ "$from" = "$include" ] || [ "$first" != "$from" ]; then
            echo "src/$file includes $include, which is not from an earlier stage"
            bad=$((bad + 1))
        fi
    done
done
echo "$checked includes checked, $bad flow the wrong way"
[ "$checked" -gt 0 ] && [ "$bad" -eq 0 ]
