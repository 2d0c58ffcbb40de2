_coped() {
  local -a offers
  local answer
  answer=$(coped complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  if [[ $answer == :files ]]; then _files; return; fi
  offers=("${(@)${(f)answer}/$'\t'/:}")
  _describe coped offers
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _coped coped
