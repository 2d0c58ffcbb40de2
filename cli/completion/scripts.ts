// What a shell runs when the tab key is pressed: it asks `coped complete` for the words, one a line, with what they mean behind a tab.
// A line `:files` lets the shell complete names of files. Bash 3.2 is what macOS has: no associative arrays, no mapfile.

const bash = `_coped() {
  local current="\${COMP_WORDS[COMP_CWORD]}" answer
  answer=$(coped complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ $answer == :files ]]; then COMPREPLY=($(compgen -f -- "$current"))
  else COMPREPLY=($(compgen -W "$(printf '%s' "$answer" | cut -f 1)" -- "$current")); fi
}
complete -o bashdefault -F _coped coped
`;

const zsh = `_coped() {
  local -a offers
  local answer
  answer=$(coped complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if [[ $answer == :files ]]; then _files; return; fi
  offers=("\${(@)\${(f)answer}/$'\\t'/:}")
  _describe coped offers
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _coped coped
`;

const fish = `function __coped_complete
  set -l answer (coped complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
  if test "$answer" = :files
    __fish_complete_path (commandline -ct)
  else
    string join \\n $answer
  end
end
complete -c coped -f -a '(__coped_complete)'
`;

/** The script for a shell. */
export const scripts = { bash, zsh, fish } as const;
