# bash completion for sitrep
_sitrep() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
    local commands="read mentions parse text explain watch codebook score gazetteer help"
    local options="--from --to --charset --date --title --url --author --publisher --language --licence
        --jobs --data --codebook --model --gazetteer --quick --rules-alone --any-language --quiet --width --colour --help"
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "$commands --help --version" -- "$cur"))
        return
    fi
    case $prev in
        --from) COMPREPLY=($(compgen -W "auto text html jsonl feed warc conllu pdf docx odt" -- "$cur")); return ;;
        --colour) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
        --to)
            case $command in
                read|watch) COMPREPLY=($(compgen -W "table jsonl csv" -- "$cur")) ;;
                mentions) COMPREPLY=($(compgen -W "table jsonl" -- "$cur")) ;;
                parse) COMPREPLY=($(compgen -W "conllu" -- "$cur")) ;;
                text) COMPREPLY=($(compgen -W "text jsonl" -- "$cur")) ;;
                explain) COMPREPLY=($(compgen -W "explain" -- "$cur")) ;;
                score) COMPREPLY=($(compgen -W "table jsonl csv" -- "$cur")) ;;
            esac
            return ;;
        --articles) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
        --strictness) COMPREPLY=($(compgen -W "folded generic skeleton" -- "$cur")); return ;;
        --map|--memory|--in|--near|--max) return ;;
        --by) COMPREPLY=($(compgen -W "type document publisher" -- "$cur")); return ;;
        --data|--codebook|--keep) COMPREPLY=($(compgen -d -- "$cur")); return ;;
        --charset|--date|--title|--url|--author|--publisher|--language|--licence|--jobs|-j|--width|--sentence|--errors|--resamples|--seed|--interval|--host-interval|--timeout|--max-bytes|--contact) return ;;
    esac
    case $command in
        help) COMPREPLY=($(compgen -W "$commands" -- "$cur")); return ;;
        watch)
            options="--once --interval --state --keep --articles --no-articles --host-interval --timeout --max-bytes --contact
                --to --jobs --data --codebook --model --gazetteer --rules-alone --quiet --width --colour --help" ;;
        explain) options="$options --sentence" ;;
        score) options="--documents --by --errors --alpha --resamples --seed --to --width --colour --quiet --help" ;;
        gazetteer)
            options="--output --map --memory --final --alternate-names --url --in --near --strictness --max --json
                --data --gazetteer --quiet --help"
            if [ "$COMP_CWORD" -eq 2 ]; then COMPREPLY=($(compgen -W "build get find check --help" -- "$cur")); return; fi ;;
        codebook)
            options="--data --model --gazetteer --quiet --help"
            if [ "$COMP_CWORD" -eq 2 ]; then COMPREPLY=($(compgen -W "check $options" -- "$cur")); return; fi ;;
    esac
    case $cur in
        -*) COMPREPLY=($(compgen -W "$options" -- "$cur")) ;;
        *) COMPREPLY=($(compgen -f -- "$cur")) ;;
    esac
}
complete -o filenames -F _sitrep sitrep
