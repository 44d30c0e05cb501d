#!/bin/sh
# Every limit: what is at it is taken, what is one above it is refused with a message that names
# the option that raises it, and with that option it is taken. Nothing is drawn where check does.
# Needs $OPTRENDER, the program.
# shellcheck source=tests/shell.sh
. "${srcdir:-.}/tests/shell.sh"
skipped=0

takes() { # ARGUMENT...
    run "$@"
    check "status $status, not 0" has_status 0
}
refuses() { # STATUS OPTION ARGUMENT...: the message names the option
    wanted=$1 option=$2
    shift 2
    run "$@"
    check "status $status, not $wanted" has_status "$wanted"
    check "does not name $option" says "; $option N raises the limit"
}

default_of() { # OPTION: as the list has it
    sed -n "s/.*\"default\": \"\([^\"]*\)\", \"option\": \"--$1\".*/\1/p" limits
}
# The list's options are those that there are, and each is tried below.
run list limits --json
cp stdout limits
tried="bytes line formula-bytes lets operations depth optimizers steps side pixels frames memory"
tried="$tried lock-bytes"
listed=$(sed -n 's/.*"option": "--max-\([a-z-]*\)".*/\1/p' limits | tr '\n' ' ')
check "lists other options: $listed" [ "$listed" = "$tried " ]
[ "$failures" -eq 0 ] || exit 1
for each in $tried; do
    ran="--help"
    check "--max-$each is not in the help" eval "$program --help | grep -q -- '--max-$each '"
    command=check
    [ "$each" = lock-bytes ] && command=verify
    expect 2 "wants a whole number from " $command x.ini "--max-$each" 0
    expect 2 "wants a whole number from " $command x.ini "--max-$each" 99999999999
    expect 2 "does not belong to optrender list" list "--max-$each" 1000
done

preset small.ini
with() { # NAME SED...: small.ini changed
    sed "$2" small.ini >"$1"
}

# Bytes: a comment makes up for the rest.
bytes=$(default_of max-bytes)
fill() { # BYTES FILE
    {
        cat small.ini
        printf ';'
        head -c "$(($1 - $(wc -c <small.ini) - 2))" /dev/zero | tr '\0' x
        echo
    } >"$2"
}
fill "$bytes" at.ini
fill $((bytes + 1)) above.ini
ran="the sizes"
check "of the files" [ "$(wc -c <at.ini) $(wc -c <above.ini)" = "$bytes $((bytes + 1))" ]
takes check at.ini --max-line $((2 * bytes))
refuses 3 --max-bytes check above.ini
check "does not say how many" says "larger than $bytes bytes"
takes check above.ini --max-bytes $((bytes + 1)) --max-line $((2 * bytes))
refuses 3 --max-bytes check small.ini --max-bytes 20

# A line.
line=$(default_of max-line)
long() { # BYTES FILE
    {
        cat small.ini
        printf ';'
        head -c "$(($1 - 1))" /dev/zero | tr '\0' x
        echo
    } >"$2"
}
long "$line" at.ini
long $((line + 1)) above.ini
takes check at.ini
refuses 3 --max-line check above.ini
check "does not say how many" says "a line of $((line + 1)) bytes; it may have $line"
takes check above.ini --max-line $((line + 1))
refuses 3 --max-line check small.ini --max-line 10

where='start = 1, 1\nx = -2 .. 2\ny = -2 .. 2'
# A formula's operations and depth, on its own limits and lower ones.
repeated() { # COUNT TEXT
    head -c "$1" /dev/zero | sed "s/\x00/$2/g"
}
nested() { # DEPTH: brackets around x
    with "$2" "s/^function.*/$where\nformula = $(repeated "$1" '(')x$(repeated "$1" ')')^2 + y^2/"
}
nested 199 at.ini
nested 200 above.ini
takes check at.ini
refuses 3 --max-depth check above.ini
check "does not say how deep" says "nested more than $(default_of max-depth) deep"
takes check above.ini --max-depth 201
nested 1999 above.ini
takes check above.ini --max-depth 2000
refuses 3 --max-depth check above.ini --max-depth 1999
operations=$(default_of max-operations)
with above.ini "s/^function.*/$where\nformula = x^2 + y^2$(repeated 12000 '+sin(x)')/"
sed -i 's/+sin(x)/+x*y/g' above.ini
refuses 3 --max-operations check above.ini
check "does not say how many" says "more than $operations operations"
takes check above.ini --max-operations 40000
with at.ini "s/^function.*/$where\nformula = x^2 + y^2/"
# Bytes of a formula and of a claim, and lets.
bytes=$(default_of max-formula-bytes)
padded() { # BYTES FILE: white space is a part of it
    with "$2" "s/^function.*/$where\nformula = x^2 +$(repeated "$(($1 - 8))" ' ')y^2/"
}
padded "$bytes" at.ini
padded $((bytes + 1)) above.ini
takes check at.ini
refuses 3 --max-formula-bytes check above.ini
check "does not say how many" says "the formula has more than $bytes bytes"
takes check above.ini --max-formula-bytes $((bytes + 1))
claimed() { # BYTES FILE
    cat small.ini >"$2"
    printf '[claim]\nc = 1 <%s2\n' "$(repeated "$(($1 - 4))" ' ')" >>"$2"
}
claimed "$bytes" at.ini
claimed $((bytes + 1)) above.ini
takes check at.ini
refuses 3 --max-formula-bytes check above.ini
check "does not say how many" says "the claim has more than $bytes bytes"
takes check above.ini --max-formula-bytes $((bytes + 1))
lets=$(default_of max-lets)
named() { # COUNT FILE
    with "$2" "s/^function.*/$where\nformula = x^2 + y^2/"
    awk -v count="$1" '{ print } /^formula/ { for (i = 1; i <= count; i++) print "let a" i " = x" }' \
        "$2" >lets.ini && mv lets.ini "$2"
}
named "$lets" at.ini
named $((lets + 1)) above.ini
takes check at.ini
refuses 3 --max-lets check above.ini
check "does not say how many" says "more than $lets lets"
takes check above.ini --max-lets $((lets + 1))
refuses 3 --max-lets check above.ini --max-lets 1
least=1
while [ $least -lt 30 ] && ! "$program" check at.ini -q --max-operations $least 2>stderr; do
    least=$((least + 1))
done
ran="check at.ini --max-operations N"
check "no number of operations is enough" [ $least -lt 30 ]
refuses 3 --max-operations check at.ini --max-operations $((least - 1))

# Optimizers.
optimizers=$(default_of max-optimizers)
many() { # COUNT
    cat small.ini
    i=1
    while [ $i -lt "$1" ]; do
        printf '[optimizer B%d]\nmethod = adam\nlearning_rate = 0.1\n' $i
        i=$((i + 1))
    done
}
many "$optimizers" >at.ini
many $((optimizers + 1)) >above.ini
takes check at.ini -q
refuses 3 --max-optimizers check above.ini
check "does not say how many" says "more than $optimizers optimizers"
takes check above.ini -q --max-optimizers $((optimizers + 1))
refuses 3 --max-optimizers check above.ini --max-optimizers 1

# Steps, of the problem and of an optimizer.
steps=$(default_of max-steps)
takes check small.ini -s problem.steps="$steps"
refuses 3 --max-steps check small.ini -s problem.steps=$((steps + 1))
check "does not say how many" says "is not in 1 .. $steps"
takes check small.ini -s problem.steps=$((steps + 1)) --max-steps $((steps + 1)) \
    --max-frames $((steps + 1))
takes check small.ini -s "optimizer A.steps=$steps"
refuses 3 --max-steps check small.ini -s "optimizer A.steps=$((steps + 1))"
takes check small.ini -s problem.steps=120 --max-steps 120
refuses 3 --max-steps check small.ini -s problem.steps=121 --max-steps 120
with none.ini '/^steps/d'
takes check none.ini --max-steps 100

# Frames: with a rate, and a frame for each step without.
rate="film.interval_ms=1000"
takes check small.ini -s film.fps=100 -s $rate -s problem.steps=10000
refuses 3 --max-frames check small.ini -s film.fps=101 -s $rate -s problem.steps=10000
check "does not say how many" says "a film has at most $(default_of max-frames)"
takes check small.ini -s film.fps=101 -s $rate -s problem.steps=10000 --max-frames 1010000
mkdir frames
takes small.ini -q -o frames/%d.png --max-frames 3
refuses 3 --max-frames small.ini -o frames/n%d.png --max-frames 2
check "pictures of what is refused" is_absent frames/n0.png
takes small.ini -q -o small.csv --max-frames 2

# Pixels: of a side, in the preset and by --size, and of all.
side=$(default_of max-side)
takes check small.ini -s still.dpi=1 -s still.width=16 -s still.height=16
takes small.ini -q -o wide.png -s still.width=20 --size "${side}x100"
refuses 2 --max-side small.ini -o wider.png --size "$((side + 1))x100"
check "does not say how many" says "a side has 16 to $side of them"
check "a picture of what is refused" is_absent wider.png
takes small.ini -q -o wider.png -s still.width=20 --size "$((side + 1))x100" --max-side $((side + 1))
refuses 3 --max-side check small.ini -s still.width=20 -s still.dpi=1000
takes check small.ini -s still.width=20 -s still.dpi=1000 --max-side 20000
takes small.ini -q -o square.png --size 200x100 --max-pixels 20000
refuses 2 --max-pixels small.ini -o square.png --size 200x101 --max-pixels 20000
check "does not say how many" says "a page has at most 20000"
takes check small.ini --max-pixels 10368 # 144 x 72
refuses 3 --max-pixels check small.ini --max-pixels 10367
expect 3 "$(default_of max-pixels)" check small.ini --max-side 32767 -s still.width=20 \
    -s still.height=20 -s still.dpi=1000

# Pages and films that the preset does not speak of: check says what a film or a picture would be
# told, which are 2016 x 576 and 1440 x 432 pixels then.
sed '/^\[film\]/,$d' small.ini >bare.ini
takes check bare.ini --max-side 2016 --max-pixels 1161216 --max-frames 3
refuses 3 --max-side check bare.ini --max-side 2015
check "does not say of what" says "a film of it: 2016 x 576 pixels"
refuses 3 --max-pixels check bare.ini --max-pixels 1161215
sed '/^\[still\]/,$d' small.ini >film.ini
takes check film.ini --max-side 1440
refuses 3 --max-side check film.ini --max-side 1439
check "does not say of what" says "a picture of it: 1440 x 432 pixels"
refuses 3 --max-frames check bare.ini --max-frames 2
takes bare.ini -q -o bare.png --size 200x100 --max-side 200 # whatever the default is

# What is up to date, too, keeps the limits that hold now; only a frame for each step that is
# asked for may be more than there are.
takes small.ini -q -o small.png
takes small.ini -o small.png --max-side 144
check "is not up to date" says "small.png: up to date"
with above.ini "s/^function.*/$where\nformula = sin(x)^2 + y^2/"
takes above.ini -q -o above.png
refuses 3 --max-depth above.ini -q -o above.png --max-depth 1
refuses 3 --max-depth above.ini -q -o above.png --max-depth 1 --dry-run
takes small.ini -q -o small.png --size 200x100
refuses 2 --max-side small.ini -q -o small.png --size 200x100 --max-side 199
refuses 3 --max-frames small.ini -q -o frames/%d.png --max-frames 2
if ! "$program" --version | grep -q "no FFmpeg"; then
    takes small.ini -q -o small.gif
    refuses 3 --max-frames small.ini -q -o small.gif --max-frames 2
    run lock small.ini -q -o small.gif
    cp stdout film.lock
    takes verify film.lock --quick --max-frames 3
    refuses 3 --max-frames verify film.lock --quick --max-frames 2
    with diverges.ini 's/^learning_rate.*/learning_rate = 1e200/; s/^steps.*/steps = 100/'
    takes diverges.ini -q -o diverges.gif
    takes diverges.ini -o diverges.gif --max-frames 50
    check "is not up to date" says "diverges.gif: up to date"
fi

# Bytes of a lock file: a comment makes up for the rest.
bytes=$(default_of max-lock-bytes)
run lock small.ini -q -o small.csv
cp stdout small.lock
locked() { # BYTES FILE
    cat small.lock >"$2"
    lines=$((($1 - $(wc -c <small.lock)) / 1000))
    awk -v count=$lines 'BEGIN { line = sprintf("%999s", ""); gsub(/ /, ";", line)
        for (i = 0; i < count; i++) print line }' >>"$2"
    head -c "$(($1 - $(wc -c <"$2") - 1))" /dev/zero | tr '\0' ';' >>"$2"
    echo >>"$2"
}
locked "$bytes" at.lock
locked $((bytes + 1)) above.lock
ran="the sizes"
check "of the files" [ "$(wc -c <at.lock) $(wc -c <above.lock)" = "$bytes $((bytes + 1))" ]
takes verify at.lock
refuses 3 --max-lock-bytes verify above.lock
check "does not say how many" says "larger than $bytes bytes, so not a lock file"
takes verify above.lock --max-lock-bytes $((bytes + 1))

# Memory, which the sanitizers need more of.
if grep -q "__[at]san_init" "$program"; then
    skipped=$((skipped + 1))
    echo "SKIPPED: memory, with the sanitizers"
else
    takes check small.ini --max-memory 1000
    refuses 1 --max-memory check small.ini -s problem.steps=1000000 --max-memory 30 -j1
    check "does not say what ended" says "optrender: out of memory: the limit is 30 MiB"
    if ! "$program" --version | grep -q "no FFmpeg"; then
        # Not only malloc: libraries that are not loaded, threads that do not begin.
        for mib in $(seq 16 4 100); do
            ran="small.ini -o small.mp4 --max-memory $mib"
            "$program" small.ini -q -o small.mp4 --force -j1 --max-memory "$mib" 2>stderr >stdout \
                || check "does not name the option" \
                    says "; --max-memory N raises the limit"
        done
        refuses 1 --max-memory small.ini -q -o small.mp4 --force -j1 --max-memory 20
    fi
    # What the system is told of the default, looked at while a preset is waited for.
    default=$(default_of max-memory)
    if [ "$default" != none ] && [ -e /proc/self/limits ]; then
        mkfifo waiting
        held() { # MIB ARGUMENT...: with that limit
            mib=$1
            shift
            ran="$*"
            "$@" >stdout 2>stderr &
            pid=$!
            exec 9>waiting # it reads
            check "the limit is not $mib MiB" grep -q "^Max data size  *$((mib << 20)) " \
                "/proc/$pid/limits"
            cat small.ini >&9
            exec 9>&-
            wait $pid
            status=$?
            check "status $status, not 0" has_status 0
        }
        cp small.ini second.ini
        held "$default" "$program" check waiting -j2
        held $((default + 1024)) "$program" check waiting second.ini -j2
        held "$default" "$program" check waiting second.ini -j1
        held 1000 "$program" check waiting second.ini -j2 --max-memory 1000
        held 900 sh -c 'ulimit -d 921600 && exec "$@"' sh "$program" check waiting
    fi
    if strace -qq -o calls -e trace=prlimit64 -e inject=prlimit64:error=EPERM \
        "$program" check small.ini --max-memory 1000 >stdout 2>stderr; then
        ran="--max-memory where the system limits nothing"
        check "is taken for done" false
    elif grep -q INJECTED calls; then
        check "does not say why" says "--max-memory: the system does not limit the program's memory"
    else
        skipped=$((skipped + 1))
        echo "SKIPPED: a system that limits nothing, without strace that may trace"
    fi
fi
echo "$skipped skipped"
finish
