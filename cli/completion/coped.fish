function __coped_complete
  set -l answer (coped complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
  if test "$answer" = :files
    __fish_complete_path (commandline -ct)
  else
    string join \n $answer
  end
end
complete -c coped -f -a '(__coped_complete)'
