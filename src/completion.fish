# Completions of optrender for fish, made by 'optrender completion fish'.

# What there is to choose from, a word and its help a line.
function __optrender_words
    switch $argv[1]
@words@
    end
end

# What the value of an option is; nothing where it takes none.
function __optrender_kind
    switch $argv[1]
@kinds@
    end
end

# The command before the cursor: render when no word stands for it, and nothing
# as long as there is no operand.
function __optrender_command
    set -l words (commandline -opc)
    set -e words[1]
    set -l is_value no
    for word in $words
        if test $is_value = yes
            set is_value no
        else if string match -q -- '-?*' $word
            set -l kind (__optrender_kind $word)
            if test -n "$kind"
                set is_value yes
            end
        else
            if string match -q -- "$word"\t\* (__optrender_words command)
                echo $word
            else
                echo render
            end
            return
        end
    end
end

# COMMAND...: whether the command is one of them.
function __optrender_is
    set -l command (__optrender_command)
    contains -- "$command" $argv
end

# The word at the cursor without the option before it.
function __optrender_token
    string replace -r -- '^--[^=]*=' '' (commandline -ct)
end

function __optrender_presets
    set -l token (__optrender_token)
    set -l found "$token"*.ini "$token"*/
    string join -- \n $found
end

function __optrender_formats
    set -l before (string match -r -- '^.*,' (__optrender_token))
    for line in (__optrender_words formats)
        echo "$before$line"
    end
end

function __optrender_keys
    set -l key (string match -r -- '^[^=]*=' (__optrender_token))
    if test -z "$key"
        __optrender_words key
        return
    end
    for line in (__optrender_words (string replace '=' '' -- $key))
        echo "$key$line"
    end
end

complete -c optrender -f
@options@
