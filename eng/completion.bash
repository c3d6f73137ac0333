# Completion of nngpt's commands and options in bash:  . eng/completion.bash
_nngpt() {
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$("$1" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _nngpt nngpt ./nngpt
