# Completions of optrender for bash, made by 'optrender completion bash'.

# What there is to choose from: words in $REPLY.
_optrender_words()
{
    case $1 in
@words@
@options@
    *) REPLY= ;;
    esac
}

# What the value of an option is, or an operand of a command, in $REPLY.
_optrender_kind()
{
    case $1 in
@kinds@
    *) REPLY= ;;
    esac
}

# LEAD WORD LIST...: those of the list that begin with the word, behind the lead.
_optrender_add()
{
    local line
    while IFS= read -r line; do
        COMPREPLY+=("$1$line")
    done < <(compgen -W "$3" -- "$2")
}

# LEAD WORD UNWANTED: files and folders.
_optrender_add_files()
{
    local line
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do
        COMPREPLY+=("$1$line")
    done < <(compgen -f -X "$3" -- "$2"; [[ $3 ]] && compgen -d -- "$2")
}

# LEAD WORD KIND
_optrender_add_value()
{
    local before=
    _optrender_words "$3"
    case $3 in
    file) _optrender_add_files "$1" "$2" '' ;;
    preset | origin | subject)
        _optrender_add "$1" "$2" "$REPLY"
        _optrender_add_files "$1" "$2" '!*.ini'
        ;;
    formats)
        [[ $2 == *,* ]] && before=${2%,*},
        _optrender_add "$1$before" "${2##*,}" "$REPLY"
        ;;
    key)
        if [[ $2 == *=* ]]; then
            _optrender_words "${2%%=*}"
            _optrender_add "$1${2%%=*}=" "${2#*=}" "$REPLY"
        else
            compopt -o nospace 2>/dev/null
            _optrender_add "$1" "$2" "$REPLY"
        fi
        ;;
    *) _optrender_add "$1" "$2" "$REPLY" ;;
    esac
}

_optrender()
{
    local REPLY i word last cut command='' kind='' literal='' joined=''
    local -a words=()
    COMPREPLY=()
    for ((i = 1; i <= COMP_CWORD; i++)); do # bash has cut words at each =
        word=${COMP_WORDS[i]}
        if ((${#words[@]})) && [[ $word == = || $joined ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
        joined=
        [[ $word == = ]] && joined=yes
    done
    last=${words[${#words[@]} - 1]}
    cut=${last%"$word"}
    [[ $word == = ]] && cut=$last
    for word in "${words[@]:0:${#words[@]} - 1}"; do
        if [[ $kind ]]; then
            kind=
        elif [[ $literal || $word != -?* ]]; then
            _optrender_words command
            if [[ ! $command ]]; then
                command=render
                [[ ! $literal && " $REPLY " == *" $word "* ]] && command=$word
            fi
        elif [[ $word == -- ]]; then
            literal=yes
        elif [[ $word != *=* ]]; then
            _optrender_kind "$word"
            kind=$REPLY
        fi
    done
    if [[ $kind ]]; then
        _optrender_add_value '' "$last" "$kind"
    elif [[ ! $literal && $last == --*=* ]]; then
        _optrender_kind "${last%%=*}"
        _optrender_add_value "${last%%=*}=" "${last#*=}" "$REPLY"
    elif [[ ! $literal && $last == -* ]]; then
        _optrender_words "options-${command:-render}"
        _optrender_add '' "$last" "$REPLY"
    else
        if [[ ! $command && ! $literal ]]; then
            _optrender_words command
            _optrender_add '' "$last" "$REPLY"
        fi
        _optrender_kind "${command:-render}"
        _optrender_add_value '' "$last" "$REPLY"
    fi
    for i in "${!COMPREPLY[@]}"; do
        COMPREPLY[i]=${COMPREPLY[i]#"$cut"}
    done
}

complete -F _optrender optrender
