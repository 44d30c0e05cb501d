#!/bin/sh
# What is said in circumstances that are rare: to a terminal, where permissions or
# libraries lack, with a disk that cannot be read. tests/cli.sh has the usual ones.
# Needs $OPTRENDER, the program, and beside it tests/terminal and tests/fault_shim.so.
# shellcheck source=tests/shell.sh
. "${srcdir:-.}/tests/shell.sh"
tests=$(dirname "$program")/tests
skipped=0
skip() {
    skipped=$((skipped + 1))
    echo "SKIPPED: $*"
}
has() { command -v "$1" >/dev/null 2>&1; }
preset a.ini
preset wrong.ini adma
films=yes
"$program" --version | grep -q "no FFmpeg" && films=no

# --- a terminal
on_terminal() {
    "$tests/terminal" "$program" "$@" >stdout 2>stderr </dev/null
    status=$?
    ran="$* on a terminal"
}
shows() { tr -d '\r' <stdout | grep -qF -- "$1"; }
escape=$(printf '\033')
on_terminal a.ini -o - -f csv
if [ $status -eq 77 ]; then
    skip "terminals: none can be had"
else
    check "data is not for a terminal" eval 'has_status 0 && shows "A,2,"'
    on_terminal a.ini -o - -f png
    check "a picture is for a terminal" eval 'has_status 2 &&
        shows "-o -: png is not for a terminal; send it to a file"'
    check "an error has no colour" shows "optrender: ${escape}[1;31merror:${escape}[0m "
    on_terminal check wrong.ini a.ini
    check "a mistake has no colour" shows "${escape}[1;31merror:${escape}[0m unknown method 'adma'"
    NO_COLOR=1
    export NO_COLOR
    on_terminal check wrong.ini
    check "NO_COLOR has colour" shows "wrong.ini:6:10: error: unknown method"
    unset NO_COLOR
    for table in functions keys schedules wrappers optimizers limits; do
        on_terminal list $table
        check "list $table is wider than the terminal" \
            eval '[ "$(tr -d "\r" <stdout | wc -L)" -le 80 ] && [ "$(wc -l <stdout)" -gt 9 ]'
    done
    on_terminal list keys
    check "a key has no block" eval 'tr -d "\r" <stdout | grep -qx "figure.panels" &&
        tr -d "\r" <stdout | grep -qx "    values: surface, contour, loss"'
    on_terminal list wrappers
    check "a rule is cut" shows "u = x + rho*g/n, where n = |g|; g = h, where h is the gradient at u"
    on_terminal list functions
    check "a value is not wrapped" eval 'tr -d "\r" <stdout | tr -s "\n " " " |
        grep -qF "formula: $("$program" list functions --json |
            sed -n "/\"peaks\"/s/.*\"formula\": \"\(.*\)\".*/\1/p")"'
    for name in adam sam cosine rosenbrock a.ini; do
        on_terminal show $name
        check "show $name is wider than the terminal" \
            eval '[ "$(tr -d "\r" <stdout | wc -L)" -le 80 ] && [ "$(wc -l <stdout)" -gt 6 ]'
        tr -d '\r' <stdout | tr -s '\n ' '\n' >wrapped
        run show $name
        check "show $name says something else on a terminal" \
            eval 'tr -s "\n " "\n" <stdout | sort >whole && sort wrapped | cmp -s - whole'
    done
    on_terminal show adam
    check "a rule has no hanging indent" eval 'tr -d "\r" <stdout | grep -q "^ \{15\}lr\*sqrt"'
    check "helps do not stand below where there is no room" \
        eval 'tr -d "\r" <stdout | grep -qx "    about the length of a step"'
    run list functions
    check "a file has not all of a list" grep -q '^rosenbrock .*  (a - x)^2 + b\*(y - x^2)^2$' stdout
    on_terminal a.ini -o 'line/%d.png' -s problem.steps=2000
    check "the line of progress is not taken back" eval 'has_status 0 && shows "${escape}[K"'
fi

# --- a reader that has gone ends what only prints, as it ends other tools (SIGPIPE), or is told
# where the signal is ignored
unread() { # COMMAND...: to a pipe that is closed already
    rm -f gone
    { until [ -e gone ]; do sleep 0.01; done
      "$@" 2>stderr; echo $? >status; } | { exec <&-; : >gone; }
    status=$(cat status) ran="$* | nobody"
}
for words in "list functions" "show adam" --help --version "completion bash"; do
    # shellcheck disable=SC2086 # words are meant
    unread "$program" $words
    check "status $status" eval 'has_status 141 && is_silent'
done
unread sh -c 'trap "" PIPE; exec "$0" list' "$program"
check "a closed pipe is not told" eval 'has_status 1 && says "standard output: Broken pipe"'

# --- what --verbose adds
run a.ini -o v.csv -o v.json -v
check "--verbose does not tell the plan" eval 'has_status 0 && says "a.ini -> v.csv (csv)" &&
    says "a.ini -> v.json (json)"'

# --- wrong command lines and presets that only some outputs show to be wrong
expect 2 "--deps '': the name is empty" a.ini -o x.png --deps ''
expect 2 "--deps cannot name the files of the sequence 'f/%d.png'" a.ini -o f/%d.png --deps x.d
expect 2 "x.png: 480000 x 2400 pixels; a side has 16 to 16384 of them" a.ini -o x.png --dpi 2400 \
    -s still.width=200
expect 3 "--set:1:13: error: [still] frame: the film has frames 0 .. 2" \
    a.ini -o x.png -s still.frame=3
expect 0 "--set:1:14: warning: the font has no glyph for U+6C34 '水' in the title" a.ini -o x.svg \
    -s 'figure.title=水 x'
expect 3 "--set:1:18: error: unknown colormap 'virids'; did you mean 'viridis'?" check a.ini \
    -s surface.colormap=virids
expect 3 "--set:1:18: error: unknown colormap 'many'; 'optrender list colormaps' shows them" \
    check a.ini -s contour.colormap=many
label=$(printf '%010001d' 0)
sed "s/^\[optimizer A\]/[optimizer $label]/" a.ini >label.ini
expect 3 "label.ini:5:2: error: a label of 10001 bytes; it has at most 10000" check label.ini
{
    sed '/^\[film\]/,$d' a.ini
    i=0
    while [ $i -lt 25 ]; do
        echo "wrong_$i = 1"
        i=$((i + 1))
    done
} >keys.ini
run check keys.ini
check "mistakes beyond the twentieth are not counted" eval 'has_status 3 &&
    says "keys.ini: 5 more errors" && [ "$(grep -c ": error: " stderr)" -eq 20 ]'
name=$(printf '%0252d' 0)
expect 1 "File name too long; choose a shorter name" a.ini -o "$name.png"
many=
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    sed "s/steps = 3/steps = $i$i/" wrong.ini >"w$i.ini"
    many="$many w$i.ini"
done
# shellcheck disable=SC2086 # words are meant
run check $many
check "many failures are all named" grep -q "; failed: w1.ini .* and [0-9]* more$" stderr

# --- what carries no preset
mkdir folder.png
expect 3 "'folder.png' is a folder; name an output" extract folder.png
if [ $films = yes ]; then
    run a.ini -o raw.y4m
    expect 3 "'raw.y4m': y4m files carry no preset" extract raw.y4m
    for format in webm gif apng; do
        run a.ini -o "whole.$format"
        head -c -1 "whole.$format" >"cut.$format"
        expect 3 "'cut.$format' carries no preset" extract "cut.$format"
    done
fi

# --- FFmpeg that is not there, and one that lacks what is needed
broken() { # TEXT: films are refused with it, and the rest is done
    rm -f x.mp4 x.png
    LD_LIBRARY_PATH=$folder/lib
    export LD_LIBRARY_PATH
    for jobs in 1 2; do
        expect 1 "x.mp4: films need FFmpeg: " a.ini -o x.mp4 -j $jobs
        check "does not say: $1" says "$1"
        check "left a film" is_absent x.mp4
    done
    for format in gif apng; do
        expect 1 "x.$format: films need FFmpeg: " a.ini -o x.$format
        check "left a film" is_absent x.$format
    done
    expect 1 "made.mp4: films need FFmpeg: " extract made.mp4
    run a.ini -o x.png
    check "a picture needs FFmpeg" eval 'has_status 0 && [ -s x.png ]'
    unset LD_LIBRARY_PATH
}
if [ $films = yes ]; then
    run a.ini -o made.mp4
    library=$(ldd "$tests/test_film" 2>/dev/null |
        sed -n 's/^[[:space:]]*\(libavutil[^ ]*\) => .*/\1/p')
    other=$(ldd "$program" 2>/dev/null | sed -n 's/^[[:space:]]*libz[^ ]* => \([^ ]*\) .*/\1/p')
    if [ -z "$library" ] || [ -z "$other" ]; then
        skip "FFmpeg that is not there: ldd does not find it where it is"
    else
        mkdir lib
        : >"lib/$library"
        broken "$folder/lib/$library: file too short"
        rm "lib/$library"
        ln -s "$other" "lib/$library"
        broken "undefined symbol: av_"
    fi
fi

# --- interrupted before its turn: what waits is not begun
preset long.ini gradient-descent quad 20000
mkdir turn
timeout --preserve-status -s INT 1 "$program" long.ini a.ini -o turn/ -f png,csv -j 1 \
    -s film.fps=60 -o 'turn/{name}/%d.png' >stdout 2>stderr </dev/null
status=$? ran="long.ini a.ini, SIGINT"
check "status $status, not 130" has_status 130
check "an interruption is not told once" eval '[ "$(grep -c interrupted stderr)" -eq 1 ]'
check "began after the interruption" is_absent turn/a.png

# --- another user, without permissions
mkdir closed closed/folder open
cp a.ini closed/a.ini
cp a.ini open/a.ini
echo old >open/kept.png
chmod 755 "$folder" open
chmod 644 open/a.ini open/kept.png
chmod 777 .
chmod 711 closed
chmod 000 closed/a.ini closed/folder
as_user=
if [ "$(id -u)" -eq 0 ]; then
    as_user="setpriv --reuid 65534 --regid 65534 --clear-groups"
fi
if [ "$(id -u)" -eq 0 ] && { ! has setpriv || ! $as_user test -x "$program" 2>/dev/null; }; then
    skip "permissions: root has all of them, and cannot be another user here"
else
    as() {
        # shellcheck disable=SC2086 # words are meant
        $as_user "$program" "$@" >stdout 2>stderr </dev/null
        status=$?
        ran="$* as another user"
    }
    as closed/folder -o x/
    check "status $status, not 2" has_status 2
    check "a closed folder is not named" says \
        "cannot read the folder 'closed/folder': Permission denied"
    as check closed/a.ini
    check "a closed preset" eval 'has_status 3 && says "closed/a.ini" && says "Permission denied"'
    if [ -n "$as_user" ]; then
        as open/a.ini -o open/kept.png
        check "an output of somebody else" eval 'has_status 1 &&
            says "open/kept.png: cannot write: Permission denied; change its permissions or"'
        check "an output of somebody else changed" eval '[ "$(cat open/kept.png)" = old ]'
    fi
fi
chmod 755 closed/folder

# --- what was made for a lock file cannot be read back
mkdir scratch
TMPDIR=$folder/scratch
FAULT_FOLDER=$TMPDIR
SHIM=$tests/fault_shim.so
export TMPDIR FAULT_FOLDER
lock_call() { # KIND NUMBER FORMAT: status and texts of that call's failure
    FAULT_KIND=$1 FAULT_CALL=$2 FAULT_LOG=$folder/log LD_PRELOAD=$SHIM \
        "$program" lock a.ini -o "x.$3" -j 1 >stdout 2>stderr </dev/null
    status=$?
    ran="lock a.ini -o x.$3, $1 in call $2"
}
formats="csv png"
[ $films = no ] || formats="$formats mp4"
lock_call EIO 1 csv
if [ ! -s "$SHIM" ] || [ ! -s log ]; then
    skip "files that cannot be read back: the shim does not work here"
    formats=
fi
for format in $formats; do
    "$program" lock a.ini -o "x.$format" >whole.lock 2>stderr
    number=1
    rm -f log
    lock_call EIO $number "$format"
    while [ -s log ]; do
        if [ $status -eq 0 ]; then
            check "another lock file after a failing $(cat log)" cmp -s stdout whole.lock
        else
            check "status $status, not 1" has_status 1
            check "the cause is not told" grep -q "Input/output error\|libpng: Read Error" stderr
            check "a lock file all the same" eval '! prints "file = "'
        fi
        number=$((number + 1))
        rm -f log
        lock_call EIO $number "$format"
    done
    check "without a failing call" eval 'has_status 0 && cmp -s stdout whole.lock'
    check "no call failed" [ $number -gt 3 ]
    check "left something" holds scratch ""
done

[ "$skipped" -eq 0 ] || echo "$skipped skipped"
finish
