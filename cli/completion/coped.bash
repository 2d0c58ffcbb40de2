_coped() {
  local current="${COMP_WORDS[COMP_CWORD]}" answer
  answer=$(coped complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ $answer == :files ]]; then COMPREPLY=($(compgen -f -- "$current"))
  else COMPREPLY=($(compgen -W "$(printf '%s' "$answer" | cut -f 1)" -- "$current")); fi
}
complete -o bashdefault -F _coped coped
