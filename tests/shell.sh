# What the tests of the command line share: a folder of its own for the script that
# reads this file, runs of $OPTRENDER, the program, and looks at what it says.
set -u
program=${OPTRENDER:?the program to test}
source=$(cd "${srcdir:-.}" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
unset NO_COLOR SOURCE_DATE_EPOCH
checks=0
failures=0

# Runs the program; its status is then in $status, what it says in the
# files stdout and stderr.
run() {
    "$program" "$@" >stdout 2>stderr </dev/null
    status=$?
    ran=$*
}

fail() {
    failures=$((failures + 1))
    echo "FAIL: optrender $ran: $*"
    sed 's/^/    out: /' stdout | head -n 5
    sed 's/^/    err: /' stderr | head -n 8
}

check() {
    checks=$((checks + 1))
    what=$1
    shift
    "$@" || fail "$what"
}

has_status() { [ "$status" -eq "$1" ]; }
says() { grep -qF -- "$1" stderr; }
prints() { grep -qF -- "$1" stdout; }
is_silent() { [ ! -s stderr ]; }
is_absent() { [ ! -e "$1" ]; }
holds() { [ "$(ls -A "$1")" = "$2" ]; }

expect() { # STATUS MESSAGE ARGUMENT...
    wanted=$1 message=$2
    shift 2
    run "$@"
    check "status $status, not $wanted" has_status "$wanted"
    check "does not say: $message" says "$message"
}

holds_nothing() { [ ! -s "$1" ]; }

preset() { # FILE [METHOD [FUNCTION [STEPS]]]
    cat >"$1" <<END
[problem]
function = ${3:-quad}
steps = ${4:-3}

[optimizer A]
method = ${2:-gradient-descent}
learning_rate = 0.1

[film]
width = 2
height = 1
dpi = 72

[still]
width = 2
height = 1
dpi = 72
END
}

# The last words: how many checks there were, and whether all were well.
finish() {
    echo "$checks checks, $failures failures"
    [ "$failures" -eq 0 ]
}
