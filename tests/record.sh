#!/bin/sh
# Outputs carry their preset: it is printed back and makes the same bytes, and what
# is up to date is left alone. For every format that the program lists.
# Needs $OPTRENDER, the program. Runs in a folder of its own.
. "${srcdir:-.}/tests/shell.sh"

# Formats that carry nothing.
raw=" y4m "
formats=
for format in $("$program" list formats | awk 'NF { print $1 }'); do
    case $format in
    formats: | name) continue ;;
    mp4 | webm | html | gif | apng | y4m) "$program" --version | grep -q "no FFmpeg" && continue ;;
    esac
    formats="$formats $format"
done
check "lists no formats" [ -n "$formats" ]

preset a.ini
cat >>a.ini <<'END'

[figure]
caption = <a> & "b" (c) \beta_1 ]]>
END
printf '\n[contour]\ncolor_max = 3\n' | cat a.ini - >b.ini

extracted() { "$program" extract "$1" >"$2" 2>stderr; }

# --- printed back, for every format and with every setting
for format in $formats; do
    case $raw in *" $format "*) continue ;; esac
    case $format in
    html) settings="--size 120x62|--embed --dpi 60" ;;
    mp4 | webm | gif | apng) settings="--size 120x62|--dpi 60|-s film.fps=20" ;;
    csv | json | vtt) settings="-s problem.steps=5|--frame 1" ;;
    *) settings="--size 120x62|--dpi 60|--frame 1|--frame 1 --size 120x62 --dpi 30" ;;
    esac
    old_ifs=$IFS
    IFS='|'
    for setting in "" $settings; do
        IFS=$old_ifs
        # shellcheck disable=SC2086 # words are meant
        run a.ini -o "a.$format" --force -q $setting
        check "fails" has_status 0
        check "extract fails" extracted "a.$format" back.ini
        run back.ini -o "b.$format" -q
        ran="back.ini from a.ini $setting"
        check "$format: other bytes" cmp -s "a.$format" "b.$format"
        extracted "b.$format" again.ini
        check "$format: another preset" cmp -s back.ini again.ini
        IFS='|'
    done
    IFS=$old_ifs
done
check "the version is missing" eval '"$program" --version | head -n 1 | grep -qx "$(head -n 1 back.ini | cut -c3-)"'

run a.ini -o 'f/%d.png' -q
extracted f/1.png back.ini
run a.ini -o one.png --frame 1 -q
check "a picture of a sequence is not that frame" cmp -s f/1.png one.png
run back.ini -o two.png -q
check "a picture of a sequence is not made again" cmp -s f/1.png two.png

# --- each output holds the settings that concern it, and no others
# setting OUTPUT SECTION KEY: what the output's preset has; nothing for the usual value.
setting() {
    "$program" extract "$1" | awk -v section="[$2]" -v key="$3" '
        /^\[/ { here = $0 == section }
        here && $1 == key { print $3 }'
}
# has OUTPUT SECTION KEY=VALUE...: no value for what is left out.
has() {
    output=$1 section=$2
    shift 2
    for pair; do
        found=$(setting "$output" "$section" "${pair%%=*}")
        [ "$found" = "${pair#*=}" ] || return 1
    done
}

run a.ini -o p.csv --size 120x62 --dpi 60 --frame 1
run a.ini -o p.csv
check "a csv depends on sizes" says "p.csv: up to date"
run a.ini -o p.csv --size 90x45 --frame 2
check "sizes are settings of a csv" says "p.csv: up to date"
run a.ini -o p.png --dpi 60
check "a png does not hold its resolution" has p.png still width=2 height=1 dpi=60 frame=
check "a png holds the film's resolution" has p.png film width=2 height=1 dpi=72
run a.ini -o p.png --frame 1 --dpi 60
check "a frame does not hold the film's resolution" has p.png film width=2 height=1 dpi=60
check "a frame holds the still's resolution" has p.png still width=2 height=1 dpi=72 frame=1
run a.ini -o p.png -o p.svg --size 120x62 --force
check "a png holds its unit in an svg" has p.png still dpi=60 svg_size=
check "an svg does not hold its unit" has p.svg still dpi=60 svg_size=pixels
run a.ini -o p/%d.png --dpi 60
check "a sequence does not hold the film's resolution" has p/1.png film width=2 height=1 dpi=60
check "a sequence holds the still's resolution" has p/1.png still width=2 height=1 dpi=72 frame=1
run a.ini -o p/%d.png -o together.png -o p.csv --size 120x62 --force
run a.ini -o alone.png --size 120x62
check "a sequence beside it changes a png" cmp -s alone.png together.png
if echo "$formats" | grep -q mp4; then
    run a.ini -o p.mp4 --dpi 60
    check "a film does not hold its resolution" has p.mp4 film width=2 height=1 dpi=60
    check "a film holds the still's resolution" has p.mp4 still width=2 height=1 dpi=72 frame=
    run a.ini -o together.mp4 -o together.png --size 120x62 --force
    check "a film beside it changes a png" cmp -s alone.png together.png
    run a.ini -o alone.mp4 --size 120x62
    check "a png beside it changes a film" cmp -s alone.mp4 together.mp4
fi

expect 3 "carries no preset" extract a.ini
expect 3 "cannot read 'none.png': No such file" extract none.png
printf x >>a.png
expect 3 "carries no preset" extract a.png

# --- what is up to date is left alone
for format in $formats; do
    case $raw in *" $format "*) continue ;; esac
    file=c.$format
    run a.ini -o "$file"
    check "not made" says "$file: $format, "
    touch -d 2001-01-01 "$file"
    run a.ini -o "$file"
    check "made again" says "$file: up to date"
    sed 's/^steps/; why\n  steps = 7\nsteps/; s/^dpi = 72/dpi   = 72.0/' a.ini | grep -v '^  ' >same.ini
    run same.ini -o "$file"
    check "a comment makes it again" says "$file: up to date"
    # make compares times
    check "older than its preset" [ "$file" -nt a.ini ]
    run a.ini -o "$file" --force
    check "--force does not make it" says "$file: $format, "
    run b.ini -o "$file"
    check "another preset does not make it" says "$file: $format, "
    run a.ini -o "$file" -s problem.steps=4
    check "another setting does not make it" says "$file: $format, "
    head -c 200 "$file" >half.tmp && mv half.tmp "$file"
    run a.ini -o "$file" -s problem.steps=4
    check "half a file is up to date" says "$file: $format, "
done

# A newer one keeps its time: whatever is made from it need not be made again.
cp a.ini aged.ini
for format in csv png; do
    run aged.ini -o "aged.$format" -q
    touch -d 2001-01-01 aged.ini
    touch -d 2002-02-02 "aged.$format" earlier
    run aged.ini -o "aged.$format"
    check "made again" says "aged.$format: up to date"
    check "touched, newer than its preset" eval '[ ! "aged.$format" -nt earlier ] && [ ! "aged.$format" -ot earlier ]'
    touch -d 2003-03-03 aged.ini
    run aged.ini -o "aged.$format"
    check "older than its preset" [ "aged.$format" -nt aged.ini ]
done

# A csv that lacks whole lines.
run a.ini -o whole.csv -q
for line in 1 2 '/^optimizer,step/' '/^A,0,/' '$'; do
    sed "${line}d" whole.csv >lines.csv
    check "nothing is left out" eval '! cmp -s whole.csv lines.csv'
    run a.ini -o lines.csv
    check "a csv without line $line is up to date" says "lines.csv: csv, "
    check "a csv without line $line is not made again" cmp -s whole.csv lines.csv
done

for format in svg csv; do
    cp c.png c.$format
    run a.ini -o c.$format -s problem.steps=4
    check "a png is taken for a $format" says "c.$format: $format, "
done

run a.ini -o s/%d.png
run a.ini -o s/%d.png
check "a sequence is made again" says "s/%d.png: up to date"
rm s/2.png
run a.ini -o s/%d.png
check "an incomplete sequence is up to date" says "s/%d.png: png"
check "the picture is still missing" [ -e s/2.png ]

cp s/2.png s/3.png
run a.ini -o s/%d.png
check "what is left of a longer film is not told" says "warning: 's/3.png' is there from a longer"

run a.ini -o c.svg -o c.png -q -s problem.steps=4
cp c.svg old.svg
run a.ini -o c.svg -o new.png -s problem.steps=4
check "one of two is not made" eval 'says "c.svg: up to date" && says "new.png: png"'
check "the other one changed" cmp -s c.svg old.svg

run a.ini -o c.svg -o nothing.png --dry-run -s problem.steps=4
check "--dry-run" eval 'prints "a.ini -> c.svg (svg): up to date" && prints "a.ini -> nothing.png (png)" &&
    [ ! -e nothing.png ]'
check "--dry-run calls the missing up to date" eval '! grep -q "nothing.*up to date" stdout'
preset wrong.ini adma
expect 3 "unknown method" wrong.ini -o c.svg --dry-run

# A date that is asked for is a setting of the formats that hold one.
if echo "$formats" | grep -q pdf; then
    run a.ini -o d.pdf
    export SOURCE_DATE_EPOCH=86400
    run a.ini -o d.pdf
    check "another date does not make it" says "d.pdf: pdf"
    run a.ini -o c.svg
    run a.ini -o c.svg
    check "a date is a setting of what has none" says "c.svg: up to date"
    extracted d.pdf back.ini
    check "the date is not told" grep -qx '; SOURCE_DATE_EPOCH=86400' back.ini
    unset SOURCE_DATE_EPOCH
fi

# The README's picture is what the command below it makes.
run "$source/presets/hyper.ini" --frame 40 --dpi 100 -o "$source/presets/hyper.png" --dry-run
check "the README's picture is out of date" prints ": up to date"

finish
