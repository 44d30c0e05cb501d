#!/bin/sh
# The program has the hardening that configure found, as readelf sees it in the file.
# Needs $OPTRENDER, the program, beside liboptrender.a, and $HARDENING, configure's list.
set -u
program=${OPTRENDER:?the program to test}
library=$(dirname "$program")/liboptrender.a
checks=0
failures=0
skipped=0

fail() {
    failures=$((failures + 1))
    echo "FAIL: $*"
}

if ! command -v readelf >/dev/null 2>&1; then
    echo "SKIPPED: all, without readelf (package binutils)"
    exit 77
fi

# A shared object with an interpreter is a program that may be loaded anywhere.
has_pie() {
    readelf -hW "$program" | grep -q 'Type: *DYN' && readelf -lW "$program" | grep -q INTERP
}
# The loader resolves every function at the start, and then the table is read-only.
has_relro() {
    readelf -lW "$program" | grep -q GNU_RELRO && readelf -dW "$program" | grep -q 'BIND_NOW\|NOW'
}
has_stack() { readelf --dyn-syms -W "$program" | grep -q '__stack_chk_fail'; }
has_fortify() { readelf --dyn-syms -W "$program" | grep -q '__[a-z]*printf_chk'; }
# Asked of our own objects: of the program the linker says so only when the C library's start
# files agree, which Debian's do not.
has_cet() {
    objects=$(readelf -hW "$library" | grep -c '^File:')
    marked=$(readelf -nW "$library" | grep -c 'x86 feature: IBT, SHSTK')
    [ "$objects" -gt 100 ] && [ "$marked" -eq "$objects" ]
}

# An executable stack is what an object without a note of its own asks for.
checks=$((checks + 1))
readelf -lW "$program" | grep 'GNU_STACK' | grep -q ' RW ' || fail "the stack may be executed"

case $(uname -sm) in
"Linux x86_64") least="pie relro stack cet" ;;
*) least= ;;
esac
for each in pie relro stack fortify cet; do
    case " ${HARDENING-} " in
    *" $each "*)
        checks=$((checks + 1))
        "has_$each" || fail "$each is missing, which configure found"
        ;;
    *)
        case " $least " in
        *" $each "*) fail "configure did not find $each, which this machine has" ;;
        *) skipped=$((skipped + 1)) && echo "SKIPPED: $each, which configure did not find" ;;
        esac
        ;;
    esac
done
echo "$checks checks, $failures failures, $skipped skipped"
[ "$failures" -eq 0 ]
