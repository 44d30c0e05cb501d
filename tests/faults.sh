#!/bin/sh
# Kills, signals, calls that fail and memory that ends: nothing is lost, nothing is left.
# tests/faults.c does it and prints figures. TORTURE=yes (make torture) does more of it:
# TORTURE_KILLS and TORTURE_SIGNALS (of each kind) say how much.

# shellcheck source=tests/shell.sh
. "${srcdir:-.}/tests/shell.sh"
tests=$(dirname "$program")/tests
SHIM=$tests/fault_shim.so
export SHIM
skipped=0
: >figures

kills=${TORTURE_KILLS:-1000}
signals=${TORTURE_SIGNALS:-300}

# The counts: what is right for make check, and for make torture.
count() { # FEW MANY
    [ -z "${TORTURE:-}" ] && echo "$1" || echo "$2"
}

torture() { # MODE FORMAT ARGUMENT...
    checks=$((checks + 1))
    "$tests/faults" "$@" >told
    outcome=$?
    tee -a figures <told
    case $outcome in
    0) ;;
    77)
        skipped=$((skipped + 1))
        echo "SKIPPED: torture $*: the shim does not work here"
        ;;
    *) failures=$((failures + 1)) ;;
    esac
}

# A run that is ended at once leaves its threads behind, as it should.
TSAN_OPTIONS="${TSAN_OPTIONS:-} report_thread_leaks=0"
export TSAN_OPTIONS

sized() { # STEPS WIDTH HEIGHT: about how long a run takes
    preset torture.ini adam quad "$1"
    sed "s/^width = .*/width = $2/; s/^height = .*/height = $3/" torture.ini >sized.ini
    mv sized.ini torture.ini
}

stills="csv json svg pdf png"
films="y4m mp4 webm html gif apng"
"$program" --version | grep -q "no FFmpeg" && films=
film=${films:+mp4}

# --- kill -9
sized 20 10 6
for format in ${film:-svg} png pdf csv; do
    torture kill "$format" "$(count 8 $(((kills + 3) / 4)))"
done

# --- signals, in the middle of one long step as well
for signal in INT TERM HUP; do
    sized 100 14 8
    [ -z "$film" ] || torture signal mp4 "$signal" "$(count 5 $((signals / 2)))"
    sized 20 90 60
    torture signal png "$signal" "$(count 5 $((signals - signals / 2)))"
done

# --- every call that touches the output fails once
sized 3 2 1
JOBS=1
export JOBS
for format in $stills $films; do
    for kind in EIO ENOSPC EINTR SHORT; do
        torture calls "$format" "$kind"
    done
done
torture between png INT
torture between png KILL

# --- every allocation fails, once or from then on; films beside the others, on two cores
starve_films() {
    [ -z "$film" ] || torture memory mp4 on "$(count 211 3)"
    [ -z "$film" ] || [ -z "${TORTURE:-}" ] || torture memory mp4 once 3
}
starve_stills() {
    for format in csv svg png $(count "" pdf); do
        torture memory "$format" once "$(count 29 1)"
        torture memory "$format" on "$(count 31 1)"
    done
}
beside() { # COMMAND: in a folder of its own, which keeps the counts
    mkdir "$1"
    cp torture.ini "$1"
    (
        cd "$1" && checks=0 failures=0 skipped=0 && : >figures && "$1"
        echo "$checks $failures $skipped" >counts
    )
}
if grep -q __gcov_ "$program"; then
    skipped=$((skipped + 1))
    echo "SKIPPED: allocations that fail, with gcov, which allocates after everything else"
else
    beside starve_films &
    beside starve_stills
    wait
    for lane in starve_films starve_stills; do
        read -r more failed missing <"$lane/counts"
        checks=$((checks + more)) failures=$((failures + failed)) skipped=$((skipped + missing))
        cat "$lane/figures" >>figures
    done
fi
unset JOBS

# --- a signal while the disk is full: either is told
mkdir -p torture
for format in svg ${film:-png}; do
    if unshare -rm sh -c 'mount -t tmpfs -o size=8k none torture' 2>stderr; then
        checks=$((checks + 1))
        unshare -rm sh -c 'mount -t tmpfs -o size=8k none torture && exec "$@"' - \
            "$tests/faults" full "$format" INT "$(count 8 150)" || failures=$((failures + 1))
    else
        skipped=$((skipped + 1))
        echo "SKIPPED: signals on a full disk: no disk can be mounted"
    fi
done

# --- a disk that is full, a file that may not grow, a device that takes nothing
sized 400 4 3
mkdir disk
cat >full.sh <<'END'
# full.sh SIZE FORMAT COMMAND...: runs it on a disk of that size, prints what is there.
size=$1 format=$2
shift 2
mount -t tmpfs -o size="$size" none disk || exit 99
echo old >disk/out."$format"
"$@"
status=$?
echo "$(ls -A disk)" "$(cat disk/out."$format")" >seen
exit "$status"
END
is_kept() { # FORMAT
    [ "$(cat seen)" = "out.$1 old" ]
}
for format in $stills $films; do
    for size in 8k $(count "" "12k 16k"); do
        unshare -rm sh full.sh "$size" "$format" "$program" torture.ini -q \
            -o "disk/out.$format" >stdout 2>stderr </dev/null
        status=$? ran="-o disk/out.$format, $size"
        if [ "$status" -eq 99 ] || grep -q ^unshare: stderr; then
            skipped=$((skipped + 1))
            echo "SKIPPED: a disk of $size: no disk can be mounted"
            continue
        fi
        check "status $status, not 1" has_status 1
        check "the cause is not told" says "disk/out.$format: cannot write: No space left"
        check "a full disk loses something" is_kept "$format"
    done
    for blocks in 1 $(count "" "2 4 8"); do
        mkdir limit
        echo old >"limit/out.$format"
        (ulimit -f "$blocks" && exec "$program" torture.ini -q -o "limit/out.$format") \
            >stdout 2>stderr </dev/null
        status=$? ran="-o limit/out.$format, ulimit -f $blocks"
        echo "$(ls -A limit)" "$(cat "limit/out.$format")" >seen
        check "status $status, not 1" has_status 1
        check "the cause is not told" says "limit/out.$format: cannot write: File too large"
        check "a limit loses something" is_kept "$format"
        rm -r limit
    done
    expect 1 "/dev/full: cannot write: No space left" torture.ini -q -o /dev/full -f "$format"
    "$program" torture.ini -q -o - -f "$format" >/dev/full 2>stderr
    status=$? ran="-o - -f $format >/dev/full"
    check "status $status, not 1" has_status 1
    check "the cause is not told" says "standard output: cannot write: No space left"
done

awk '/ kills within / { kills += $2 } / times SIG/ { signals += $2; late += $(NF - 8) }
    / calls: / { match($0, /of [0-9]+ calls/); split(substr($0, RSTART), word); calls += word[2] }
    / allocations: / { sub(/.*allocations: /, ""); starved += $1 + $6 }
    END { printf "faults: %d kills, %d signals (%d later than 200 ms), a fault or signal in " \
        "%d calls, %d allocations that fail\n", kills, signals, late, calls, starved }' figures
[ "$skipped" -eq 0 ] || echo "$skipped skipped"
finish
