#compdef optrender
# Completions of optrender for zsh, made by 'optrender completion zsh'.

# What there is to choose from: 'word:help' in the array reply.
_optrender_words()
{
    case $1 in
@words@
    *) reply=() ;;
    esac
}

# What the value of an option is, or an operand of a command, in REPLY.
_optrender_kind()
{
    case $1 in
@kinds@
    *) REPLY= ;;
    esac
}

# The options of a command for _arguments, in the array reply.
_optrender_options()
{
    case $1 in
@options@
    *) reply=() ;;
    esac
}

# KIND: completes a value or an operand.
_optrender_value()
{
    local -a reply
    local key=${PREFIX%%=*}
    integer found=1
    case $1 in
    free) _message value ;;
    file) _files ;;
    preset) _files -g '*.ini' ;;
    origin | subject | operand)
        _optrender_words ${${1/operand/command}}
        _describe -t $1 $1 reply && found=0
        _files -g '*.ini' && found=0
        return found
        ;;
    formats)
        compset -P '*,'
        _optrender_words formats
        _describe -t formats format reply
        ;;
    key)
        if compset -P 1 '*='; then
            _optrender_words $key
            _describe -t values value reply
        else
            _optrender_words key
            _describe -t keys key reply -S ''
        fi
        ;;
    *)
        _optrender_words $1
        _describe -t $1 $1 reply
        ;;
    esac
}

_optrender()
{
    local word command kind REPLY
    local -a reply commands
    integer i
    _optrender_words command
    commands=(${reply%%:*})
    for ((i = 2; i < CURRENT; i++)); do
        word=$words[i]
        if [[ -n $kind ]]; then
            kind=
        elif [[ $word != -?* ]]; then
            command=render
            ((${commands[(Ie)$word]})) && command=$word
            break
        elif [[ $word != *=* ]]; then
            _optrender_kind $word
            kind=$REPLY
        fi
    done
    _optrender_kind ${command:-render}
    [[ -n $command ]] || REPLY=operand
    _optrender_options ${command:-render}
    _arguments -s -S : $reply "*: : _optrender_value $REPLY"
}

if [[ $funcstack[1] == _optrender ]]; then
    _optrender "$@"
else
    compdef _optrender optrender
fi
