#!/bin/sh
# Where an output may go: what cannot be written is told before the runs and the pictures,
# the rest succeeds, and nothing else is touched.

# shellcheck source=tests/shell.sh
. "${srcdir:-.}/tests/shell.sh"
skipped=0

# A run that would take minutes: what fails at once has not begun it.
preset slow.ini adam beale 1000000
for i in 1 2 3 4 5 6 7 8; do
    printf '[optimizer %s]\nmethod = adam\nlearning_rate = 0.%s\n' "$i" "$i" >>slow.ini
done
preset a.ini
cp slow.ini slow.kept
formats="png svg pdf csv json"
"$program" --version | grep -q "no FFmpeg" || formats="$formats mp4 webm html gif apng y4m"

# Runs it for four seconds at most; one that has begun is interrupted then, with status 130.
quickly() {
    # shellcheck disable=SC2086 # words are meant
    timeout --preserve-status -s INT 4 ${as_user:-} "$program" "$@" -j 1 \
        >stdout 2>stderr </dev/null
    status=$?
    ran=$*
}

refuse() { # STATUS MESSAGE ARGUMENT...
    wanted=$1 message=$2
    shift 2
    quickly slow.ini -q "$@"
    check "status $status, not $wanted" has_status "$wanted"
    check "does not say: $message" says "$message"
    check "a preset was changed" cmp -s slow.ini slow.kept
}

quickly slow.ini -q -o begun.csv
check "the slow preset is quick" has_status 130

# --- no file can be there
mkdir folder folder/taken.png into
for format in $formats; do
    mkdir -p "into/slow.$format"
    refuse 1 "'into/slow.$format' is a folder; name a file in it" -o into -f "$format"
    refuse 1 "no such folder missing/; make it first" -o "missing/a.$format"
    refuse 1 "no such folder a.ini/; make it first" -o "a.ini/a.$format"
done
mkdir folder/0.png
refuse 1 "'folder/0.png' is a folder" -o folder/%d.png
ln -s circle.png circle.png
refuse 1 "circle.png: cannot write: Too many levels of symbolic links" -o circle.png
refuse 1 "cannot write: File name too long" -o "$(printf '%0300d' 0).png"
check "a refused output leaves a file" holds folder "0.png
taken.png"

# --- permissions, which do not bind root, so that root becomes nobody
as_user=
if [ "$(id -u)" -eq 0 ]; then
    as_user="setpriv --reuid=65534 --regid=65534 --clear-groups"
    chmod 755 .
fi
mkdir closed open
chmod 555 closed
chmod 777 open
echo old >open/old.png
chmod 444 open/old.png
if $as_user test -r slow.ini 2>stderr && $as_user test -x "$program" &&
    ! $as_user test -w closed; then
    for format in $formats; do
        refuse 1 "closed/a.$format: cannot write: Permission denied" -o "closed/a.$format"
    done
    refuse 1 "closed/0.png: cannot write: Permission denied" -o closed/%d.png
    refuse 1 "open/old.png: cannot write: Permission denied" -o open/old.png
    check "a read-only file was changed" \
        eval '[ "$(cat open/old.png)" = old ] && holds open old.png'
    refuse 1 "cannot create the folder 'closed/new" -o closed/new/ -f png
    export TMPDIR=closed
    refuse 1 "standard output: cannot write a temporary file in closed: Permission denied; TMPDIR" \
        -o - -f png
    mkfifo open/pipe
    chmod 666 open/pipe
    refuse 1 "open/pipe: cannot write a temporary file in closed: Permission denied; TMPDIR" \
        -o open/pipe -f png
    rm open/pipe
    unset TMPDIR
else
    skipped=$((skipped + 1))
    echo "SKIPPED: permissions: cannot be another user than root here"
fi
as_user=

# --- the preset itself, however it is called
mkdir x
ln -s slow.ini soft.csv
ln slow.ini hard.csv
ln -s hard.csv x/far.csv
echo '%' >other.ini
for name in slow.ini ./x/../slow.ini "$folder/slow.ini" x/../../"${folder##*/}"/slow.ini \
    soft.csv hard.csv x/../hard.csv; do
    refuse 2 "'$name' would overwrite the preset 'slow.ini'" -o "$name" -f csv
done
ln -sf ../hard.csv x/far.csv
refuse 2 "'x/far.csv' would overwrite the preset 'slow.ini'" -o x/far.csv
timeout -s INT 4 "$program" - -q -o hard.csv <slow.ini >stdout 2>stderr
status=$? ran="- -o hard.csv <slow.ini"
check "standard input is overwritten" eval 'has_status 2 && cmp -s slow.ini slow.kept'
refuse 2 "'a.ini' would overwrite the preset 'a.ini'" a.ini -o a.ini -f csv
refuse 2 "'-' is asked for twice" -o - -o /dev/stdout -f csv
refuse 2 "'x/../b.csv' is asked for twice" -o b.csv -o x/../b.csv
for name in soft.csv x/far.csv; do
    check "$name is no link any more" [ -h "$name" ]
done

# Links between other files are only names: the output replaces its own.
echo old >one.csv
ln one.csv two.csv
run a.ini -q -o one.csv
check "a linked output" eval 'has_status 0 && grep -q "^A,0," one.csv && [ "$(cat two.csv)" = old ]'

# --- pipes, devices, standard output
for format in $formats; do
    run a.ini -q -o "whole.$format" --force
    mkfifo pipe
    timeout 20 cat pipe >copy &
    run a.ini -q -o pipe -f "$format"
    wait $!
    check "$format through a pipe" eval 'has_status 0 && cmp -s copy "whole.$format" && [ -p pipe ]'
    rm pipe
    expect 1 "/dev/full: cannot write: No space left" a.ini -q -o /dev/full -f "$format"
    run a.ini -q -o /dev/null -f "$format"
    check "/dev/null" eval 'has_status 0 && [ -c /dev/null ]'
    for name in - /dev/stdout; do
        run a.ini -q -o "$name" -f "$format"
        check "$format to $name" eval 'has_status 0 && cmp -s stdout "whole.$format"'
        "$program" a.ini -q -o "$name" -f "$format" 2>stderr | cat >copy
        check "$format to $name, a pipe" cmp -s copy "whole.$format"
        rm -f gone
        { until [ -e gone ]; do sleep 0.01; done
          "$program" a.ini -o "$name" -f "$format" 2>stderr; } | { exec <&-; : >gone; }
        check "a closed pipe is not told" says "standard output: cannot write: Broken pipe"
    done
done
(timeout -s INT 4 "$program" slow.ini -q -o - -f png >&- 2>stderr)
status=$? ran="slow.ini -o - >&-"
check "closed standard output" eval 'has_status 1 && says "cannot write: Bad file descriptor"'

# --- standard streams that are closed when it starts, in all combinations
closed() { # STREAMS ARGUMENT...: 0 1 2 are the closed ones
    streams=$1
    shift
    ran="$* with $streams closed"
    : >stdout
    : >stderr
    (
        exec </dev/null >stdout 2>stderr
        case $streams in *0*) exec <&- ;; esac
        case $streams in *1*) exec >&- ;; esac
        case $streams in *2*) exec 2>&- ;; esac
        exec "$program" "$@"
    )
    status=$?
}
for streams in none 0 1 2 01 02 12 012; do
    for format in $formats; do
        rm -f "c.$format"
        closed $streams a.ini -o "c.$format"
        check "a file" eval 'has_status 0 && cmp -s "c.$format" "whole.$format"'
        closed $streams a.ini -q -o - -f "$format"
        case $streams in
        *1*) check "standard output" eval 'has_status 1 && holds_nothing stdout' ;;
        *) check "standard output" eval 'has_status 0 && cmp -s stdout "whole.$format"' ;;
        esac
        closed $streams slow.ini -q -o "missing/c.$format"
        check "an error" has_status 1
    done
    closed $streams - -o c.csv --force
    check "standard input" has_status 3
done

# --- two runs at once, one output
mkdir both
for format in $formats; do
    rm -f both/*
    for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        "$program" a.ini -q --force -o "both/out.$format" 2>first &
        "$program" a.ini -q --force -o "both/out.$format" 2>second
        status=$? ran="two runs, $format, round $round"
        check "the second of two" has_status 0
        wait $!
        status=$?
        check "the first of two" has_status 0
        check "two at once" eval 'cmp -s "both/out.$format" "whole.$format" &&
            holds both "out.$format" && [ ! -s first ] && [ ! -s second ]'
    done
done

[ "$skipped" -eq 0 ] || echo "$skipped skipped"
finish
