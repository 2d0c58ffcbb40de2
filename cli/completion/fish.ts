import { CONTEXTS, type Flag, type Place, type Value } from './places';

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** How the words that were typed lead from one place to the next. */
function steps({ path, commands, flags }: Place): string[] {
  const at = path.join(' ');
  const valued = flags.filter(({ value }) => value).map(({ word }) => quoted(`${at}:${word}`));
  return [
    ...commands.flatMap(({ word }) => [
      `      case ${quoted(`${at}:${word}`)}`,
      `        set at ${quoted([...path, word].join(' '))}`,
      '        set place 0',
    ]),
    ...(valued.length > 0 ? [`      case ${valued.join(' ')}`, '        set skip yes'] : []),
  ];
}

/** A completion for a place; `*` is any, but not one of the others. */
function at({ path }: Place, place: string, others: readonly number[] = []): string {
  const here = (wanted: string | number) => `__coped_at ${quoted(`${path.join(' ')}:${wanted}`)}`;
  const condition = [here(place), ...others.map((other) => `not ${here(other)}`)].join('; and ');
  return `complete -c coped -n ${quoted(condition)}`;
}

const offered = (value: Value): string => {
  if (value === 'context') return ` -a ${quoted(`(${CONTEXTS})`)}`;
  if (value === 'file') return ' -F';
  return value === 'anything' ? '' : ` -a ${quoted(value.join(' '))}`;
};

function flag(place: Place, { word, about, value }: Flag): string {
  const name = word.startsWith('--') ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`;
  return `${at(place, '*')} ${name}${value ? ` ${value === 'file' ? '-r' : '-x'}${offered(value)}` : ''} -d ${quoted(about)}`;
}

function offers(place: Place): string[] {
  const { commands, flags, values, repeats } = place;
  return [
    ...commands.map(({ word, about }) => `${at(place, '0')} -a ${word} -d ${quoted(about)}`),
    ...values.flatMap((value, i) => {
      if (value === 'anything') return [];
      const isEndless = repeats && i === values.length - 1;
      const start = isEndless ? at(place, '*', [...values.keys()].slice(0, i)) : at(place, String(i));
      return [`${start}${offered(value)}`];
    }),
    ...flags.map((one) => flag(place, one)),
  ];
}

/** The script that `coped completion fish | source` reads. */
export const fish = (
  places: readonly Place[],
): string => `# Completion of coped for fish; made by \`npx coped completion fish\`.
function __coped_at
  set -l at ''
  set -l place 0
  set -l skip
  for word in (commandline -opc)[2..-1]
    if test -n "$skip"
      set skip
      continue
    end
    # What stands after two dashes belongs to another program.
    test "$word" = --; and return 1
    switch "$at:$word"
${places.flatMap(steps).join('\n')}
      case '*:-*'
      case '*'
        set place (math $place + 1)
    end
  end
  string match -q -- $argv[1] "$at:$place"
end
complete -c coped -f
${places.flatMap(offers).join('\n')}
`;
