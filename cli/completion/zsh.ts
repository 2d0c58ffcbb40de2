import { CONTEXTS, type Place, type Value, type Word } from './places';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** `word:what it means`, as zsh's _describe reads it. */
const described = (words: readonly Word[]): string =>
  words.map(({ word, about }) => quoted(`${word}:${about}`)).join(' ');

const reply = (value: Value): string => {
  if (value === 'context') return `offers=(\${(f)"$(${CONTEXTS})"})`;
  if (value === 'file') return 'files=yes';
  return value === 'anything' ? '' : `offers=(${value.map(quoted).join(' ')})`;
};

/** How the words that were typed lead from one place to the next. */
function steps({ path, commands, flags }: Place): string[] {
  const at = path.join(' ');
  const valued = flags.filter(({ value }) => value).map(({ word }) => quoted(`${at}:${word}`));
  return [
    ...commands.map(
      ({ word }) => `      (${quoted(`${at}:${word}`)}) at=${quoted([...path, word].join(' '))}; place=0 ;;`,
    ),
    ...(valued.length > 0 ? [`      (${valued.join('|')}) skip=$words[i] ;;`] : []),
  ];
}

function offers({ path, commands, flags, values, repeats }: Place): string[] {
  const at = path.join(' ');
  const start = quoted(`${at}:`);
  const afterFlags = flags.flatMap(({ word, value }) =>
    value ? [`    (${start}*${quoted(`:${word}:`)}*) ${reply(value)} ;;`] : [],
  );
  const dashes = `    (${start}*':-'*) offers=(${described(flags)}) ;;`;
  const places = values.map((value, i) => {
    const here = repeats && i === values.length - 1 ? '*' : quoted(String(i));
    return `    (${start}${here}':'*) ${reply(value)} ;;`;
  });
  const next = commands.length > 0 ? [`    (${start}'0:'*) offers=(${described(commands)}) ;;`] : [];
  return [...afterFlags, dashes, ...places, ...next];
}

/** The script that `source <(coped completion zsh)` reads. */
export const zsh = (
  places: readonly Place[],
): string => `# Completion of coped for zsh; made by \`npx coped completion zsh\`.
_coped() {
  local at= place=0 skip= files= i
  local -a offers
  for ((i = 2; i < CURRENT; i++)); do
    if [[ -n $skip ]]; then skip=; continue; fi
    # What stands after two dashes belongs to another program.
    [[ $words[i] == -- ]] && return 1
    case "$at:$words[i]" in
${places.flatMap(steps).join('\n')}
      (*:-*) ;;
      (*) place=$((place + 1)) ;;
    esac
  done
  case "$at:$place:$skip:$words[CURRENT]" in
${places.flatMap(offers).join('\n')}
  esac
  if [[ -n $files ]]; then _files; else _describe coped offers; fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _coped coped
`;
