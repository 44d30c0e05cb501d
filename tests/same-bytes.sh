#!/bin/sh
# The same input gives the same bytes, wherever, whenever and by whomever the program is
# run; and no output tells of it. Every format is tried that the program lists.
# Needs $OPTRENDER, the program. Runs in a folder of its own.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "${OPTRENDER:?the program to test}" "$folder/program" || exit 1
program=$folder/program
chmod 755 "$folder"
mkdir "$folder/work" "$folder/empty"
cd "$folder/work" || exit 1
unset SOURCE_DATE_EPOCH LC_ALL LANG LANGUAGE LOCPATH TZ GLIBC_TUNABLES PIXMAN_DISABLE
checks=0
failures=0
skipped=0

# As much as three small frames can show.
cat >everything-at-once.ini <<'END'
[figure]
caption = Descent of \nabla f at \beta_1 = 0.9 — Grüße, Ωμέγα
show_caption = yes
title = On x^2, \alpha and \pi
theme = article
panels = surface, contour, loss
legend_text = {label} | {parameters}
background = transparent

[problem]
formula = sin(3*x)*exp(-y^2/9) + log(2 + x^2)*tanh(y) + erf(x*y) + abs(x)^1.3/7
start = -0.8, 1.1
x = -1.2 .. 1.2
y = -1.2 .. 1.2
steps = 8
precision = double
dialect = pytorch

[optimizer Adam]
method = adam
learning_rate = 0.3

[optimizer Descent \epsilon]
method = gradient-descent
learning_rate = 0.15

[optimizer Descent again]
method = gradient-descent
learning_rate = 0.15

[surface]
azimuth = -60 .. 30
hidden = dashed
mesh_lines = 10
contours = floor
axes = yes

[contour]
scale = log

[film]
width = 5
height = 2
dpi = 50
fps = 3

[still]
width = 5
height = 2
dpi = 60
END
sed 's/^formula.*/formula = x^2 + y^4/' everything-at-once.ini >another.ini
# Many points at which the last bit may differ.
sed 's/^formula.*/formula = sin(3*x)*exp(-y^2\/9) + log(2 + x^2)*tanh(y) + erf(x*y) + abs(x)^1.3\/7\
    + atan2(y, 3 + x^2) + cos(x*y)\/3 + tan(y\/3)\/9 + atan(x + y)\/5 + sinh(x\/4)^2 + cosh(y\/5)\
    + log10(3 + y^2) + asin(x\/(9 + x^2)) + acos(y\/(9 + y^2))/
    s/^steps.*/steps = 1500/' everything-at-once.ini >numbers.ini

skip() {
    skipped=$((skipped + 1))
    echo "SKIPPED: $*"
}
has() { command -v "$1" >/dev/null 2>&1; }

fail() {
    failures=$((failures + 1))
    echo "FAIL: $*"
}

formats=$("$program" list formats --json |
    sed -n 's/.*"name": "\([^"]*\)", "kind": "\([^"]*\)".*/\1:\2/p')
if "$program" --version | grep -q "no FFmpeg"; then
    skip "films: the program is built without them"
    formats=$(echo "$formats" | grep -v ':film$')
fi
[ -n "$formats" ] || fail "the program lists no formats"

# All outputs of one run, below $folder/$1: every format, of stills a frame as
# well, and a sequence. Sets what the other functions render.
outputs_in() {
    outputs=
    for format in $formats; do
        outputs="$outputs -o $folder/$1/out.${format%:*}"
    done
    outputs="$outputs -o $folder/$1/%02d.png"
}

# compare WHAT FOLDER: the files there are those of the first run.
compare() {
    checks=$((checks + 1))
    if ! diff -rq "$folder/first" "$2" >difference 2>&1; then
        fail "$1 makes other bytes"
        sed "s|$folder/||g; s/^/    /" difference said | head -n 12
    fi
}

# same WHAT COMMAND...: under the command, "env TZ=..." for example, the program makes
# the same. $options, when set, are the program's, and $preset is what it reads.
options=
preset=everything-at-once.ini
same() {
    what=$1
    shift
    rm -rf "$folder/next"
    mkdir -m 777 "$folder/next"
    outputs_in next
    # shellcheck disable=SC2086 # words are meant
    "$@" "$program" -q $options "$preset" $outputs >said 2>&1 </dev/null
    compare "$what" "$folder/next"
}

mkdir "$folder/first"
outputs_in first
# shellcheck disable=SC2086 # words are meant
if ! "$program" -q "$preset" $outputs 2>said; then
    echo "FAIL: the first run: $(cat said)"
    exit 1
fi
made=$(find "$folder/first" -type f -size +0 | wc -l)
[ "$made" -gt $(($(echo "$formats" | wc -l) + 1)) ] || fail "the first run made $made files"

# Takes a while, so it is done beside the rest. localedef makes them where the system has
# only their sources.
make_locales() {
    mkdir locales
    for locale in de_DE tr_TR; do
        localedef -i $locale -f UTF-8 "locales/$locale.UTF-8"
    done
}
make_locales >localedef.said 2>&1 &
making=$!

# --- threads and other work of the same process
same "a second run" env
for options in "-j 1" "-j 2" "-j 8"; do
    same "$options" env
done
options=
if has taskset; then
    same "one processor" taskset -c "$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')"
else
    skip "one processor: no taskset"
fi
for format in $formats; do
    checks=$((checks + 1))
    name=out.${format%:*}
    "$program" -q another.ini "$preset" -o "{name}.${format%:*}" -j 1 2>said
    cmp -s "everything-at-once.${format%:*}" "$folder/first/$name" ||
        fail "$name is another one when made alone"
done

# --- places and names
same "./PRESET" env
preset=$folder/work/everything-at-once.ini
(cd / && same "the root folder" env && echo "$failures" >"$folder/count")
failures=$(cat "$folder/count") checks=$((checks + 1))
preset=../work/../work/everything-at-once.ini
same "a roundabout path" env
preset=everything-at-once.ini
touch -t 200102030405 everything-at-once.ini
same "an older preset" env
mkdir "$folder/home"
same "another home" env HOME="$folder/home" XDG_CONFIG_HOME="$folder/home" XDG_CACHE_HOME=/none
same "no home" env -u HOME -u USER -u LOGNAME
same "an empty environment" env -i
chmod 777 "$folder/work"
if [ "$(id -u)" -eq 0 ] && has setpriv && setpriv --reuid 65534 --regid 65534 --clear-groups \
    test -x "$program" 2>said; then
    same "another user" setpriv --reuid 65534 --regid 65534 --clear-groups
elif has unshare && unshare -r true 2>said; then
    same "another user" unshare -r
else
    skip "another user: neither setpriv nor unshare may change it"
fi
if has unshare && has hostname && unshare -ru true 2>said; then
    # shellcheck disable=SC2016 # for the shell inside
    same "another host" unshare -ru sh -c 'hostname elsewhere && exec "$@"' sh
else
    skip "another host: unshare may not rename it"
fi

# --- time and language
same "another time zone" env TZ=Pacific/Kiritimati
same "a time zone that is none" env TZ=:/none
# Beside the sanitizers libfaketime ends the program, or never lets it begin.
if has faketime &&
    timeout -s KILL 10 faketime '2001-09-09 09:09:09' "$program" --version >said 2>&1; then
    same "another year" faketime '2001-09-09 09:09:09'
    same "a time beyond 2038" faketime '2039-12-31 23:59:59'
else
    skip "another year: no faketime, or not for this program"
fi
wait "$making"
export LOCPATH="$folder/work/locales"
for locale in de_DE.UTF-8 tr_TR.UTF-8; do
    if [ "$(LC_ALL=$locale locale decimal_point 2>/dev/null)" = , ]; then
        same "$locale" env LC_ALL=$locale LANGUAGE=${locale%%_*}
    else
        skip "$locale: localedef cannot make it: $(tail -n 1 localedef.said)"
    fi
done
unset LOCPATH
same "the locale C" env LC_ALL=C
same "a locale that is none" env LC_ALL=xx_XX.UTF-8

# --- the process
umask 077
same "umask 077" env
umask 000
same "umask 000" env
umask 022
# shellcheck disable=SC2016 # for the shells inside
{
    same "few files" sh -c 'ulimit -n 24 && exec "$@"' sh
    same "a small stack" sh -c 'ulimit -s 512 && exec "$@"' sh
    same "files that are open" sh -c 'exec "$@" 3<. 4<. 5<. 7<. 9<.' sh
    same "closed standard streams" sh -c 'exec "$@" <&- >&- 2>&-' sh
}
same "memory that is not zeroed" env MALLOC_PERTURB_=165
if has setarch && setarch -R true 2>said; then
    same "fixed addresses" setarch -R
else
    skip "fixed addresses: setarch may not"
fi

# --- fonts
cat >fonts.conf <<'END'
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<match><edit name="family" mode="assign_replace"><string>Nothing</string></edit>
<edit name="size" mode="assign_replace"><double>31</double></edit></match>
<match target="font"><edit name="antialias" mode="assign"><bool>false</bool></edit>
<edit name="hintstyle" mode="assign"><const>hintfull</const></edit>
<edit name="embolden" mode="assign"><bool>true</bool></edit></match>
</fontconfig>
END
same "strange settings of fonts" env FONTCONFIG_FILE="$folder/work/fonts.conf"
same "no fonts" env FONTCONFIG_FILE=/none FONTCONFIG_PATH="$folder/empty" XDG_DATA_HOME=/none
same "another shaper of HarfBuzz" env HB_SHAPER_LIST=fallback
same "another hinting of FreeType" env \
    FREETYPE_PROPERTIES="truetype:interpreter-version=35 cff:no-stem-darkening=0"

# --- the processor, as far as libraries can be told what it lacks: x264's and swscale's
# instructions are tried in tests/test_film.c
same "pixman without its last SIMD" env PIXMAN_DISABLE="ssse3 arma64-neon arm-neon rvv"
same "pixman without SIMD" env \
    PIXMAN_DISABLE="mmx sse2 ssse3 arm-simd arm-neon arma64-neon mips-dspr2 vmx loongson-mmi rvv"
same "libvpx without its last SIMD" env VPX_SIMD_CAPS_MASK=0x7f
same "libvpx without SIMD" env VPX_SIMD_CAPS_MASK=0
same_numbers() { # WHAT COMMAND...
    checks=$((checks + 1))
    what=$1
    shift
    "$@" "$program" -q numbers.ini -o numbers-next.csv --force 2>said
    cmp -s numbers.csv numbers-next.csv || fail "$what makes other numbers: $(cat said)"
}
"$program" -q numbers.ini -o numbers.csv || fail "no numbers"
if grep -qw fma /proc/cpuinfo && getconf GNU_LIBC_VERSION >/dev/null 2>&1; then
    for lacks in -FMA,-FMA4,-AVX2,-AVX512F \
        -FMA,-FMA4,-AVX2,-AVX512F,-AVX,-AVX512VL,-ERMS,-SSE4_2,-SSE4_1,-SSSE3; do
        same "glibc$lacks" env GLIBC_TUNABLES=glibc.cpu.hwcaps=$lacks
        same_numbers "glibc$lacks" env GLIBC_TUNABLES=glibc.cpu.hwcaps=$lacks
    done
else
    skip "glibc without FMA: this processor has none"
fi

# --- nothing of all this is told in an output, compressed parts included
# shellcheck disable=SC2016 # Perl's
inflate='use Compress::Zlib; local $/; while (<>) {
    while (/\x78[\x01\x5e\x9c\xda]/g) {
        my ($stream) = inflateInit();
        my $rest = substr($_, pos() - 2);
        my ($text) = $stream->inflate($rest);
        print $text, "\n" if defined $text;
    }
}'
mkdir "$folder/text"
cp "$folder/first/"out.* "$folder/text"
if has perl && perl -MCompress::Zlib -e 1 2>said; then
    for file in "$folder/first/"out.*; do
        perl -e "$inflate" "$file" >"$folder/text/${file##*/}.inflated"
    done
    grep -q ' l$' "$folder/text/out.pdf.inflated" || fail "a PDF's lines are not to be read"
else
    skip "compressed parts of outputs: no Perl with Compress::Zlib"
fi
absent() { # WHAT TEXT
    if [ "${#2}" -lt 4 ] || grep -qF -e "$2" everything-at-once.ini; then
        skip "looking for $1: '$2' may be there by chance"
        return
    fi
    checks=$((checks + 1))
    found=$(grep -rlaF -e "$2" "$folder/text") && fail "$1, $2, is in $found"
}
absent "the folder" "${folder##*/}"
absent "the preset's name" everything-at-once
sed '/^caption/d; /^title/d' everything-at-once.ini >without-a-title.ini
for format in $formats; do
    "$program" -q without-a-title.ini -o "$folder/text/untitled.${format%:*}" 2>said ||
        fail "no untitled ${format%:*}: $(cat said)"
done
absent "the untitled preset's name" without-a-title
absent "the user" "$(id -un)"
absent "the host" "$(uname -n)"
absent "the kernel" "$(uname -r)"
for date in %Y-%m-%d %Y%m%d %Y:%m:%d '%b %e %Y' '%e %b %Y' '%d/%m/%Y'; do
    absent "the date" "$(LC_ALL=C date "+$date")"
done
# Nothing that the program imports rounds by the processor: see base/elementary.h.
if has nm && imports=$(nm -D --undefined-only "$program" 2>/dev/null) && [ -n "$imports" ]; then
    checks=$((checks + 1))
    inexact='a?(sin|cos|tan)h?|atan2|sincos|cbrt|erfc?|exp(2|10|m1)?|hypot|log(2|10|1p)?|pow'
    found=$(echo "$imports" | grep -Ew "U ($inexact|[lt]gamma)f?(@.*)?$") &&
        fail "functions of libm are called that differ by machine: $found"
else
    skip "imported functions: nm does not tell"
fi

echo "$checks checks, $failures failures, $skipped skipped"
[ "$failures" -eq 0 ]
