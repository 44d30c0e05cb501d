#!/bin/sh
# Sizes, steps, rates and numbers of optimizers at and beyond their ends: each works,
# or says which limit it is beyond.
# shellcheck source=tests/shell.sh
. "${srcdir:-.}/tests/shell.sh"

preset p.ini
film=a.png # without FFmpeg
"$program" p.ini -q -o a.mp4 2>/dev/null && film=a.mp4

png_size() { # FILE: WIDTHxHEIGHT, from the picture's own header
    od -An -tu1 -j16 -N8 "$1" |
        awk '{ printf "%dx%d\n", ($1 * 256 + $2) * 65536 + $3 * 256 + $4,
                                 ($5 * 256 + $6) * 65536 + $7 * 256 + $8 }'
}

row() { # STATUS OUTPUT TEXT ARGUMENT...; of status 0 the text is the picture's size
    wanted=$1 output=$2 text=$3
    shift 3
    rm -f "$output"
    run p.ini -q -o "$output" "$@"
    check "status $status, not $wanted" has_status "$wanted"
    if [ "$wanted" -ne 0 ]; then
        check "does not say: $text" says "$text"
        check "left $output" is_absent "$output"
    elif [ "${output##*.}" = png ] && [ -n "$text" ]; then
        check "a picture of $(png_size "$output"), not $text" [ "$(png_size "$output")" = "$text" ]
    else
        check "no $output" [ -s "$output" ]
    fi
}

# Every size from 1 to 130, square and not: the least side is 16.
for side in 1 2 3 7 15; do
    row 2 a.png "wants WIDTHxHEIGHT in pixels, each 16 to 32767" --size "${side}x${side}"
    row 2 a.svg "wants WIDTHxHEIGHT in pixels, each 16 to 32767" --size "${side}x100"
done
side=16
while [ $side -le 130 ]; do
    row 0 a.png "${side}x$((146 - side))" --size "${side}x$((146 - side))"
    side=$((side + 1))
done
for size in 16x16 17x17 33x21 99x101 129x130 130x130; do
    row 0 a.png $size --size $size
    row 0 a.svg "" --size $size
    row 0 a.pdf "" --size $size
    row 0 $film "" --size $size
done

row 0 a.png 16384x16 --size 16384x16 --dpi 100
row 0 a.png 16x16384 --size 16x16384 --dpi 100
row 2 a.png "a height of 0.00195312 inches, which is not in 0.01 .. 200; choose" --size 16384x16
row 2 a.png "a side has 16 to 16384 of them; --max-side N" --size 16385x16
row 2 a.png "a side has 16 to 16384 of them; --max-side N" --size 16x16385
row 2 a.png "10 x 10 pixels; a side has 16 to 16384 of them" -s still.width=1 -s still.height=1 --dpi 10
for side in 2147483647 2147483648 4294967297 99999999999999999999 -1 0; do
    row 2 a.png "size" --size "${side}x100"
    row 2 a.png "size" --size "100x${side}"
done
row 3 a.png "201 is not in 0.01 .. 200 inches" -s still.width=201
row 3 a.png "px is above 16384" -s still.width=200 -s still.dpi=2400
row 3 a.png "px is below 16" -s still.height=0.01

row 3 a.csv "0 is not in 1 .. 1000000" -s problem.steps=0
row 3 a.csv "1000001 is not in 1 .. 1000000" -s problem.steps=1000001
row 3 a.csv "2147483648 is not in 1 .. 1000000" -s problem.steps=2147483648
for output in a.csv a.json a.png a.svg a.pdf "$film"; do
    row 0 $output "" -s problem.steps=1
done
row 0 a.csv "" -s problem.steps=1000000
check "rows" [ "$(grep -c '^A,' a.csv)" -eq 1000000 ]
row 0 a.png 144x72 -s problem.steps=1000000

row 0 "$film" "" -s film.fps=1
row 0 "$film" "" -s film.fps=240 -s film.interval_ms=1
row 0 "$film" "" -s film.interval_ms=1
row 0 "$film" "" -s film.interval_ms=60000 -s film.hold_end_ms=60000
row 3 "$film" "0 is not in 1 .. 240" -s film.fps=0
row 3 "$film" "241 is not in 1 .. 240" -s film.fps=241
row 3 "$film" "a film has at most 1000000" -s film.fps=240 -s film.interval_ms=60000 \
    -s problem.steps=1000000

# 100 optimizers, and one more.
number=2
while [ $number -le 101 ]; do
    printf '[optimizer %s]\nmethod = adam\nlearning_rate = 0.%03d\n' $number $number >>p.ini
    [ $number -ne 100 ] || cp p.ini hundred.ini
    number=$((number + 1))
done
row 3 a.png "more than 100 optimizers"
mv hundred.ini p.ini
for output in a.csv a.png a.svg a.pdf "$film"; do
    row 0 $output ""
done

finish
