#!/bin/sh
# The command line as a user meets it: exit statuses, messages, files.
# Needs $OPTRENDER, the program. Runs in a folder of its own.
. "${srcdir:-.}/tests/shell.sh"

usage_error() { # MESSAGE ARGUMENT...
    expect 2 "$@"
    check "no way out is shown" says "try 'optrender --help'"
    check "prints to standard output" holds_nothing stdout
}

preset a.ini
preset b.ini momentum
printf 'momentum = 0.9\n' | sed '/^learning_rate/r /dev/stdin' b.ini >b.new && mv b.new b.ini
mkdir other && preset other/a.ini
preset wrong.ini adma
preset long.ini gradient-descent quad 20000

# --- what it says about itself
run --help
check "--help fails" has_status 0
check "--help goes to standard error" is_silent
for option in output format set size dpi frame jobs progress sandbox deps quiet verbose help version \
    dry-run json from summary; do
    check "--help is silent on --$option" prints "--$option"
done
check "--help shows the build's own option" eval '! prints --roff'
check "--help is wider than a terminal" eval '! grep -q ".\{101\}" stdout'
run --version
check "--version fails" has_status 0
for part in "optrender 0" GPL-2.0-or-later cairo FreeType FriBidi HarfBuzz libpng MPFR zlib FFmpeg; do
    check "--version lacks $part" prints "$part"
done

# --- wrong command lines
usage_error "a preset is missing"
usage_error "a preset is missing: optrender check" check
usage_error "one function, preset, method, schedule or wrapper is missing" show
usage_error "--set goes with a preset" show beale -s problem.steps=3
usage_error "'b' is too much: show takes" show a b
usage_error "an empty name" ""
usage_error "where to? add -o a.mp4" a.ini
usage_error "where to? add -o out/" a.ini b.ini
usage_error "unknown option '--outptu'; did you mean '--output'?" a.ini --outptu=x.png
usage_error "unknown option '--zzzzzz'" a.ini --zzzzzz
usage_error "unknown option '-x' in '-qx'" a.ini -qx
usage_error "--quiet takes no value, got 'yes'" a.ini --quiet=yes
usage_error "-o wants a value: -o OUT" a.ini -o
usage_error "--dpi wants a value: --dpi N" a.ini --dpi
usage_error "-o '': the name is empty" a.ini -o ''
usage_error "--output '': the name is empty" a.ini --output=
for size in 100 100x 0x100 100x0 -1x5 99999x5 100x50x2 1e2x5; do
    usage_error "--size '$size': wants WIDTHxHEIGHT" a.ini -o x.png --size "$size"
done
for dpi in 0 -5 nan inf 1e9 72dpi ''; do
    usage_error "--dpi '$dpi': wants a number" a.ini -o x.png --dpi "$dpi"
done
for frame in -1 1.5 x 99999999999999999999; do
    usage_error "--frame '$frame': wants a frame" a.ini -o x.png --frame "$frame"
done
for jobs in 0 -1 two 1e9; do
    usage_error "-j '$jobs': wants a whole number" a.ini -o x.png -j "$jobs"
done
usage_error "--progress 'brr': is none of auto, bar, plain, json, none; did you mean 'bar'?" \
    a.ini -o x.png --progress brr
usage_error "--quiet and --verbose contradict" a.ini -o x.png -qv
usage_error "unknown command 'chekc'; did you mean 'check'?" chekc a.ini
usage_error "--dpi does not belong to optrender list" list --dpi 72
usage_error "--output does not belong to optrender check" check a.ini -o x.png
usage_error "--json does not belong to rendering" a.ini -o x.png --json
usage_error "--summary does not belong to rendering" a.ini -o x.png --summary
usage_error "--json goes with --summary" check a.ini --json
usage_error "--from does not belong" a.ini -o x.png --from quad
usage_error "there is no list of 'funtcions'; did you mean 'functions'?" list funtcions
named="no function, optimizer, schedule or wrapper is called"
usage_error "$named 'adma'; did you mean 'adam'?" show adma
usage_error "$named 'cosin'; did you mean 'cosine'?" show cosin
usage_error "$named 'lookahed'; did you mean 'lookahead'?" show lookahed
usage_error "$named 'banana'; did you mean 'rosenbrock'?" show banana
usage_error "'pytorch' is one of the dialects, which 'optrender list dialects' explains" show pytorch
usage_error "no completions for 'bsh', only for bash, zsh and fish; did you mean 'bash'?" completion bsh
usage_error "one shell is missing: optrender completion SHELL" completion
usage_error "--from 'bael': no such preset or function" new n.ini --from bael
usage_error "x.xyz" a.ini -o x.xyz
usage_error "did you mean 'png'?" a.ini -o x.pgn
usage_error "noextension" a.ini -o noextension
usage_error "--format 'pgn': unknown format; did you mean 'png'?" a.ini -o x -f pgn
usage_error "--format 'mp4': the extension of 'x.png' says png" a.ini -o x.png -f mp4
usage_error "standard output needs --format" a.ini -o -
usage_error "the preset 'a.ini' is given twice" a.ini a.ini -o out/
usage_error "the preset './a.ini' is given twice" a.ini ./a.ini -o out/
usage_error "'x.png' is asked for twice" a.ini -o x.png -o x.png
usage_error "'./x.png' is asked for twice" a.ini -o x.png -o ./x.png
usage_error "'a.ini' and 'b.ini' would both be written to 'x.png'" a.ini b.ini -o x.png
usage_error "would both be written to '-'" a.ini b.ini -o - -f png
usage_error "would both be written to 'out/a.png'" a.ini other/a.ini -o out/ -f png
usage_error "'a.ini' would overwrite the preset 'a.ini'" a.ini -o a.ini -f png
usage_error "'./b.ini' would overwrite the preset 'b.ini'" b.ini -o ./b.ini -f png
usage_error "--frame wants single pictures; 'x.mp4' is mp4" a.ini -o x.mp4 --frame 1
usage_error "--frame wants single pictures; 'f/%04d.png' is a sequence" \
    a.ini -o f/%04d.png --frame 1
usage_error "--deps 'x.png' is also an output" a.ini -o x.png --deps x.png
usage_error "--deps 'a.ini' is also a preset" a.ini -o x.png --deps a.ini
expect 2 "optrender: error: a.ini: --frame 3: the film of a has frames 0 .. 2" \
    a.ini -o x.png --frame 3
expect 3 "optrender: error: none.ini: No such file" none.ini -o x.png
expect 3 "optrender: error: none.ini: No such file" check none.ini
mkdir presets && cp a.ini presets/sharq.ini && cp a.ini presets/banana.ini
usage_error "$named 'sharq' ('optrender show presets/sharq.ini' shows the preset)" show sharq
usage_error "$named 'banana' ('optrender show presets/banana.ini' shows the preset); did you mean" \
    show banana
rm -r presets
run show sam
check "show sam is silent on methods" eval 'grep -q "^  methods .* all but .*newton" stdout &&
    ! grep -q "^  methods .* adam" stdout'
run show cosine
check "show cosine is silent on its letters" prints "t counts updates from 0, T is how many; in a"
run list wrappers
check "a wrapper's methods" eval '[ "$(grep -c "for methods that step by a gradient$" stdout)" -eq 2 ]'
check "a wrong command line wrote something" eval '[ ! -e x.png ] && [ ! -e out/a.png ]'

# --- one mistake is told once
cat >follow.ini <<END
[problem]
formula = a*x^2 + y^2
start = 1, 1
x = -2 .. 2
y = -2 .. 2
[optimizer A]
method = gradient-descent
learning_rate = 0.1
END
told() { # MESSAGE SECTION.KEY=VALUE: alone
    expect 3 "$1" check follow.ini -s "$2"
    check "tells more than one mistake" eval '[ "$(grep -c ": error: " stderr)" -eq 1 ]'
}
for value in banana b 1/0; do
    told "param a: '$value' is not a number" "problem.param a=$value"
done
told "param a: '1e400' is not a finite number" "problem.param a=1e400"
told "param a: there is no value" "problem.param a="
told "let a: there is no value" "problem.let a="
run check follow.ini -s "problem.formula=log(x - a)" -s "problem.param a=b"
check "judges the start without the parameter" \
    eval 'has_status 3 && [ "$(grep -c ": error: " stderr)" -eq 1 ]'
sed -i 's/a\*x/x/; s/^learning_rate/schedule/' follow.ini
told "schedule: rate: -1 is not in 0 .. 1e+18" "optimizer A.schedule=constant(-1)"
told "schedule: there is no value" "optimizer A.schedule="
sed -i 's/^schedule = .*/learning_rate = 0.1/' follow.ini
told "learning_rate: there is no value" "optimizer A.learning_rate="
told "wrap: rho: -1 is not in 0 .. 1000000" "optimizer A.wrap=sam(rho -1)"

# --- spellings
run --dry-run -o x.png -fpng a.ini
check "a dry run fails" has_status 0
check "a dry run says nothing" prints "a.ini -> x.png (png)"
check "a dry run wrote" is_absent x.png
run --dry-run a.ini --output=x.mp4 -oy.PNG -- b.ini
check "options between operands" has_status 2
run a.ini --dry-run --output=x-{name}.mp4 -oy-{name}.PNG -- b.ini
check "options between operands" has_status 0
check "--output=OUT" prints "a.ini -> x-a.mp4 (mp4)"
check "-oOUT, case ignored" prints "b.ini -> y-b.PNG (png)"
run --dry-run -o out/ a.ini b.ini
check "a folder gets films" prints "b.ini -> out/b.mp4 (mp4)"
check "a dry run made a folder" is_absent out
mkdir existing
run --dry-run -o existing -f svg a.ini
check "an existing folder is one" prints "a.ini -> existing/a.svg (svg)"
cp a.ini check
run --dry-run -o x.png -- check
check "-- makes a command's word a preset" prints "check -> x.png (png)"
rm check

# --- many presets, one command
mkdir set empty && cp a.ini set/b.ini && cp a.ini set/B.ini && cp a.ini set/a.ini
cp a.ini set/.hidden.ini && echo >set/notes.txt && mkdir set/folder.ini
for spelling in set set/; do
    run --dry-run "$spelling" -o out/ -f csv
    check "a folder is not its presets in the order of bytes" eval '[ "$(cat stdout)" = \
        "set/B.ini -> out/B.csv (csv)
set/a.ini -> out/a.csv (csv)
set/b.ini -> out/b.csv (csv)" ]'
done
run check a.ini set
check "check of a folder" eval 'has_status 0 && prints "set/B.ini: ok" && prints "a.ini: ok"'
usage_error "the folder 'empty' holds no *.ini file" empty -o out/
check "no remedy" says "optrender new empty/NAME.ini"
usage_error "the preset 'set/a.ini' is given twice" set set/a.ini -o out/
run --dry-run a.ini -o out/ -f mp4,PNG,csv
check "several formats" eval '[ "$(cat stdout)" = "a.ini -> out/a.mp4 (mp4)
a.ini -> out/a.png (png)
a.ini -> out/a.csv (csv)" ]'
run --dry-run a.ini -o out/ -o film.mp4 -o x.json -f png,csv
check "several formats and other outputs" eval 'has_status 0 && [ "$(wc -l <stdout)" -eq 4 ]'
usage_error "--format 'pgn': unknown format; did you mean 'png'?" a.ini -o out/ -f mp4,pgn
usage_error "--format '': unknown format" a.ini -o out/ -f mp4,
usage_error "--format '': unknown format" a.ini -o out/ -f ''
usage_error "--format names png twice" a.ini -o out/ -f png,csv,PNG
usage_error "-o - takes one format" a.ini -o - -f png,csv
usage_error "-o x takes one format" a.ini -o x -f png,csv
usage_error "--format 'csv': the extension of 'x.png' says png" a.ini -o x.png -f png,csv
usage_error "--frame wants single pictures" a.ini -o out/ -f png,mp4 --frame 1
i=0
while [ $i -lt 200 ]; do
    cp a.ini set/p$i.ini
    i=$((i + 1))
done
run --dry-run set -o out/ -f csv,png
check "two outputs of 203 presets" eval '[ "$(sort -u stdout | wc -l)" -eq 406 ]'
usage_error "'set/p199.ini' is given twice" set set/p199.ini -o out/
usage_error "would overwrite the preset 'set/B.ini'" set -o 'set/{name}.ini' -f csv
rm -r set/p*.ini set/folder.ini empty

# --- tables
for table in functions optimizers dialects colormaps themes formats keys intrinsics measures schedules wrappers \
    commands options; do
    run list $table
    check "list $table fails" has_status 0
    check "list $table is empty" eval '[ "$(wc -l <stdout)" -gt 1 ]'
    run list $table --json
    check "list $table --json is not JSON" \
        eval 'head -n 1 stdout | grep -qx "{" && tail -n 1 stdout | grep -qx "}" && prints "\"$table\": ["'
done
run list
check "list lacks a table" eval 'prints "themes:" && prints "keys:" && prints tensorflow1'
names() { "$program" list "$1" | sed 1d | sed 's/ .*//'; }
for name in $(names functions) $(names optimizers) $(names schedules) $(names wrappers); do
    run show "$name"
    check "show $name fails" has_status 0
    check "show $name has no source" prints source
done
run show himmelblau --json
check "show --json is not JSON" \
    eval 'head -n 1 stdout | grep -qx "{" && tail -n 1 stdout | grep -qx "}" && prints "\"critical\": ["'
check "show --json lacks points" eval '[ "$(grep -c "\"kind\": \"saddle\"" stdout)" -eq 4 ]'
check "show --json lacks whether points are cut" prints '"cut": false,'
run show adam --json
check "show METHOD --json is not JSON" eval 'head -n 1 stdout | grep -qx "{" && prints "\"rules\": {"'
check "show --json lacks a switch's rules" prints '{"when": "amsgrad = yes", "rules": {'
check "show METHOD --json lacks weight decay" prints '"decoupled": {"tensorflow1": false, '
run show adamw
check "show lacks AdamW's decay" \
    prints "  weight decay 0.01, in keras3 0.004; decoupled from the gradient"
run show adam
check "show lacks the coupling" prints "coupled, a part of the gradient, in keras3 decoupled"
run show bfgs
check "a rule without dialects" eval '[ "$(grep -c "^  rule  " stdout)" -eq 1 ] &&
    ! grep -q "pytorch" stdout && grep -q "^parameter  *default  *values" stdout'
run show polynomial
check "show SCHEDULE" eval 'prints "b + (a - b)*(1 - t/T)^power" &&
    prints "polynomial(0.1 .. 0.001, power 2)" && grep -q "^power  *2  *0 .. 100$" stdout'
run show lookahead --json
check "show WRAPPER --json" eval 'prints "\"kind\": \"wrapper\"" &&
    prints "{\"name\": \"k\", \"default\": 5, \"least\": 1,"'
printf '%s\n' '[problem]' 'function = ill-conditioned' 'param kappa = 50' 'minimum = 0, 0' \
    '[optimizer A]' 'method = adam' >tuned.ini
run show tuned.ini
check "show PRESET lacks the parameter" eval 'has_status 0 && prints "kappa = 50: the condition"'
check "show PRESET lacks the eigenvalues" prints "1, 50"
run show tuned.ini -s 'problem.param kappa=4'
check "show PRESET ignores --set" prints "1, 4"
expect 3 "ill-conditioned has no parameter 'k'; it has kappa and angle" \
    show tuned.ini -s 'problem.param k=4'
run show tuned.ini -s 'problem.param angle=2*pi' --json
check "a product is no parameter" prints '"angle": "6.283185307179586"'
expect 3 "no.ini: No such file" show no.ini
printf '[problem]\nfunction = camel3\nminimum = 1.74755, -0.87378\n[optimizer A]\nmethod = adam\n' \
    >local.ini
run check local.ini
check "a minimum that is not the lowest" eval 'has_status 0 && says "local.ini:3:11: warning: \
f(1.74755, -0.87378) = 0.298638 is not the lowest value in the range: f(0, 0) = 0"'
printf '%s\n' '[problem]' 'function = camel6' 'minimum = 0.0898, -0.7127 | 1.6071, 0.5687' \
    '[optimizer A]' 'method = adam' >locals.ini
run check locals.ini
check "a second minimum that is not the lowest" eval 'has_status 0 &&
    says "locals.ini:3:29: warning: f(1.6071, 0.5687) = 2.10425 is not the lowest value" &&
    ! says "f(0.0898, -0.7127) = -1.03163 is not"'
printf '[problem]\nfunction = mccormick\nx = -8 .. 8\ny = -8 .. 8\n[optimizer A]\nmethod = adam\n' \
    >wide.ini
run check wide.ini
check "a wider box with lower values" eval 'has_status 0 && says "wide.ini:3:5: warning: \
f(-0.547198, -1.5472) = -1.91322 is not the lowest value in the range: "'
run local.ini -q -o local.csv
check "a rendering that looks for lower values" is_silent
run tuned.ini -o tuned.png
run extract tuned.png
check "a parameter is lost in a record" prints "param kappa = 50"
run show beale
check "the value at a minimum" prints "f(3, 0.5) = 0"
run show ackley
check "rounding in a value" eval 'grep -q "f(0, 0) = 0$" stdout && grep -q "(kink)  0 *0 *0 " stdout'
run show cliff
check "rounding on a curve" eval 'grep -q "f(5, -2.47233186) = 0$" stdout &&
    grep -q "(curve)" stdout && ! grep "(curve)" stdout | grep -v "(curve)  [^ ]* *[^ ]* *0 "'
printf '%s\n' '[problem]' 'formula = (x^2 + y^2 - R)^2 + r' 'param R = 1' 'let r = 0*x' \
    'start = 1, 1.5' 'x = -2 .. 2' 'y = -2 .. 2' '[optimizer A]' 'method = adam' >own.ini
run show own.ini
check "parameters, lets and minima that are not stated" \
    eval 'grep -q "parameter  *R = 1" stdout && grep -q "let  *r = 0.x" stdout &&
        grep -q "minimum  *none stated" stdout'
run show momentum
check "show lacks a switch's rule" prints "a = mu*a + g; x -= g*lr + a*mu*lr"
check "a required parameter" prints "required"
"$program" --help >/dev/full 2>stderr
status=$? ran="--help >/dev/full"
check "a full disk goes unnoticed" has_status 1
check "a full disk is not named" says "No space left"
"$program" list >&- 2>stderr
status=$? ran="list >&-"
check "a closed standard output goes unnoticed" has_status 1

# --- new presets
for name in $(names functions); do
    run new new.ini --from "$name"
    check "new --from $name fails" has_status 0
    run check new.ini
    check "what new --from $name wrote is wrong" has_status 0
    check "what new --from $name wrote has warnings" is_silent
    run new.ini --size 320x96 -s contour.critical=yes -o new.png
    check "$name is not rendered" eval 'has_status 0 && [ -s new.png ]'
    rm -f new.png
    sed 's/^; \(\[claim\]\|descends = .*\)$/\1/' new.ini >claiming.ini
    run check claiming.ini
    check "what new --from $name claims is not true" \
        eval 'has_status 0 && prints "claim descends holds"'
    rm -f new.ini
done
run new new.ini
check "new fails" has_status 0
sum=$(cksum <new.ini)
expect 1 "it exists, and is left alone" new new.ini --from booth
check "new overwrote a file" eval '[ "$(cksum <new.ini)" = "$sum" ]'
run new copy.ini --from a.ini
check "new --from FILE is no copy" cmp -s a.ini copy.ini
expect 1 "no/such.ini: cannot write: no such folder no/" new no/such.ini
mkdir folder.ini
expect 1 "cannot read 'folder.ini'" new copied.ini --from folder.ini
check "an unreadable original left a file" is_absent copied.ini
"$program" new - >/dev/full 2>stderr
status=$? ran="new - >/dev/full"
check "a full disk goes unnoticed" eval 'has_status 1 && says "No space left"'
(cd "$source" && "$program" new - --from hyper) >stdout 2>stderr
check "new --from a shipped preset" cmp -s stdout "$source/presets/hyper.ini"

# --- checking
run check a.ini b.ini
check "right presets are wrong" has_status 0
check "check does not say ok" eval '[ "$(cat stdout)" = "a.ini: ok
b.ini: ok" ]'
run check -q a.ini
check "check -q says ok" eval 'has_status 0 && is_silent && holds_nothing stdout'
run check -q wrong.ini
check "check -q hides errors" eval 'has_status 3 && says "unknown method"'
for file in "$source"/presets/*.ini; do
    run check "$file"
    check "a shipped preset is wrong" has_status 0
    check "a shipped preset has warnings" is_silent
    check "a shipped preset claims nothing" prints " holds: "
done
expect 3 "wrong.ini:6:10: error: unknown method 'adma'; did you mean 'adam'?" check wrong.ini
check "no caret" says "^~~~"
expect 3 "wrong.ini:6:10" check wrong.ini a.ini
check "a wrong preset stops the others" prints "a.ini: ok"
check "no summary" says "optrender: 2 presets, 1 failed in 0."
expect 3 "--set:1:15: error" check a.ini -s problem.steps=x
expect 3 "no-such.ini" check no-such.ini
expect 3 "quadd" check a.ini -s problem.function=quadd
cat >many.ini <<END
[figure]
theme = notebok
captoin = two letters are swapped
[problem]
function = x^2 + yy
[optimizer A]
method = adma
learning_rate = 0.1
[optimizer B]
method = momentum
learning_rate = -1
momentum = 0.9
END
run check many.ini
check "status $status, not 3" has_status 3
for mistake in 2:9 3:1 5:12 7:10 11:17; do
    check "one run does not report the mistake at $mistake" says "many.ini:$mistake: error"
done

# --- claims
cat >claims.ini <<END
[problem]
function = booth
steps = 70
[optimizer Momentum \\beta=.9]
method = momentum
learning_rate = 0.01
momentum = 0.9
[optimizer "NAG"]
method = nag
learning_rate = 0.01
momentum = 0.9
[claim]
nag_first = arrival(""NAG"", 0.1) < arrival(Momentum \\beta=.9, 0.1)
never-there = arrival(""NAG"", 1e-9) == never
END
run check claims.ini
check "claims that hold are not told" eval '[ "$(cat stdout)" = "claims.ini: claim nag_first holds: 55 < 68
claims.ini: claim never-there holds: never == never
claims.ini: ok" ] && has_status 0 && is_silent'
run check -q claims.ini
check "check -q tells what holds" eval 'has_status 0 && is_silent && holds_nothing stdout'
expect 3 "--set:1:17: error: claim late is false: 54 < 55 > 68" check claims.ini a.ini \
    -s 'claim.late=54 < arrival(""NAG"", .1) > arrival(Momentum \beta=.9, .1)'
check "a false claim hides another preset's mistake" \
    says "--set:1:26: error: no optimizer has the label '\"NAG\"'"
expect 3 "claim a is false: 3 < 2" check claims.ini a.ini -s 'claim.a=3 < 2'
check "a false claim has no caret" says "      |         ^~~~~"
check "a false claim hides one that holds" prints "claim nag_first holds: 55 < 68"
check "a false claim ends in ok" eval '! prints ": ok"'
check "a false claim stops the others" says "; failed: claims.ini a.ini"
run check -q claims.ini -s 'claim.a=3 < 2'
check "check -q tells more than what is false" \
    eval 'has_status 3 && says "claim a is false" && holds_nothing stdout'
run claims.ini -s 'claim.a=3 < 2' -o claimed.csv
check "a false claim stops a rendering" eval 'has_status 0 && [ -s claimed.csv ]'
check "rendering does not warn of a false claim" says "--set:1:9: warning: claim a is false: 3 < 2"
check "rendering tells claims that hold" eval '! says nag_first'
cat >>many.ini <<END
[claim]
a = arival(A, 0.1) < 3
b = arrival(C, 0.1) < 3
c = arrival(A) < 3
d = arrival(A, 0.1)
e = arrival(A, x) < 3
f = loss(A, 3) <
END
for command in check "-o many.csv"; do
    # shellcheck disable=SC2086 # words are meant
    run $command many.ini
    check "status $status, not 3" has_status 3
    for mistake in 3:1 7:10 14:5 15:13 16:5 17:5 18:16 19:17; do
        check "one run does not report the mistake at $mistake" says "many.ini:$mistake: error"
    done
done
check "mistaken claims left a file" is_absent many.csv
cat >unicode.ini <<END
[problem]
function = quad
[optimizer Ä β]
method = gradient-descent
learning_rate = 0.1
[claim]
a = 1 < 2
    < leaves(Ä β) + (2*z)
END
expect 3 "unicode.ini:8:24: error: unknown name 'z'" check unicode.ini
check "the caret is not below the character" grep -qx "      |                        ^" stderr
expect 3 "distance is about the distance from a minimum" check claims.ini \
    -s problem.minimum=none -s 'claim.d=distance(""NAG"", 3) > 0'

# --- summaries
run check --summary "$source/presets/hyper.ini" "$source/presets/booth.ini"
check "--summary fails" has_status 0
check "where a path leaves is not told" \
    eval 'grep -q "^Momentum  *-  *-  *-8.03084e+08  *-  *28 at 5.68151, 0.626344$" stdout'
check "when a path arrives is not told" \
    eval 'grep -q "^NAG  *55  *never  *0.00161677  *0.0402088  *never$" stdout'
run check --summary -q claims.ini
check "check -q --summary is not the table alone" \
    eval '[ "$(wc -l <stdout)" -eq 4 ] && [ "$(head -n 1 stdout)" = "claims.ini:" ]'
run check --summary --json claims.ini wrong.ini a.ini -s 'claim.a=3 < 2'
check "status $status, not 3" has_status 3
check "--summary --json is not JSON" eval '[ "$(head -c 1 stdout)$(tail -n 1 stdout)" = "[]" ]'
for part in '"preset": "claims.ini", "ok": false' '"optimizer": "\"NAG\"", "arrival_0.1": 55,' \
    '"optimizer": "Momentum \\beta=.9", "arrival_0.1": 68, "arrival_0.01": "never",' \
    '"name": "nag_first", "holds": true, "numbers": "55 < 68"' \
    '"name": "a", "holds": false, "numbers": "3 < 2"' \
    '"preset": "wrong.ini", "ok": false, "optimizers": [], "claims": []'; do
    check "the summary lacks $part" prints "$part"
done
if command -v python3 >/dev/null; then
    check "--summary --json cannot be read" eval 'python3 -m json.tool stdout >/dev/null'
fi

# --- outputs
mkdir work
run a.ini -o work/a.png -o work/a.svg -o work/a.pdf --progress none
check "three stills" has_status 0
check "three stills are not there" eval '[ -s work/a.png ] && [ -s work/a.svg ] && [ -s work/a.pdf ]'
check "an output is not told" says "work/a.png: png, "
check "one preset has a summary" eval '! says "1 preset"'
check "the time is not told once" eval '[ "$(grep -c " s\$" stderr)" -eq 1 ]'
check "a temporary file stays" eval '[ "$(ls -A work | wc -l)" -eq 3 ]'
run -q a.ini -o work/q.png
check "-q is not quiet" is_silent
check "the same input gives other bytes" cmp -s work/a.png work/q.png
for jobs in 1 8; do
    run -q a.ini -o work/q.png -j $jobs
    check "$jobs threads change a picture" cmp -s work/a.png work/q.png
done
run a.ini b.ini -o deep/er/ -f png -j 2
check "a folder's outputs" eval 'has_status 0 && [ -s deep/er/a.png ] && [ -s deep/er/b.png ]'
check "the number of threads changes the bytes" cmp -s work/a.png deep/er/a.png
run a.ini b.ini -o 'each-{name}.png'
check "{name}" eval '[ -s each-a.png ] && [ -s each-b.png ]'
run a.ini -o seq/%03d.png
check "a sequence" eval '[ "$(echo seq/*)" = "seq/000.png seq/001.png seq/002.png" ]'
run a.ini -o frame.png --frame 1
check "a frame is not the sequence's" cmp -s frame.png seq/001.png
run a.ini -o page.svg --progress none
check "a page is not in points" grep -q 'width="144pt" height="72pt"' page.svg
run a.ini -o sized.svg --size 300x200 --progress none
check "an svg has not the pixels of --size" grep -q 'width="300" height="200"' sized.svg
run a.ini -s still.surface_ppi=72 -o coarse.svg --progress none
check "surface_ppi makes no difference" eval '[ "$(wc -c <coarse.svg)" -lt "$(wc -c <page.svg)" ]'
for name in beale booth hyper quad; do
    run "$source/presets/$name.ini" -o small.svg --progress none
    check "an svg of $name is above 1 MB" eval '[ "$(wc -c <small.svg)" -lt 1000000 ]'
done
run "$source/presets/quad.ini" -o shipped/%d.png -s problem.steps=2 --dpi 40
check "a sequence whose film and still differ in size" \
    eval 'has_status 0 && [ "$(echo shipped/*)" = "shipped/0.png shipped/1.png" ]'
run a.ini -o - -f png
check "standard output is not the file" cmp -s stdout work/a.png
echo older >./-
run a.ini -o - -f png
check "a file called - is taken for standard output" grep -qx "standard output: png" stderr
rm ./-
"$program" - -o stdin.png <a.ini >stdout 2>stderr
check "a preset from standard input" cmp -s stdin.png work/a.png
run a.ini -o work/d.png --deps work/d.d
check "--deps" eval '[ "$(cat work/d.d)" = "work/d.png: a.ini" ]'
cp a.ini 'a:b.ini'
usage_error "make cannot hold the name 'a:b.ini'" a:b.ini -o work/d.png --deps work/d.d
usage_error "make cannot hold the name '50%.png'" a.ini -o 50%.png --deps work/d.d
usage_error "make cannot hold the name '-'" a.ini -o - -f png --deps work/d.d
rm 'a:b.ini'
usage_error "there is a --format already; write --format png,csv" a.ini -o out/ -f png -f csv
expect 3 '" ;" begins a comment' a.ini -o work/d.png -s 'figure.caption=a ; b'
run wrong.ini -o work/w.png --deps work/w.d
check "--deps after a failure" eval 'has_status 3 && is_absent work/w.d'
expect 3 "adma" a.ini wrong.ini -o half/ -f csv --deps work/d.d
check "a failure changed older --deps" eval '[ "$(cat work/d.d)" = "work/d.png: a.ini" ]'
run a.ini -o work/w.png --deps work/w.d --dry-run
check "--deps on a dry run" eval 'has_status 0 && is_absent work/w.d'
if command -v make >/dev/null; then
    mkdir made
    # depends NAME: make finds what deps.mk says of NAME.csv, and makes it when that is newer.
    depends() {
        cp a.ini "made/$1.ini"
        run "made/$1.ini" -o "made/$1.csv" --deps made/deps.mk
        check "fails" has_status 0
        # The target is told in the words of the rule.
        { printf 'all: ' && sed 's/: .*//' made/deps.mk && cat made/deps.mk && printf '%%.csv:\n\t@echo again\n'; } \
            >made/Makefile
        touch -d 2001-01-01 "made/$1.ini"
        (unset MAKEFLAGS MFLAGS MAKELEVEL && make -f made/Makefile >stdout 2>stderr)
        check "make does not find '$1'" eval 'is_silent && ! prints again'
        touch -d 2101-01-01 "made/$1.ini"
        (unset MAKEFLAGS MFLAGS MAKELEVEL && make -f made/Makefile >stdout 2>stderr)
        check "make does not see that '$1' changed" prints again
    }
    for name in plain 'two  blanks' '#' 'a#b' '$' '$(a)' '\#' '\ b' 'a\b'; do
        depends "$name"
    done
fi
run a.ini -o work/j.png --progress json
check "--progress json" says '"presets": 1, "presets_total": 1'
run set/*.ini wrong.ini -o work/set/ -f png,csv -j 2 -q --progress json
check "a last line of JSON, also with -q" eval '[ "$(grep -c "\"finished\": true}\$" stderr)" -eq 1 ]'
check "counts of the last line" says \
    '{"frames": 3, "frames_total": 3, "presets": 4, "presets_total": 4, "failed": 1, "outputs": 6'
check "a line is neither JSON nor about what failed" \
    eval '! grep -v "^{.*}\$" stderr | grep -v adma | grep -q "done\|png"'
check "the last line is no summary" eval 'tail -n 1 stderr |
    grep -q "^optrender: 4 presets, 1 failed, 6 outputs in [0-9.]* s; failed: wrong.ini\$"'
run a.ini b.ini -o work/set/ -f csv --force
check "the summary of what went well" eval 'tail -n 1 stderr |
    grep -qx "optrender: 2 presets, 2 outputs in [0-9.]* s"'
run -q a.ini b.ini -o work/set/ -f csv --force
check "-q and a summary" is_silent

# The whole is known before it is done, however fast: the first preset, longer than the
# others, waits for its pipe to be read, and the others for the one thread.
mkdir counted counted/few
mkfifo counted/first.png
preset counted/first.ini gradient-descent quad 20
preset counted/few/b.ini gradient-descent quad 3
preset counted/few/c.ini gradient-descent quad 4
(exec "$program" counted/first.ini counted/few/*.ini -o 'counted/{name}.png' \
    -o 'counted/{name}/%d.png' -j 1 --progress json >stdout 2>stderr </dev/null) &
ran="counted/first.ini counted/few/*.ini, waiting"
whole='"frames_total": 30, "presets": 0, "presets_total": 3'
left=60
while [ $left -gt 0 ] && ! says "$whole"; do
    sleep 1
    left=$((left - 1))
done
check "presets that have not begun are not counted" [ $left -gt 0 ]
timeout 60 cat counted/first.png >first.png
wait $!
status=$?
check "status $status, not 0" has_status 0
check "counts of the last line" says '"frames": 30, "frames_total": 30, "presets": 3'

# --- nothing half done, nothing lost
echo old >work/old.png
expect 3 "adma" wrong.ini -o work/old.png -o work/other.png
check "a failed run changed an older file" eval '[ "$(cat work/old.png)" = old ]'
check "a failed run left a file" is_absent work/other.png
expect 3 "; failed: wrong.ini" wrong.ini a.ini -o mixed/ -f png
check "a wrong preset stops the others" holds mixed a.png
mkdir quiet && touch -d 2001-01-01 quiet before
run a.ini -o quiet/new/deep/ -o 'quiet/{name}/a.png' -o quiet/f/%d.png --dry-run
check "a dry run fails" has_status 0
check "a dry run made folders" eval 'holds quiet "" && [ ! quiet -nt before ]'
mkdir -p z/a.png
for presets in "a.ini wrong.ini" "wrong.ini a.ini"; do
    # shellcheck disable=SC2086 # words are meant
    expect 3 "z/a.png" $presets -o 'z/{name}.png'
    check "only one failed" says "2 presets, 2 failed"
done
expect 1 "z/a.png" a.ini b.ini -o 'z/{name}.png'
check "a failed output stops the others" [ -s z/b.png ]
expect 3 "adma" wrong.ini -o gone/deep/ -f png
check "a failed run left a folder" is_absent gone
expect 1 "no/such" a.ini -o no/such/a.png
expect 1 "cannot create the folder 'a.ini'" a.ini -o a.ini/x/ -f png
expect 1 "/dev/full" a.ini -o /dev/full -f png
expect 3 "adma" wrong.ini a.ini -o 'no/such/{name}/x.png'
ln -s /dev/full full.png
for outputs in "-o work/old.png -o full.png" "-o full.png -o work/old.png"; do
    # shellcheck disable=SC2086 # words are meant
    expect 1 "full.png: cannot write: No space left" a.ini $outputs
    check "a failing output changed the other one" eval '[ "$(cat work/old.png)" = old ]'
done
(ulimit -f 1 && exec "$program" a.ini -o work/old.png -s still.dpi=300) >stdout 2>stderr
status=$? ran="a.ini beyond ulimit -f"
check "status $status, not 1" has_status 1
check "the limit is not named" says "work/old.png: cannot write: File too large"
check "a file beyond the limit changed an older one" eval '[ "$(cat work/old.png)" = old ]'
check "a temporary file stays" eval '! ls -A work | grep -q "^\."'
"$program" a.ini -o closed.png <&- >&- 2>&-
status=$? ran="a.ini <&- >&- 2>&-"
check "closed standard streams" eval 'has_status 0 && cmp -s closed.png work/a.png'

# --- films, and what remains of a build without them
long=signal/film.mp4
if "$program" --version | grep -q "no FFmpeg"; then
    expect 1 "built without video" a.ini -o work/a.mp4 -o work/with.png
    check "a refused film left a file" eval '[ ! -e work/a.mp4 ] && [ ! -e work/with.png ]'
    long=signal/%05d.png
else
    run a.ini -o work/a.mp4 --progress plain
    check "a film fails" has_status 0
    check "a film is no MP4" eval 'head -c 12 work/a.mp4 | grep -q ftyp'
    run a.ini -o - -f mp4 -q
    check "a film on standard output is another one" cmp -s stdout work/a.mp4
    run a.ini -o work/alone.mp4 -q -j 1
    for jobs in 2 8; do
        run a.ini -o work/beside.mp4 -q -j $jobs
        check "$jobs threads change a film" cmp -s work/alone.mp4 work/beside.mp4
    done
    run a.ini -o - -f y4m -q
    check "raw frames have no header" eval 'head -c 9 stdout | grep -q YUV4MPEG2'
    run a.ini -o work/a.mp4 -q --timings --force
    check "--timings lacks a part" eval 'grep -q "^encode .* ms" stderr && grep -q "^all " stderr'
fi

# --- signals
for signal in INT:130 TERM:143 HUP:129; do
    mkdir -p signal
    timeout --preserve-status -s "${signal%:*}" 1 "$program" long.ini -o "$long" -q \
        >stdout 2>stderr
    status=$? ran="long.ini, SIG${signal%:*}"
    check "status $status, not ${signal#*:}" has_status "${signal#*:}"
    check "an interruption is not told" says "interrupted"
    check "an interrupted run left half a file" eval '! ls -A signal | grep -qv "^[0-9]*\.png$"'
    rm -rf signal
done
# interrupt WHAT COMMAND...: the command line that waits ends with status 130.
interrupt() {
    ran=$*
    timeout --preserve-status -k 5 -s INT 1 "$program" "$@" >stdout 2>stderr
    status=$?
    check "status $status, not 130" has_status 130
}
mkfifo pipe.png
interrupt a.ini -o pipe.png </dev/null
mkfifo pipe.ini
interrupt pipe.ini -o x.png </dev/null
interrupt new x.ini --from pipe.ini </dev/null
mkfifo silence
interrupt - -o x.png <>silence
check "an interrupted run left a file" eval '[ ! -e x.png ] && [ ! -e x.ini ]'
if [ "$long" = signal/film.mp4 ]; then
    mkdir signal
    echo old >"$long"
    interrupt long.ini -o "$long" -q </dev/null
    check "an interrupted film changed the older one" eval '[ "$(cat "$long")" = old ]'
    check "an interrupted film left a file" holds signal film.mp4
    # Two signals at once are one interruption.
    (
        "$program" long.ini -o "$long" -q >stdout 2>stderr &
        sleep 1
        kill -STOP $! && kill -HUP $! && kill -TERM $! && kill -CONT $!
        wait $!
    ) 2>/dev/null
    check "two signals at once left a file" holds signal film.mp4
fi

finish
