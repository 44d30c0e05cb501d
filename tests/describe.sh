#!/bin/sh
# What a figure shows in sentences: printed by describe, carried by outputs, as other
# programs read them, and told by captions. Needs $OPTRENDER, the program. Runs in a folder
# of its own.
. "${srcdir:-.}/tests/shell.sh"

preset a.ini
preset b.ini
film=mp4
"$program" --version | grep -q "no FFmpeg" && film=

# --- printed
run describe a.ini
check "fails" has_status 0
check "says something" is_silent
text=$(cat stdout)
check "is not one line" [ "$(wc -l <stdout)" -eq 1 ]
run describe a.ini b.ini -q
check "several have no names" eval '[ "$(cat stdout)" = "a.ini: $text
b.ini: $text" ]'
run describe a.ini --json
check "is no JSON" eval '[ "$(cat stdout)" = "[
 {\"preset\": \"a.ini\", \"ok\": true, \"description\": \"$text\"}
]" ]'
run describe a.ini missing.ini --json -q
check "a missing preset" eval 'has_status 3 && prints "\"missing.ini\", \"ok\": false, \"description\": null"'
run describe a.ini -s 'claim.a=3 < 2'
check "a false claim is no warning" eval 'has_status 0 && says "claim a is false"'
run describe a.ini -s 'figure.alt=A <ball> & a -- bowl'
check "the preset's own words" eval '[ "$(cat stdout)" = "A <ball> & a -- bowl" ]'
run describe a.ini -o x
check "takes an output" has_status 2

# --- what a summary says of arrivals the sentences say: 0.1 is there in the course's pictures
looked=0
for file in "$source"/presets/*.ini; do
    run describe "$file" -q
    grep -q "within 0\.1 of it\|within 0\.1 of them" stdout || continue
    mv stdout told
    for step in $("$program" check "$file" --summary --json -q |
        sed -n 's/.*"arrival_0\.1": \([0-9]*\),.*/\1/p'); do
        looked=$((looked + 1))
        check "$file: does not tell of step $step" grep -q "at step $step\>" told
    done
done
check "no arrivals are looked at" [ "$looked" -gt 20 ]

# --- carried, and read by others: has NAME HOW READ
has() {
    ran="$1 of $text"
    check "$1: not '$2'" [ "$2" = "$text" ]
}
missing=
needs() {
    command -v "$1" >/dev/null && return
    missing="$missing $1"
    false
}
for format in $film png svg pdf json vtt; do
    run a.ini -q -o "a.$format"
    check "$format fails" has_status 0
done
needs pdfinfo && has pdf "$(pdfinfo -enc UTF-8 a.pdf | sed -n 's/^Subject: *//p')"
[ "$film" ] && needs ffprobe &&
    has mp4 "$(ffprobe -v error -show_entries format_tags=description -of csv=p=0 a.mp4 | sed 's/^"\(.*\)"$/\1/')"
if needs xmllint; then
    has svg "$(xmllint --xpath 'string(//*[local-name()="desc"])' a.svg)"
    ids=$(xmllint --xpath 'string(/*/@aria-labelledby)' a.svg)
    check "svg: the label's ids are $ids" [ "$ids" = "title description" ]
    for id in $ids; do
        check "svg: there is no $id" [ "$(xmllint --xpath "count(//*[@id='$id'])" a.svg)" -eq 1 ]
    done
    check "svg: no image" [ "$(xmllint --xpath 'string(/*/@role)' a.svg)" = img ]
fi
if needs python3; then
    has json "$(python3 -c 'import json; print(json.load(open("a.json"))["description"])')"
    has png "$(python3 - <<'END'
import struct
data, at = open("a.png", "rb").read(), 8
while at < len(data):
    size, = struct.unpack(">I", data[at:at + 4])
    if data[at + 4:at + 20] == b"iTXtDescription\0":
        print(data[at + 24:at + 8 + size].decode())
    at += 12 + size
END
)"
fi

# --- told by captions, in the syntax of https://www.w3.org/TR/webvtt1/#syntax
cat >cues.awk <<'END'
function ms(time, part) {
    split(time, part, /[:.]/)
    return ((part[1] * 60 + part[2]) * 60 + part[3]) * 1000 + part[4]
}
function bad(what) { print NR ": " what; wrong = 1 }
NR == 1 && !/^WEBVTT$/ { bad("no header") }
NR == 2 && !/^$/ { bad("no end of the header") }
/-->/ {
    cues++
    if (!/^[0-9][0-9]+:[0-5][0-9]:[0-5][0-9]\.[0-9][0-9][0-9] --> [0-9][0-9]+:[0-5][0-9]:[0-5][0-9]\.[0-9][0-9][0-9]$/) bad("no times")
    if (before !~ /^[0-9]+$/) bad("no number")
    if (ms($1) < end) bad("goes back")
    if (ms($1) >= ms($3)) bad("lasts no time")
    end = ms($3)
}
!/^NOTE/ && /</ { bad("a tag") }
!/^NOTE/ && /&/ && !/&(amp|lt|gt);/ { bad("a bare &") }
{ before = $0 }
END {
    if (cues < 2) bad("has " cues " cues")
    if (!wrong) print "ends " end
}
END
ran="the captions of a.ini"
cues() { awk -f cues.awk "$1"; }
# hold the start 500 ms, 10 steps of 200 ms, the last one and the end 1500 ms
check "captions: $(cues a.vtt)" [ "$(cues a.vtt)" = "ends $((500 + 200 * $(sed -n 's/^steps *= *//p' a.ini) + 1500))" ]
if [ "$film" ] && needs ffprobe; then
    length=$(ffprobe -v error -show_entries format=duration -of csv=p=0 a.mp4)
    check "captions and the film of $length s end apart" \
        [ "$(cues a.vtt)" = "ends $(echo "$length" | awk '{ print int($1 * 1000 + 0.5) }')" ]
    check "FFmpeg cannot read the captions" \
        eval 'ffprobe -v error -f webvtt -count_packets -show_entries stream=nb_read_packets -of csv=p=0 a.vtt | grep -q "^[2-9]"'
fi
preset marked.ini
printf '\n[optimizer a --> <b> & c]\nmethod = adam\nlearning_rate = 0.1\n\n[figure]\ncaption = x --> y\n' >>marked.ini
run marked.ini -q -o marked.vtt -s film.fps=25
check "labels are not escaped: $(cues marked.vtt)" eval 'cues marked.vtt | grep -q ^ends'
check "the label is missing" grep -q 'a --&gt; &lt;b&gt; &amp; c' marked.vtt
"$program" extract marked.vtt >back.ini
run back.ini -q -o again.vtt
check "is not made again" cmp -s marked.vtt again.vtt
run marked.ini -o marked.vtt -s film.fps=25
check "is not up to date" says "up to date"

[ -z "$missing" ] || echo "not looked at without:$missing"
finish
