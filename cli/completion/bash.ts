import { CONTEXTS, type Place, type Value } from './places';

// Bash 3.2 is what macOS has, so: no associative arrays, no mapfile. Names of ours hold no blanks and no quotes.

const quoted = (words: readonly string[]): string => `'${words.join(' ')}'`;

const reply = (value: Value): string => {
  if (value === 'context') return `words=$(${CONTEXTS})`;
  if (value === 'file') return 'files=yes';
  return value === 'anything' ? '' : `words=${quoted(value)}`;
};

/** How the words that were typed lead from one place to the next. */
function steps({ path, commands, flags }: Place): string[] {
  const at = path.join(' ');
  const valued = flags.filter(({ value }) => value).map(({ word }) => `'${at}:${word}'`);
  return [
    ...commands.map(({ word }) => `      '${at}:${word}') at='${[...path, word].join(' ')}'; place=0 ;;`),
    ...(valued.length > 0 ? [`      ${valued.join('|')}) skip="\${COMP_WORDS[i]}" ;;`] : []),
  ];
}

function offers({ path, commands, flags, values, repeats }: Place): string[] {
  const at = path.join(' ');
  const afterFlags = flags.flatMap(({ word, value }) =>
    value ? [`    '${at}:'*':${word}:'*) ${reply(value)} ;;`] : [],
  );
  const dashes = `    '${at}:'*':-'*) words=${quoted(flags.map(({ word }) => word))} ;;`;
  const places = values.map((value, i) => {
    const here = repeats && i === values.length - 1 ? '*' : `'${i}'`;
    return `    '${at}:'${here}':'*) ${reply(value)} ;;`;
  });
  const next =
    commands.length > 0 ? [`    '${at}:0:'*) words=${quoted(commands.map(({ word }) => word))} ;;`] : [];
  return [...afterFlags, dashes, ...places, ...next];
}

/** The script that `source <(coped completion bash)` reads. */
export const bash = (
  places: readonly Place[],
): string => `# Completion of coped for bash; made by \`npx coped completion bash\`.
_coped() {
  local current="\${COMP_WORDS[COMP_CWORD]}" at= place=0 skip= words= files= i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ $skip ]]; then skip=; continue; fi
    # What stands after two dashes belongs to another program.
    [[ \${COMP_WORDS[i]} == -- ]] && return
    case "$at:\${COMP_WORDS[i]}" in
${places.flatMap(steps).join('\n')}
      *:-*) ;;
      *) place=$((place + 1)) ;;
    esac
  done
  case "$at:$place:$skip:$current" in
${places.flatMap(offers).join('\n')}
  esac
  if [[ $files ]]; then
    COMPREPLY=($(compgen -f -- "$current"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}
complete -o bashdefault -F _coped coped
`;
