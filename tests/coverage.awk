# Reads what gcov -b -c -t prints of every object, and coverage.known. Prints a table of the
# # folders of src and every message that no test has made, and writes each line that was not
# executed and each branch that was not taken to the file missed. Exit status 1 below the
# bars, and when a message without a reason in coverage.known is not made.
#
# A line and a branch of a header count once, however many objects have them. The two
# sides of an assert() do not count: that one is never taken is what it asserts.
#
#     awk -v root=FOLDER -v missed=FILE -f coverage.awk coverage.known gcov.txt

# The calls that make a message or put something before it, by their names. A statement in
# which one of them, or one side of a choice of words, was never executed is not made.
function is_message(text) {
    return text !~ /^[a-z_]/ && text !~ /^ *(\*|\/\*)/ &&
        (text ~ /(^|[^a-z_])(error_set|error_context|report_error|report_warning)\(/ ||
            text ~ /(^|[^a-z_])((refuse|fail)(_[a-z]+)?|[a-z]+_fail)\(/)
}

function folder_of(file) {
    sub(/\/[^\/]*$/, "/", file)
    return file
}

# The folder that sorts itself, so that awk need not.
function note_folder(file,    folder, i) {
    folder = folder_of(file)
    if (folder in seen) {
        return
    }
    seen[folder] = 1
    for (i = ++folders; i > 1 && order[i - 1] > folder; i--) {
        order[i] = order[i - 1]
    }
    order[i] = folder
}

function row(name, lines, hit, branches, taken) {
    printf "%-14s %7d %7d %6.1f %% %9d %7d %6.1f %%\n", name, lines, lines - hit,
        percent(hit, lines), branches, branches - taken, percent(taken, branches)
}

function percent(part, whole) {
    return whole ? 100 * part / whole : 100
}

BEGIN {
    bar_lines = 95
    bar_branches = 90
}

# FILE: words of the line: why no test gets there
FILENAME ~ /coverage\.known$/ {
    if ($0 !~ /^(#|$)/) {
        split($0, part, /: /)
        known_file[++knowns] = part[1]
        known_words[knowns] = part[2]
    }
    next
}

/^ *-: *0:Source:/ {
    file = $0
    sub(/^ *-: *0:Source:/, "", file)
    is_ours = index(file, root "/src/") == 1
    file = substr(file, length(root) + 2)
    at = ""
    in_assert = in_message = 0
    next
}

!is_ours {
    next
}

/^branch/ {
    if (at != "" && !in_assert) {
        key = at SUBSEP (++sides)
        branch[key] = 1
        taken[key] += / taken [1-9]/
    }
    next
}

/^call/ {
    if (at != "" && in_message) {
        key = at SUBSEP (++call)
        calls[key] = 1
        called[key] += !/never executed/ && !/returned 0$/
    }
    next
}

/^(function|unconditional)/ {
    next
}

# COUNT:LINE:TEXT
{
    count = $0
    sub(/:.*/, "", count)
    number = $0
    sub(/^[^:]*: */, "", number)
    number += 0
    words = $0
    sub(/^[^:]*:[^:]*:/, "", words)
    at = file SUBSEP number
    sides = call = 0
    in_assert = in_assert && !ends ? 1 : words ~ /^ *assert\(/
    if (!in_message || ends) {
        in_message = is_message(words)
        statement = at
        said = words
    } else {
        said = said " " words
    }
    ends = words ~ /[;{]( *\/\*.*)?$/
    text[at] = words
    if (in_message) {
        message[at] = statement
        gsub(/ +/, " ", said)
        whole[statement] = said
    }
    if (count !~ /-$/) {
        line[at] = 1
        executed[at] += count !~ /#|=/
        note_folder(file)
    }
}

END {
    for (at in line) {
        split(at, part, SUBSEP)
        folder = folder_of(part[1])
        lines[folder]++
        hit[folder] += executed[at] > 0
        if (!executed[at]) {
            gaps[at] = " not executed"
        }
    }
    for (key in branch) {
        split(key, part, SUBSEP)
        at = part[1] SUBSEP part[2]
        folder = folder_of(part[1])
        branches[folder]++
        went[folder] += taken[key] > 0
        if (!taken[key] && executed[at]) {
            gaps[at] = gaps[at] " branch " part[3]
        }
        if (!taken[key] && (at in message) && text[at] ~ /\?.*"/) {
            unsaid[message[at]] = 1
        }
    }
    for (key in calls) {
        split(key, part, SUBSEP)
        if (!called[key]) {
            unsaid[message[part[1] SUBSEP part[2]]] = 1
        }
    }
    sorted = "LC_ALL=C sort -t: -k1,1 -k2,2n"
    to_file = sorted " >" missed
    for (at in gaps) {
        split(at, part, SUBSEP)
        printf "%s:%d:%s:%s\n", part[1], part[2], gaps[at], text[at] | to_file
    }
    close(to_file)
    for (at in unsaid) {
        split(at, part, SUBSEP)
        reason = 0
        for (i = 1; i <= knowns && !reason; i++) {
            if (known_file[i] == part[1] && index(whole[at], known_words[i])) {
                used[i] = reason = 1
            }
        }
        accepted += reason
        if (!reason) {
            printf "%s:%d: no test makes this message:%s\n", part[1], part[2], whole[at] | sorted
            silent++
        }
    }
    close(sorted)
    for (i = 1; i <= knowns; i++) {
        if (!used[i]) {
            printf "coverage.known: made after all, or gone: %s: %s\n", known_file[i],
                known_words[i]
            stale++
        }
    }
    for (at in whole) {
        messages++
    }
    printf "%-14s %7s %7s %8s %9s %7s %8s\n", "", "lines", "missed", "", "branches", "missed", ""
    for (i = 1; i <= folders; i++) {
        f = order[i]
        row(f, lines[f], hit[f], branches[f], went[f])
        all_lines += lines[f]
        all_hit += hit[f]
        all_branches += branches[f]
        all_went += went[f]
    }
    row("total", all_lines, all_hit, all_branches, all_went)
    printf "%d messages, %d of them made by no test, %d of these with a reason\n", messages,
        silent + accepted, accepted
    if (!all_lines || percent(all_hit, all_lines) < bar_lines) {
        printf "FAIL: less than %d %% of the lines\n", bar_lines
        failed = 1
    }
    if (percent(all_went, all_branches) < bar_branches) {
        printf "FAIL: less than %d %% of the branches\n", bar_branches
        failed = 1
    }
    exit failed || silent || stale
}
