#!/bin/sh
# Films in web pages: what an html file holds, how it is escaped, that it asks for nothing.
# Needs $OPTRENDER, the program. Runs in a folder of its own.
. "${srcdir:-.}/tests/shell.sh"

"$program" --version | grep -q "no FFmpeg" && {
    echo "SKIPPED: html: no FFmpeg"
    exit 77
}

preset a.ini
title=$(printf '</title><script>alert(1)</script> "q" '"'"'a'"'"' & --> ]]> \303\244')
escaped=$(printf '&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &quot;q&quot; '"'"'a'"'"' &amp; --&gt; ]]&gt; \303\244')
cat >>a.ini <<END

[figure]
caption = $title
END
sed 's/^width = .*/width = 15.01/; s/^height = .*/height = 2.01/; s/^dpi = .*/dpi = 100/' \
    a.ini >wide.ini

run a.ini -q -o a.html -o a.mp4 -o a.vtt
check "fails" has_status 0
run a.ini -q -o figure.html --embed
check "--embed fails" has_status 0

# --- what is in it
# The value of an attribute of an element, which has it once.
attribute() { # FILE ELEMENT NAME
    tr '\n' ' ' <"$1" | sed 's/<!--[^>]*-->//' |
        grep -o "<$2[^>]* $3=\"[^\"]*\"" | sed "s/.* $3=\"//; s/\"\$//"
}
number() { od -An -tu1 -j "$2" -N 4 "$1" | awk '{ print $1 * 16777216 + $2 * 65536 + $3 * 256 + $4 }'; }
for file in a.html figure.html; do
    ran=$file
    attribute $file video src >src
    check "the film is no mp4" grep -q '^data:video/mp4;base64,[A-Za-z0-9+/]*=*$' src
    cut -d, -f2 src | base64 -d >film.mp4
    check "the film has another preset" eval \
        '[ "$("$program" extract film.mp4)" = "$("$program" extract $file)" ]'
    attribute $file video poster | sed 's/^data:image\/png;base64,//' | base64 -d >poster.png
    check "the poster is no picture" eval \
        '[ "$(od -An -c -j 1 -N 3 poster.png | tr -d " ")" = PNG ] && [ "$(number poster.png 16)" -eq 144 ] && [ "$(number poster.png 20)" -eq 72 ]'
    check "the size is another" eval \
        '[ "$(attribute $file video width)" = 144 ] && [ "$(attribute $file video height)" = 72 ]'
    check "the label is not the title" eval '[ "$(attribute $file video aria-label)" = "$escaped" ]'
    check "the title is not the caption" eval 'grep -o "<figcaption.*" $file | grep -qF ">$escaped</figcaption>"'
    for word in controls loop muted playsinline 'preload="metadata"'; do
        check "the film is not $word" grep -q "<video[^>]* $word" $file
    done
    check "the film plays by itself" eval '! grep -q "<video[^>]* autoplay" $file'
    attribute $file track src | sed 's/^data:text\/vtt;base64,//' | base64 -d >track.vtt
    check "the captions are others" eval '[ "$(grep -v "^NOTE" a.vtt | cat -s)" = "$(cat -s track.vtt)" ]'
    id=$(attribute $file video aria-describedby)
    "$program" describe a.ini -q | sed 's/^/>/' >said
    check "the description is another" grep -qF "id=\"$id\"$(cat said)</p>" $file
    check "something is to be fetched" eval \
        '! grep -Eo "(src|href|poster|url)[=(]\"?[^\"d][^\" ]{0,9}" $file | grep -v "=\"data:"'
    check "has a script" eval '! grep -qi "<script\|javascript:\| on[a-z]*=" $file'
    check "holds its title as it is" eval '! grep -qF "$title" $file'
done
check "is no whole page" eval '[ "$(head -n 1 a.html)" = "<!DOCTYPE html>" ] &&
    [ "$(tail -n 1 a.html)" = "</html>" ] && grep -qF "<title>$escaped</title>" a.html &&
    grep -q "<html lang=" a.html && grep -q "<meta charset=\"utf-8\">" a.html &&
    grep -q "<meta name=\"viewport\"" a.html && grep -q "prefers-color-scheme: dark" a.html'
ran=a.html
attribute a.html video src | cut -d, -f2 | base64 -d >film.mp4
check "the film is not the one of -o a.mp4" cmp -s film.mp4 a.mp4
ran=figure.html
check "is more than a figure" eval '! grep -q "<html\|<head\|<body\|<style\|<title" figure.html &&
    [ "$(tail -n 1 figure.html)" = "</figure>" ]'

# --- a large film has a poster of half its size, odd sides become even ones
run wide.ini -q -o wide.html
attribute wide.html video poster | sed 's/^data:image\/png;base64,//' | base64 -d >poster.png
check "poster of $(number poster.png 16) x $(number poster.png 20)" \
    eval '[ "$(number poster.png 16)" -eq 750 ] && [ "$(number poster.png 20)" -eq 100 ]'
check "the film's size is another" eval \
    '[ "$(attribute wide.html video width)" = 1502 ] && [ "$(attribute wide.html video height)" = 202 ]'

# --- two of them can stand in one page
check "two films have one id" eval \
    '[ "$(attribute a.html video aria-describedby)" != "$(attribute wide.html video aria-describedby)" ]'

# --- a title is read, not drawn: without its markup
sed 's/^caption = .*/caption = On \\beta = 0.9 \\times 2/' a.ini >markup.ini
run markup.ini -q -o markup.html
check "markup is shown" grep -qF '>On β = 0.9 × 2</figcaption>' markup.html

# --- the record tells a page from a figure
run a.ini -o a.html --embed
check "a page is taken for a figure" says "a.html: html"
run a.ini -o a.html --embed
check "a figure is not up to date" says "a.html: up to date"
check "extract" eval '"$program" extract a.html >back.ini && grep -qx "html = figure" back.ini'
run a.ini -q -o a.mp4 -o b.html --embed
check "extract" eval '"$program" extract a.mp4 >back.ini && ! grep -q "html = figure" back.ini'
expect 2 "--embed is about html, which 'a.png' is not" a.ini -o a.png --embed

# --- what it is for others
missing=
needs() {
    command -v "$1" >/dev/null && return
    missing="$missing $1"
    false
}
run a.ini -q -o a.html --force
if needs ffmpeg; then
    pixels() { ffmpeg -v error -i "$1" -f rawvideo -pix_fmt rgb24 -; }
    attribute a.html video poster | sed 's/^data:image\/png;base64,//' | base64 -d >poster.png
    run a.ini -q -o first.png --frame 0
    run a.ini -q -o last.png --frame $(($(sed -n 's/^steps *= *//p' a.ini) - 1))
    for name in poster first last; do pixels $name.png >$name.raw; done
    check "the poster is not the last picture" cmp -s poster.raw last.raw
    check "all pictures are alike" eval '! cmp -s first.raw last.raw'
fi
# Tags that HTML 5 has and these do not know yet.
if needs xmllint; then
    xmllint --html --huge --noout a.html 2>&1 | grep 'error :' | grep -v 'Tag [a-z]* invalid' >wrong
    check "xmllint: $(cat wrong)" [ ! -s wrong ]
fi
if needs tidy; then
    tidy -q -e a.html 2>&1 | grep -v 'proprietary attribute "\(muted\|playsinline\)"' >wrong
    check "tidy: $(cut -c1-300 wrong)" [ ! -s wrong ]
fi
[ -z "$missing" ] || echo "SKIPPED: html: not looked at without:$missing"
finish
