#!/bin/sh
# The course in examples/ does what its README says, and so do its recipes for CI.
# Needs $OPTRENDER, the program. Runs in a folder of its own.
. "${srcdir:-.}/tests/shell.sh"
unset MAKEFLAGS MFLAGS MAKELEVEL

cp -R "$source/examples/course/." .
chmod -R u+w .
"$program" --version | grep -q "no FFmpeg" && sed -i 's/\.mp4/.svg/g; s/mp4,/svg,/' Makefile

course() {
    make OPTRENDER="$program" "$@" >stdout 2>stderr
    status=$?
    ran="make $*"
}
made() { grep -c ': done in ' stderr; }

course
check "make fails" has_status 0
check "not every lesson is made" eval '[ "$(made)" -eq "$(ls presets | wc -l)" ] && [ "$(made)" -ge 3 ]'
course
check "something is left to do" eval 'has_status 0 && says "3 presets, 6 up to date"'
sleep 1
printf '; a comment\n' >>presets/adam.ini
course out/adam.png
check "a comment makes a film" says "out/adam.png: up to date"
course out/adam.png
check "a comment is never done with" grep -q "is up to date" stdout
sed -i 's/^steps .*/steps = 60/' presets/adam.ini
course
check "a change does not make its film alone" eval '[ "$(made)" -eq 1 ] && says "out/adam.png: png"'
sleep 1
sed -i 's/^steps .*/steps = 70/' presets/adam.ini
course out/adam.png
check "one still is not made alone" eval '[ "$(made)" -eq 1 ] && says "out/adam.png: png"'
check "its dependencies are not told" [ "$(cat out/adam.d)" = "out/adam.mp4 out/adam.png: presets/adam.ini" ]
rm out/adam.png
course
check "a still that is missing is not made" [ -s out/adam.png ]

course check
check "the claims do not hold" eval 'has_status 0 && prints "claim gd_first holds"'
sed -i 's/^learning_rate = 0.24/learning_rate = 0.1/' presets/rates.ini
course check
check "a false claim passes" eval '! has_status 0 && says "claim large_bounces is false"'
sed -i 's/^learning_rate = 0.1$/learning_rate = 0.09/' presets/rates.ini

course lock
check "make lock fails" has_status 0
cp optrender.lock before.lock
printf '[problem]\n' >presets/wrong.ini
course lock
check "a wrong preset costs the lock file" eval '! has_status 0 && cmp -s optrender.lock before.lock'
rm presets/wrong.ini
course verify
check "make verify fails" eval 'has_status 0 && says "0 of 6 outputs drifted"'
sed -i 's/^steps .*/steps = 30/' presets/adam.ini
course verify
check "make verify does not see a change" eval '! has_status 0 && says "2 of 6 outputs drifted" &&
    prints "out/adam.png: drifted: another picture: the preset is another one"'

# The recipes.
for recipe in github.yml gitlab-ci.yml; do
    check "$recipe is longer than ten lines" [ "$(wc -l <$recipe)" -le 10 ]
    check "$recipe does not make what changed" grep -q 'make check all$' $recipe
    check "$recipe does not install the program" grep -q 'optrender/bootstrap && .*make -C /tmp/optrender install$' $recipe
done

finish
