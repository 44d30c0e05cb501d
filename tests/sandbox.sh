#!/bin/sh
# The sandbox: what a run opens, as strace sees it; that it is refused what the command line
# does not name; that no byte depends on it; and what --sandbox says where there is none.
# Needs $OPTRENDER, the program.
# shellcheck source=tests/shell.sh
. "${srcdir:-.}/tests/shell.sh"
mkdir in out out/on out/off elsewhere
skipped=0
skip() {
    skipped=$((skipped + 1))
    echo "SKIPPED: $*"
}
for name in one two three; do
    preset "in/$name.ini"
done
formats=png,svg,pdf,csv,json
"$program" --version | grep -q "no FFmpeg" || formats=mp4,html,$formats

run in/one.ini --sandbox on -o elsewhere/probe.csv
has_sandbox=$status
if [ "$has_sandbox" -ne 0 ]; then
    check "a missing sandbox is not explained" says "--sandbox on: "
    check "an output without the sandbox" is_absent elsewhere/probe.csv
    skip "what is confined: $(head -n 1 stderr)"
fi

# The bytes are the same, and auto is silent.
run in --sandbox auto -q -f $formats -o out/on/
check "auto fails" has_status 0
check "auto talks" is_silent
run in --sandbox off -q -f $formats -o out/off/
check "off fails" has_status 0
check "the sandbox changes a byte" diff -r out/on out/off
run in --sandbox auto -q -f $formats -o out/on/ -j1 --force
check "one thread makes other bytes" diff -r out/on out/off
expect 2 "is none of auto, on, off" in --sandbox sometimes -o out/on/

# All that a command does it still does.
run in -q -o 'out/on/{name}.png' -o 'out/on/new/{name}.svg' --deps out/on/all.d
check "status $status, not 0" has_status 0
check "no file of dependencies" test -s out/on/all.d
"$program" in/one.ini -q -f png -o - >piped.png
check "standard output gets other bytes" cmp piped.png out/off/one.png
mkfifo pipe
cat pipe >from-pipe.png &
run in/one.ini -q -f png -o pipe
check "status $status, not 0" has_status 0
wait
check "a pipe gets other bytes" cmp from-pipe.png out/off/one.png
ln -s ../out/on/linked.csv elsewhere/link.csv
run in/one.ini -q -o elsewhere/link.csv
check "status $status, not 0" has_status 0
check "a link's end is not written" cmp out/on/linked.csv out/off/one.csv
cp in/one.ini in/four.txt
expect 3 "did you mean 'one.ini'" in/on.ini -o out/on/
sed 's/steps = 3/steps = 0/' in/one.ini >wrong.ini
expect 3 "steps" wrong.ini -o made/here/
check "folders of a failed run stay" is_absent made
run lock in/one.ini -o out/on/one.png -o out/on/one.csv
check "lock fails" has_status 0
cp stdout confined.lock
run lock in/one.ini -o out/on/one.png -o out/on/one.csv --sandbox off
check "the sandbox changes a lock file" cmp stdout confined.lock
expect 0 "0 of 2 outputs drifted" verify confined.lock
expect 0 "0 of 2 outputs drifted" verify confined.lock --quick
for file in out/off/one.*; do
    run extract "$file" --sandbox off
    cp stdout extracted
    run extract "$file"
    check "extract reads another preset of $file" cmp stdout extracted
done

finish_with_skips() {
    echo "$skipped skipped"
    finish
    exit
}
if grep -q __asan_init "$program"; then
    skip "what is opened, with the sanitizers, which do not work under strace"
    finish_with_skips
fi
if ! strace -f -qq -o calls true 2>/dev/null; then
    skip "what is opened, without strace that may trace"
    finish_with_skips
fi

traced() { # ARGUMENT...: the program, its calls in the file calls
    strace -f -qq -s 400 -o calls -e trace=%file,%network,%process "$program" "$@" \
        >stdout 2>stderr </dev/null
    status=$?
    ran="$* (traced)"
    check "fails under strace" has_status 0
}
# The names that are opened, from the start on.
opened() {
    sed -n 's/.* open\(at\)\{0,1\}([^"]*"\([^"]*\)".*/\2/p' calls | sort -u
}
# Everything that a run may open: what its command line names, temporary files beside outputs, and
# what the loader, FFmpeg's libraries when they are loaded, and the C library (the processors, the
# time zone) look at, none of which depends on a preset.
stated='^(in|in/[a-z]*\.ini|out/traced/*|out/traced/+\.?[a-z]+\.[a-z0-9]+(\.optrender-[0-9]+-[0-9]+)?)$'
system='^(/usr)?/lib(32|64)?/|^/etc/ld\.so\.(cache|preload)$|^/etc/localtime$|^/etc/gcrypt/'
system="$system|^/sys/devices/system/(cpu|node)(/|$)|^/proc/(cpuinfo|meminfo|sys/|self/|filesystems)"
system="$system|^/(etc|usr/lib)/ssl/|^/dev/(null|urandom)$"
for mode in auto off; do
    rm -rf out/traced
    mkdir out/traced
    traced in --sandbox $mode -q -f $formats -o out/traced/
    opened | grep -Ev "$stated|$system" >strays
    check "opens something else: $(head -n 3 strays | tr '\n' ' ')" holds_nothing strays
    check "strace sees nothing of the presets" grep -q '"in/three.ini"' calls
    grep -E '(socket|socketpair|connect|bind|sendto|sendmsg)\(' calls >strays
    check "talks to somebody: $(head -n 1 strays)" holds_nothing strays
    check "starts programs" [ "$(grep -c 'execve' calls)" -eq 1 ]
    grep -E '(clone3?|v?fork)\(' calls | grep -v CLONE_THREAD >strays
    check "starts processes" holds_nothing strays
    grep -E ' (unlink|rename|mkdir|rmdir|link|symlink|chmod|truncate|mknod)[a-z0-9]*\(' calls |
        grep -v -e '"\(\./\)\?out/traced/' -e '= -1 EEXIST' >strays
    check "changes something else: $(head -n 1 strays)" holds_nothing strays
done

# Kernels without it, or with the first version of it.
without() { # INJECTED ARGUMENT...
    strace -f -qq -o calls -e trace=landlock_create_ruleset \
        -e "inject=landlock_create_ruleset:$1" "$program" in/one.ini -q \
        -o elsewhere/without.csv --force --sandbox "$2" >stdout 2>stderr </dev/null
    status=$?
    ran="--sandbox $2 (with $1)"
}
if [ "$has_sandbox" -eq 0 ]; then
    for cause in ENOSYS EOPNOTSUPP; do
        rm -f elsewhere/without.csv
        without error=$cause on
        check "status $status, not 1" has_status 1
        check "does not say why" says "--sandbox on: "
        check "an output without the sandbox" is_absent elsewhere/without.csv
        without error=$cause auto
        check "auto fails" has_status 0
        check "auto talks" is_silent
        check "other bytes" cmp elsewhere/without.csv out/off/one.csv
    done
    for version in 1 2 3 4; do
        without retval=$version:when=1 on
        check "version $version of Landlock is not enough" has_status 0
    done
fi
finish_with_skips
