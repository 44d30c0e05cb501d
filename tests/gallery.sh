#!/bin/sh
# The gallery: a folder of films and stills, and last a page about them, which is looked at
# here as text; tests/check-web.sh opens it. Needs $OPTRENDER, the program. Runs in a folder
# of its own.
. "${srcdir:-.}/tests/shell.sh"

"$program" --version | grep -q "no FFmpeg" && {
    echo "SKIPPED: gallery: no FFmpeg"
    exit 77
}

preset a.ini adam booth
cat >>a.ini <<'END'

[figure]
caption = <img src=x onerror=alert(1)> & "b" \beta_1
[claim]
a_stays = leaves(A) == never
a_lies = arrival(A, 0.1) == 1
END
preset "b & <b>.ini" gradient-descent
cat >"c.ini" <<'END'
[problem]
formula = sqrt(r) / 2 + x^2
let r = x^2 + y^2
start = 1, 1
x = -1 .. 1
y = -1 .. 1
steps = 2
[optimizer "<script>"]
method = adam
[film]
width = 2
height = 1
dpi = 36
END

# --- what is in the folder
run gallery a.ini "b & <b>.ini" c.ini -o g -q --title '<Course> & "more"'
check "fails" has_status 0
check "says something" is_silent
check "other files" eval '[ "$(cd g && find . -type f | LC_ALL=C sort | tr "\n" " ")" = "./a.mp4 ./a.png ./b & <b>.mp4 ./b & <b>.png ./c.mp4 ./c.png ./dark/a.mp4 ./dark/a.png ./dark/b & <b>.mp4 ./dark/b & <b>.png ./dark/c.mp4 ./dark/c.png ./index.html " ]'
page=g/index.html

# --- what it refers to is there, and is nothing else
grep -o '\(src\|srcset\|href\)="[^"]*"' $page | sed 's/^[a-z]*="//; s/"$//' | sort -u >links
check "refers to nothing" [ -s links ]
while read -r link; do
    case $link in
    data:,) ;;
    \#*) check "there is no $link" grep -q "id=\"${link#\#}\"" $page ;;
    *)
        name=$(echo "$link" | sed 's/%20/ /g; s/%26/\&/g; s/%3C/</g; s/%3E/>/g')
        check "there is no $link" [ -f "g/$name" ]
        ;;
    esac
done <links
check "asks for something" eval '! grep -Eq "https?:|//[a-z]|url\(|@import" $page'
ids=$(grep -o ' id="[^"]*"' $page | sort | uniq -d)
check "two have the id $ids" [ -z "$ids" ]

# --- what it says
contains() { check "does not contain: $1" grep -qF -- "$1" $page; }
is_without() { ! grep -qF -- "$1" "$2"; }
lacks() { check "contains: $1" is_without "$1" "$page"; }
contains '<title>&lt;Course&gt; &amp; &quot;more&quot;</title>'
contains '<h1>&lt;Course&gt; &amp; &quot;more&quot;</h1>'
contains '&lt;img src=x onerror=alert(1)&gt; &amp; &quot;b&quot; '
contains '&lt;script&gt;'
lacks '<img src=x'
check "another script" [ "$(grep -c '<script' $page)" -eq 1 ]
contains '<h3>Booth'
contains '<dt>A stays</dt>'
contains '<span class="numbers">never == never</span>'
lacks 'A lies'
lacks 'arrival(A, 0.1)'
contains '<p class="name">c</p>'
contains "alt=\"$("$program" describe c.ini -q | sed 's/"/\&quot;/g; s/</\&lt;/g; s/>/\&gt;/g')\""
check "the formulas are not written" [ "$(grep -c '<mi>f</mi>' $page)" -eq 3 ]
contains '<mi>r</mi><mo>=</mo>'
contains '<h3>Adam</h3>'
contains '<h3>Gradient descent</h3>'
lacks '<h3>Adagrad</h3>'
contains '(prefers-color-scheme: dark)'
contains '(prefers-reduced-motion: reduce)'
lacks 'type="search"'
if command -v xmllint >/dev/null; then
    # What HTML leaves open is closed, then it is XML.
    sed -e '/^<style>/,/^<\/style>/d' -e '/^<script>/,/^<\/script>/d' -e 's/<!DOCTYPE html>//' \
        -e 's/<\(meta\|link\|img\|source\|input\)\([^>]*\)>/<\1\2\/>/g' \
        -e 's/ \(muted\|loop\|playsinline\|hidden\)\([ >]\)/ \1=""\2/g' \
        -e 's/ \(muted\|loop\|playsinline\|hidden\)\([ >]\)/ \1=""\2/g' $page >page.xml
    xmllint --noout page.xml 2>wrong
    check "is not well-formed: $(head -n 3 wrong)" [ ! -s wrong ]
else
    echo "SKIPPED: gallery: no xmllint"
fi

# --- the still is the film's size
size() { od -An -tu1 -j 16 -N 8 "$1" | awk '{ print $3 * 256 + $4, $7 * 256 + $8 }'; }
check "the still is $(size g/c.png)" [ "$(size g/c.png)" = "72 36" ]
contains 'width="72" height="36"'

# --- what is there is left alone, and the page is the same
cp $page before.html
run gallery a.ini "b & <b>.ini" c.ini -o g/ --title '<Course> & "more"'
check "another page" cmp -s $page before.html
check "renders again" says "12 up to date"
run gallery a.ini -o false/
check "says more than once what is false" [ "$(grep -c "claim a_lies is false" stderr)" -eq 1 ]
check "dark is light" eval '! cmp -s g/a.png g/dark/a.png'

# --- a theme that is chosen is for all pages
run gallery c.ini -o themed/ -q -s figure.theme=print
check "is there in the dark" eval 'has_status 0 && is_absent themed/dark'
run gallery c.ini -o blank/ -q -s ' figure.theme = print'
check "is there in the dark" eval 'has_status 0 && is_absent blank/dark'

# --- names are paths of links, not more
cp c.ini '50%#?.ini'
run gallery '50%#?.ini' -o odd/ -q
page=odd/index.html
contains 'src="50%25%23%3F.png"'
contains 'src="dark/50%25%23%3F.mp4"'

# --- many have a search
mkdir many
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do
    sed 's/steps = 2/steps = 1/' c.ini >many/$i.ini
done
run gallery many -o searched -q
page=searched/index.html
contains 'type="search"'
contains '<h1>Optimizers on loss surfaces</h1>'

# --- whole or not at all
printf '[problem]\n' >wrong.ini
run gallery c.ini wrong.ini -o half/ -q
check "a wrong preset is no failure" has_status 3
check "there is a page" is_absent half/index.html
cp g/index.html before.html
rm g/a.png
run gallery a.ini wrong.ini -o g/ -q
check "says twice what is wrong" [ "$(grep -c "needs a function" stderr)" -eq 1 ]
check "the older page was changed" cmp -s g/index.html before.html
mkdir -p blocked/c.mp4
run gallery c.ini -o blocked -q
check "there is a page without its film" eval 'has_status 1 && is_absent blocked/index.html'
mkdir -p taken/index.html
expect 1 "is a folder; name a file in it" gallery c.ini -o taken
check "renders for a page that cannot be" is_absent taken/c.mp4
mkdir led out
ln -s ../out/index.html led/index.html
expect 2 "is, or is behind, a link to outside" gallery c.ini -o led
check "follows a link out of the folder" eval 'is_absent out/index.html && is_absent led/c.mp4'
expect 2 "a gallery is one folder; give one -o" gallery c.ini -o x/ -o y/
expect 2 "add -o gallery/" gallery c.ini
expect 2 "such as gallery/" gallery c.ini -o -
expect 2 "such as gallery/" gallery c.ini -o '{name}/'
expect 2 "standard input cannot be" gallery - -o x/
expect 2 "--title '': the title is empty" gallery c.ini -o x/ --title ''
expect 2 "--title does not belong to rendering" c.ini -o x.png --title x
check "a folder is left" is_absent x
# --- what there is to say is said once, also when only dark films are made
said() { grep -c "$1" stderr; }
run gallery a.ini wrong.ini -o said/
check "not once: $(said 'claim a_lies is false')" [ "$(said 'claim a_lies is false')" -eq 1 ]
check "its end" says "optrender: 2 presets, 1 failed, 4 outputs"
check "the missing page" says "said/index.html: not written, as not everything was made"
rm -r said/dark
run gallery a.ini -o said/
check "not once: $(said 'claim a_lies is false')" [ "$(said 'claim a_lies is false')" -eq 1 ]

# --- what is not a gallery's is not replaced
run gallery a.ini -o a.html -q
check "a page's name is taken for a folder" says "-o a.html: a gallery is a folder, such as gallery/"
mkdir site
echo mine >site/index.html
run gallery a.ini -o site -q
check "status $status" has_status 1
check "a page is replaced" eval \
    'says "site/index.html: is no gallery" && [ "$(cat site/index.html)" = mine ]'
run gallery a.ini -o site -q --force
check "--force does not replace it" eval '[ "$status" -eq 0 ] && grep -q "<h1>" site/index.html'

# --- whose rules: all runs' or each one's
preset rules.ini adam
printf '[optimizer B]\nmethod = adam\nlearning_rate = 0.1\ndialect = keras3\n' >>rules.ini
run gallery rules.ini -o rules -q
check "one library's for all" grep -q 'the rules of several libraries in single' rules/index.html
check "not told at the run" grep -q '<span>, rules of Keras 3</span></li>' rules/index.html
check "the problem's rules are not told" [ "$(grep -c '<span>, rules of ' rules/index.html)" -eq 2 ]
run gallery rules.ini -o ruled -q -s problem.dialect=keras3
check "one library's for all are told at each run" eval \
    'grep -q "the rules of Keras 3 in single" ruled/index.html && ! grep -q "rules of Keras 3</span>" ruled/index.html'

run gallery a.ini -o textbook -q -s problem.dialect=textbook
check "the textbook's" grep -q 'the rules of the textbook in single' textbook/index.html
preset named.ini momentum
sed -i 's/optimizer A/optimizer TensorFlow 1/; s/^learning_rate.*/&\nmomentum = 0.5/' named.ini
printf '[claim]\ntensorflow_stays = leaves(TensorFlow 1) == never\n' >>named.ini
run gallery named.ini -o named -q
check "momentum's rules name nobody" grep -q '<dt>TensorFlow 1' named/index.html
preset qhm.ini qhm
run gallery qhm.ini -o qhm -q
check "a rule of all dialects names them" eval \
    'grep -q "<dt>Rule</dt>" qhm/index.html && ! grep -q "<dt>TensorFlow 1" qhm/index.html'
check "a label's first word" grep -q '<dt>TensorFlow stays</dt>' named/index.html

# --- the methods: those that are shown, or all
methods() { # FILE
    grep -o 'class="method" id="method-[^"]*' "$1" | sed 's/.*method-//' | tr '\n' ' '
}
run gallery a.ini -o one -q
check "not the one method: $(methods one/index.html)" [ "$(methods one/index.html)" = "adam " ]
check "no rule of a switch" grep -q 'With <code>amsgrad = yes</code>' one/index.html
run gallery a.ini -o one -q --all-methods
"$program" list optimizers --json | tr ',{' '\n\n' | sed -n 's/^ *"name": *"\(.*\)"$/\1/p' | tr '\n' ' ' >wanted
check "not all: $(methods one/index.html)" [ "$(methods one/index.html)" = "$(cat wanted)" ]
check "says where nothing is seen" eval \
    '[ "$(grep -c "Seen in" one/index.html)" -eq 1 ]'
wrappers() { grep -o 'id="wrapper-[^"]*' "$1" | sed 's/.*wrapper-//' | tr '\n' ' '; }
check "not all wrappers" [ "$(wrappers one/index.html)" = "lookahead sam " ]
run gallery c.ini -o wrapped -q -s "optimizer $(sed -n 's/^\[optimizer \(.*\)\]/\1/p' c.ini | head -n 1).wrap=sam"
check "not the one wrapper" [ "$(wrappers wrapped/index.html)" = "sam " ]
check "its run has no link" grep -q '<a href="#wrapper-sam">wrap sam</a>' wrapped/index.html

# --- labels are text, not markup
preset "labels.ini" adam
sed -i 's/optimizer A\b/optimizer Adam L_2/' labels.ini
run gallery labels.ini -o labels -q
check "a label is markup" grep -q '>Adam L₂</a>' labels/index.html

# --- around the methods: what is seen, or all
around() { grep -o ' id="\(around\|schedule\)-[^"]*' "$1" | sed 's/.*id="//' | tr '\n' ' '; }
preset around.ini adam
run gallery around.ini -o plain -q
check "explains what is not seen" eval '! grep -q "Around every method" plain/index.html'
sed -i 's/^learning_rate.*/&\nschedule = cosine\nclip_norm = 1\nweight_decay = 0.1/' around.ini
run gallery around.ini -o around -q
check "not what is seen: $(around around/index.html)" [ "$(around around/index.html)" = \
    "schedule-cosine around-clip-norm around-weight-decay " ]
for link in schedule-cosine around-clip-norm around-weight-decay; do
    check "no link to $link" grep -q "<a href=\"#$link\">" around/index.html
done
run gallery around.ini -o around -q -s 'optimizer A.decoupled_weight_decay=yes'
check "not the decay that is seen: $(around around/index.html)" [ "$(around around/index.html)" = \
    "schedule-cosine around-clip-norm around-decoupled-weight-decay " ]
run gallery around.ini -o around -q --all-methods
"$program" list schedules --json | tr ',{' '\n\n' | sed -n 's/^ *"name": *"\(.*\)"$/schedule-\1/p' | tr '\n' ' ' >wanted
check "not all: $(around around/index.html)" [ "$(around around/index.html)" = \
    "$(cat wanted)around-clip-norm around-clip-value around-weight-decay around-decoupled-weight-decay " ]
check "a rule cannot be read" [ "$(sed -n '/id="around-/,/<.article>/p' around/index.html | grep -c '<math')" -eq 4 ]
finish
