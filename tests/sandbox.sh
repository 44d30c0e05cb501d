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
"$program" --version | grep -q "no FFmpeg" || formats=mp4,webm,html,gif,apng,$formats

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

# Links in a folder: out of it they are refused, within it and as operands they are followed.
mkdir -p strange/inner elsewhere
preset strange/own.ini
echo "password" >elsewhere/secret
ln -s ../elsewhere/secret strange/link.ini
expect 3 "strange/link.ini: a link to outside of its folder, which is not followed" check strange
check "quotes the secret" eval '! says password'
check "stops the others" prints "strange/own.ini: ok"
expect 3 "strange/link.ini: a link to outside of its folder" check strange --sandbox off
expect 3 "strange/link.ini: a link to outside of its folder" strange -q -f csv -o linked/
check "stops the others, or makes something of the link" holds linked own.csv
expect 3 "password" check strange/link.ini
rm strange/link.ini
# A preset under two names is two presets, as two hard links are.
ln -s own.ini strange/alias.ini
ln -s own.ini strange/zero.ini
run strange -q -f csv -o aliased/
check "status $status, not 0" has_status 0
check "not one output for each name" [ "$(ls aliased | tr '\n' ' ')" = "alias.csv own.csv zero.csv " ]
expect 2 "the preset 'strange/own.ini' is given twice" check strange strange/own.ini
expect 2 "the preset 'strange/../strange/alias.ini' is given twice" check strange strange/../strange
expect 2 "'strange/alias.ini' would overwrite the preset 'strange/" strange -o 'strange/{name}.ini' -f csv
rm strange/alias.ini strange/zero.ini
preset strange/inner/x.ini
ln -sf inner/x.ini strange/link.ini
run check strange
check "status $status, not 0" has_status 0
ln -sf gone.ini strange/link.ini
expect 3 "link.ini: No such file or directory" check strange/
rm strange/link.ini
mkdir behind
ln -s ../strange behind/linked
expect 2 "'behind/linked/' is, or is behind, a link" check behind/linked/
expect 2 "'behind/linked/inner' is, or is behind, a link" check behind/linked/inner
mkfifo strange/pipe.ini
run check strange
check "a pipe is waited for" has_status 0
name=$(printf 'strange/x\n::warning::y.ini')
cp strange/own.ini "$name"
expect 2 "whose name has control characters" check strange
rm "$name"

# What a stranger has put where outputs go: names of ours are not followed out of their folder.
mkdir planted
echo mine >elsewhere/profile
ln -s ../elsewhere/profile planted/own.csv
ln -s ../elsewhere/new planted/own.svg
ln -s ../elsewhere/profile planted/f01.png
ln -s / out-linked # refused before anything is written
expect 2 "the output 'out-linked/own.csv' is, or is behind, a link" strange -f csv -o out-linked/
expect 2 "the output 'behind/linked/own.csv' is, or" strange -f csv -o 'behind/linked/{name}.csv'
expect 2 "the output 'planted/own.csv' is, or is behind, a link" strange -f csv -o planted/
expect 2 "the output 'planted/own.svg' is, or is behind, a link" strange -o 'planted/{name}.svg'
expect 1 "'planted/f01.png' is a link" strange/own.ini -o planted/f%02d.png
check "a file elsewhere is changed" [ "$(cat elsewhere/profile)" = mine ]
check "a file elsewhere is made" is_absent elsewhere/new
rm planted/own.csv
ln -s other.csv planted/own.csv
echo old >planted/other.csv
run strange -q -f csv -o planted/
check "status $status, not 0" has_status 0
check "a link within the folder is not followed" grep -q '^A,' planted/other.csv

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

# What cannot be entered is not gone without.
if [ "$has_sandbox" -eq 0 ]; then
    rm -f elsewhere/without.csv
    strace -f -qq -o calls -e trace=landlock_restrict_self \
        -e inject=landlock_restrict_self:error=EPERM "$program" in/one.ini -q \
        -o elsewhere/without.csv --force >stdout 2>stderr </dev/null
    status=$?
    ran="in/one.ini (a sandbox that cannot be entered)"
    check "status $status, not 1" has_status 1
    check "does not say why" says "cannot enter the sandbox: Operation not permitted; --sandbox off"
    check "an output without the sandbox" is_absent elsewhere/without.csv
fi

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

if grep -q __gcov_ "$program"; then
    skip "what is opened, with gcov, which opens its counts"
    finish_with_skips
fi

if grep -q __tsan_init "$program"; then
    skip "what is opened, with the thread sanitizer, which opens its own files"
    finish_with_skips
fi

traced() { # ARGUMENT...: the program, its calls in the file calls
    strace -f -qq -s 400 -o calls \
        -e trace=%file,%network,%process,landlock_restrict_self,seccomp "$program" "$@" \
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
stated='^(in|in/[a-z]*\.ini|\.[a-z]+\.[a-z0-9]+\.optrender-[0-9]+-[0-9]+|out/traced/*|out/traced/+\.?[a-z]+\.[a-z0-9]+(\.optrender-[0-9]+-[0-9]+)?)$'
system='^(/usr)?/lib(32|64)?/|^/etc/ld\.so\.(cache|preload)$|^/etc/localtime$|^/etc/gcrypt/'
system="$system|^/sys/devices/system/(cpu|node)(/|$)|^/proc/(cpuinfo|meminfo|stat$|sys/|self/|filesystems)"
system="$system|^/(etc|usr/lib)/ssl/|^/dev/(null|urandom)$"
# Before the first preset is opened both are entered, and only then.
starts_confined() { # MODE
    awk '/landlock_restrict_self.* = 0$/ { files = 1 }
         /seccomp.* = 0$/ { calls = 1 }
         /open.*"in\/[a-z]*\.ini", O_RDONLY[ )]/ && !done { done = 1; print files + calls }' \
        calls >entered
    wanted=2
    [ "$1" != off ] && [ "$has_sandbox" -eq 0 ] || wanted=
    check "is not confined as it should be" [ "$(tr -d '0\n' <entered)" = "$wanted" ]
}
for mode in auto off; do
    rm -rf out/traced
    mkdir out/traced
    traced in --sandbox $mode -q -f $formats -o out/traced/
    starts_confined $mode
    opened | grep -Ev "$stated|$system" >strays
    check "opens something else: $(head -n 3 strays | tr '\n' ' ')" holds_nothing strays
    check "strace sees nothing of the presets" grep -q '"in/three.ini"' calls
    grep -E '(socket|socketpair|connect|bind|sendto|sendmsg)\(' calls >strays
    check "talks to somebody: $(head -n 1 strays)" holds_nothing strays
    check "starts programs" [ "$(grep -c 'execve' calls)" -eq 1 ]
    grep -E '(clone3?|v?fork)\(' calls | grep -v CLONE_THREAD >strays
    check "starts processes" holds_nothing strays
    changing='unlink|rename|mkdir|rmdir|link|symlink|l?f?chmod|l?f?chown|truncate|mknod|utimen?s'
    grep -E " ($changing|[a-z]*xattr)[a-z0-9]*\(|O_(WRONLY|RDWR|CREAT|TRUNC)" calls |
        sed -e 's|"\(\./\)\?out/traced/[^"]*"||g' -e 's|"\.[^"/]*\.optrender-[^"/]*"||g' -e '/= -1 EEXIST/d' |
        grep '"' | grep -Ev ' f?l?[gs]etxattr|"/dev/null"' >strays
    check "changes something else: $(head -n 1 strays)" holds_nothing strays
done
finish_with_skips
