#!/bin/sh
# Lock files: hashes that other tools find too, and what verify says of every kind of
# drift. A change is made by editing what the lock file holds.
# Needs $OPTRENDER, the program. Runs in a folder of its own.
. "${srcdir:-.}/tests/shell.sh"

films=yes
"$program" --version | grep -q "no FFmpeg" && films=no

preset a.ini
preset b.ini momentum
sed -i 's/^learning_rate/momentum = 0.9\n&/' b.ini

sum() { sha256sum | cut -d ' ' -f 1; }
# field FILE OUTPUT KEY: what the lock file has.
field() {
    awk -v output=" $2]" -v key="$3" '
        /^\[/ { here = substr($0, index($0, " ")) == output } here && $1 == key { print $3 }' "$1"
}
same() { [ -n "$1" ] && [ "$1" = "$2" ]; }
# edit OUTPUT KEY VALUE: another.lock has this instead.
edit() {
    awk -v output="[output $1]" -v key="$2" -v value="$3" '
        /^\[/ { here = $0 == output }
        here && $1 == key { $0 = key " = " value }
        { print }' optrender.lock >another.lock
}
zeros=$(printf '%064d' 0)

# --- the hashes are those of sha256sum
run lock a.ini b.ini -o 'o/{name}.png' -o 'o/{name}.svg' -o 'o/{name}.csv' -s still.dpi=40 --frame 2
cp stdout optrender.lock
check "fails" has_status 0
check "it made something" is_absent o
"$program" a.ini b.ini -o 'o/{name}.png' -o 'o/{name}.svg' -o 'o/{name}.csv' -s still.dpi=40 \
    --frame 2 -q
for name in a.png b.png a.svg b.svg a.csv b.csv; do
    check "$name: file" same "$(field optrender.lock o/$name file)" "$(sum <o/$name)"
    check "$name: source" same "$(field optrender.lock o/$name source)" \
        "$("$program" extract o/$name | tail -n +3 | sum)"
    check "$name: paths" same "$(field optrender.lock o/$name paths)" \
        "$(grep -v '^#' o/${name%.*}.csv | sum)"
done
check "an svg is decoded" [ -z "$(field optrender.lock o/a.svg decoded)" ]
for format in png svg; do
    check "other pictures are drawn alike: $format" [ "$(field optrender.lock o/a.$format drawn)" != \
        "$(field optrender.lock o/b.$format drawn)" ]
done
if "$program" list formats | grep -q '^pdf '; then
    run lock a.ini b.ini -o 'o/{name}.pdf'
    check "other pictures are drawn alike: pdf" [ "$(field stdout o/a.pdf drawn)" != \
        "$(field stdout o/b.pdf drawn)" ]
fi

# --- verify
is_drifted() { grep -qxF "$1: drifted: $2" stdout; }
run verify optrender.lock
check "a fresh lock file drifts" has_status 0
check "not all outputs are compared" [ "$(grep -c ': as locked$' stdout)" -eq 6 ]
run verify optrender.lock -q -j 1
check "-q is not quiet" eval 'has_status 0 && [ ! -s stdout ] && is_silent'
check "it made something" is_absent o/a.mp4

# --- quick: what is up to date in its place is not made again
"$program" a.ini -o o/a.png -o o/a.svg -o o/a.csv -s still.dpi=40 --frame 2 -q
run verify optrender.lock --quick --progress json
check "--quick fails" eval 'has_status 0 && [ "$(grep -c ": as locked$" stdout)" -eq 6 ]'
check "--quick makes something" says '"frames": 0, "frames_total": 0, "presets": 2'
rm o/b.png
run verify optrender.lock --quick --progress json
check "--quick does not make what is missing" eval 'has_status 0 &&
    says "\"frames\": 1, \"frames_total\": 1" && is_absent o/b.png'
"$program" a.ini -o o/a.csv -q -s problem.steps=2
run verify optrender.lock --quick
check "--quick takes another file for the one" has_status 0
"$program" a.ini -o o/a.csv -s still.dpi=40 --frame 2 -q
sed -i 's/^A,1,/A,1,1/' o/a.csv
for option in --quick -v; do
    run verify optrender.lock $option
    check "$option: a file that was edited is not told" eval 'has_status 1 &&
        is_drifted o/a.csv "the file in its place was changed since it was made; --force makes it again"'
done
rm o/a.csv
sed 's/^cairo = .*/cairo = 1.2.3/' optrender.lock >another.lock
run verify another.lock --quick --progress json
check "--quick trusts other libraries" says '"frames": 4, "frames_total": 4'

drifts() { # MESSAGE OUTPUT
    run verify another.lock
    check "status $status, not 1" has_status 1
    check "does not say: $1" is_drifted "$2" "$1"
    check "others drift" says "1 of 6 outputs drifted"
}
unknown="nothing that is recorded changed: another build of the same version?"
edit o/a.csv file "$zeros"
drifts "the same numbers in another file: $unknown" o/a.csv
edit o/a.svg file "$zeros"
sed -i 's/^cairo = .*/cairo = 1.2.3/' another.lock
cairo=$(sed -n 's/^cairo = //p' optrender.lock)
drifts "the same picture in another file: cairo 1.2.3 is now $cairo" o/a.svg
# A csv is not drawn, and only films are x264's.
edit o/a.csv file "$zeros"
sed -i 's/^cairo = .*/cairo = 1.2.3/; s/^zlib = .*/zlib = 1.2/' another.lock
drifts "the same numbers in another file: $unknown" o/a.csv
edit o/a.png file "$zeros"
sed -i 's/^x264 = .*/x264 = 1 r2/; s/^FFmpeg = .*/FFmpeg = 1.2/' another.lock
drifts "the same picture in another file: $unknown" o/a.png
edit o/a.png file "$zeros"
sed -i "/^\[output o\/a.png\]/,/^file/s/^decoded = .*/decoded = $zeros/" another.lock
sed -i 's/^version = .*/version = 0.0.1/; s/^glibc = .*/glibc = 2.1/' another.lock
drifts "the same picture, encoded in another way: optrender 0.0.1 is now $(
    "$program" --version | sed -n '1s/.* //p')" o/a.png # glibc does not encode

sed -i 's/^learning_rate = 0.1/learning_rate = 0.2/' a.ini
run verify optrender.lock
check "a changed preset is not noticed" eval 'has_status 1 && says "3 of 6 outputs drifted" &&
    is_drifted o/a.png "another picture: the preset is another one" &&
    is_drifted o/a.csv "other numbers or labels: the preset is another one"'
run lock a.ini -o o/a.csv -s problem.precision=double
sed "s/^paths = .*/paths = $zeros/; s/^file = .*/file = $zeros/" stdout >another.lock
run verify another.lock
check "changed paths are not noticed" is_drifted o/a.csv \
    "other numbers or labels: the same preset gives other paths"

SOURCE_DATE_EPOCH=77777777 "$program" lock a.ini -o a.pdf >another.lock 2>stderr
run verify another.lock
check "another date is not told" is_drifted a.pdf \
    "the same picture in another file: SOURCE_DATE_EPOCH 77777777 is now not set"

# --- every setting is locked, each on its own
same_all() { same "$(field another.lock "$1" file)" "$(sum <"$1")"; }
for setting in "" "--dpi 40.3" "--size 120x62" "--frame 1" "--size 90x41 --dpi 44.1 --frame 0" \
    "-s problem.steps=2" "-s problem.steps=5 -s still.dpi=31" "-f png"; do
    name=o/plain
    [ "$setting" = "-f png" ] || name=$name.png
    # shellcheck disable=SC2086 # words are meant
    run lock a.ini -o $name $setting
    cp stdout another.lock
    # shellcheck disable=SC2086
    run a.ini -o $name $setting -q --force
    check "'$setting' is not what is locked" same_all $name
    run verify another.lock
    check "what is locked with '$setting' drifts" eval 'has_status 0 && prints "$name: as locked"'
done
for format in csv svg; do
    run lock a.ini -o "o/none" -f $format
    cp stdout another.lock
    check "the format is not locked" grep -qx "format = $format" another.lock
    run verify another.lock
    check "a $format without an extension drifts" eval 'has_status 0 && prints "o/none: as locked"'
done

# --- films, sequences, and what is locked when nothing is named
run lock a.ini -o 'f/%d.png'
cp stdout another.lock
"$program" a.ini -o 'f/%d.png' -q
check "a sequence" same "$(field another.lock f/%d.png file)" "$(cat f/0.png f/1.png f/2.png | sum)"
run verify another.lock
check "a sequence drifts" has_status 0
cp a.ini %d.ini
run lock %d.ini -o 'f/{name}.png' -o 'f/{name}-%02d.png'
cp stdout another.lock
check "a name with a % is a sequence" eval 'grep -qx "\[output f/%d.png\]" another.lock'
run verify another.lock
check "a name with a % drifts" eval 'has_status 0 && prints "f/%d.png: as locked"'
run lock a.ini
cp stdout another.lock
check "no still" grep -qxF '[output a.png]' another.lock
if [ $films = yes ]; then
    check "no film" grep -qxF '[output a.mp4]' another.lock
    "$program" a.ini -o a.mp4 -q
    check "a film" same "$(field another.lock a.mp4 file)" "$(sum <a.mp4)"
    run verify another.lock
    check "a film drifts" has_status 0
    sed "/^\[output a.mp4\]/,/^file/s/^\(decoded\|file\) = .*/\1 = $zeros/
        s/^x264 = .*/x264 = 1 r2/; s/^zlib = .*/zlib = 1/" another.lock >newer.lock
    run verify newer.lock
    check "x264 alone is not told" eval 'has_status 1 &&
        grep -qx "a.mp4: drifted: the same picture, encoded in another way: x264 1 r2 is now [^,]*" stdout'
    sed "/^\[output a.mp4\]/,/^file/s/^\(drawn\|decoded\|file\) = .*/\1 = $zeros/
        s/^x264 = .*/x264 = 1 r2/; s/^pixman = .*/pixman = 1/" another.lock >newer.lock
    run verify newer.lock
    check "pixman alone is not told" grep -qx "a.mp4: drifted: another picture: pixman 1 is now [^,]*" stdout
    # Each film is of other libraries: only those are told.
    run lock a.ini -o a.webm -o a.gif -o a.apng
    sed "s/^file = .*/file = $zeros/; s/^x264 = .*/x264 = 1 r2/; s/^zlib = .*/zlib = 1/
        s/^libvpx = .*/libvpx = v1/" stdout >newer.lock
    run verify newer.lock
    way="drifted: the same picture in another file"
    check "libvpx alone is not told" grep -qx "a.webm: $way: libvpx v1 is now [^,]*" stdout
    check "zlib alone is not told" grep -qx "a.apng: $way: zlib 1 is now [^,]*" stdout
    check "a gif has a library" grep -q "^a.gif: $way: nothing that is recorded changed" stdout
fi

# --- what cannot be locked or read
expect 2 "-o -: an output that is locked needs a name" lock a.ini -o - -f png
expect 2 "standard input cannot be locked" lock - -o a.png
cp a.ini 'a ].ini'
expect 2 "a lock file cannot hold this name" lock 'a ].ini' -o a.png
preset wrong.ini adma
expect 3 "adma" lock wrong.ini a.ini -o o/
check "half a lock file" holds_nothing stdout
expect 3 "none.lock: No such file" verify none.lock
expect 3 "a.ini:1:2: error: a lock file has no such section" verify a.ini
: >empty.lock
expect 3 "not a lock file" verify empty.lock
printf '[optrender]\nversion = 1\n[preset a.ini]\nsize = 3x\n[output a.png]\nfile = 12\n' >bad.lock
expect 3 "bad.lock:6:8: error: not the 64 digits of a SHA-256 hash" verify bad.lock
sed -i 's/^file.*/fill = 1/' bad.lock
expect 3 "bad.lock:6:1: error: unknown key 'fill' of an output" verify bad.lock
sed -i '/^fill/d' bad.lock
expect 3 "bad.lock:3:2: error: --size '3x': wants WIDTHxHEIGHT" verify bad.lock
rm b.ini
run verify optrender.lock
check "a missing preset" eval 'has_status 3 && says "b.ini: No such file" && says "3 of 6 outputs drifted, 3 could not be made"'

# --- a figure for other pages stays one
if [ "$films" = yes ]; then
    run lock a.ini --embed --dpi 36 -o figure.html
    cp stdout figure.lock
    run verify figure.lock
    check "$(cat stdout)" eval '[ "$status" -eq 0 ] && grep -q "figure.html: as locked" stdout'
fi
finish
