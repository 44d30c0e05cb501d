#!/bin/sh
# make check-web: what the program writes for browsers, opened in one (tests/web/check.mjs).
# Needs $OPTRENDER, the program, node with npm, and chromium; CHROMIUM names another one. What
# npm brings and what is made is in the folder check-web, with screenshots in check-web/shots.
set -eu
source=$(cd "${srcdir:-.}" && pwd)
chromium=${CHROMIUM:-chromium}
for name in node npm "$chromium"; do
    command -v "$name" >/dev/null || {
        echo "check-web: there is no $name (Debian: nodejs, npm, chromium)"
        exit 2
    }
done
mkdir -p check-web
cd check-web
cp "$source/tests/web/package.json" "$source/tests/web/package-lock.json" \
    "$source/tests/web/check.mjs" .
[ -d node_modules/axe-core ] && [ -d node_modules/playwright-core ] ||
    npm ci --ignore-scripts --no-audit --no-fund

rm -rf gallery many presets shots
for name in beale booth hyper quad; do # each is played to its end
    set -- "$@" "$source/presets/$name.ini"
done
"$OPTRENDER" gallery "$@" -o gallery/ -q
"$OPTRENDER" "$source/presets/hyper.ini" -o page.html --force -q
"$OPTRENDER" "$source/presets/beale.ini" -o figure.html --embed --force -q
{
    echo '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A course</title>'
    echo '<meta name="viewport" content="width=device-width"></head><body><main><h1>A course</h1>'
    cat figure.html
    echo '</main></body></html>'
} >embedded.html
mkdir presets
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do
    sed "s/^dpi *=.*/dpi = 36/; s/^steps *=.*/steps = 4/; /^\[claim\]/,/^$/d" \
        "$source/presets/quad.ini" >"presets/p$i.ini"
done
"$OPTRENDER" gallery presets -o many/ -q

node check.mjs "$(command -v "$chromium")" .
