import type { Part, Plan } from '../../checker/plan';
import type { Entry } from '../../checker/plan/section';
import type { Paint } from '../terminal';

const WIDTH = 100;

/** A plan as a person reads it in a terminal; what is dangerous has an exclamation mark, with or without colours. */
export const asText = (
  { environment, summary, parts }: Plan,
  from: string,
  paint: Paint,
  to = 'the sources as they are now',
): string =>
  [
    `${paint('bold', `Release plan for ${environment}`)}, from ${from} to ${to}`,
    ...wrapped(summary, ''),
    ...parts.flatMap((part) => ['', ...ofPart(part, paint)]),
    '',
  ].join('\n');

const ofPart = ({ section, entries }: Part, paint: Paint): string[] => [
  paint('bold', section.title),
  ...wrapped(section.explanation, '').map((line) => paint('dim', line)),
  '',
  ...entries.flatMap((entry) => ofEntry(entry, paint)),
];

function ofEntry({ about, what, details = [], command, danger = false }: Entry, paint: Paint): string[] {
  const [first = '', ...rest] = wrapped(`${about}: ${what}`, '    ');
  return [
    `${danger ? paint('red', '  ! ') : '    '}${first.trim().replace(about, (name) => paint('bold', name))}`,
    ...rest,
    ...details.flatMap((detail) => {
      const [start = '', ...more] = wrapped(detail, '        ');
      return [`      - ${start.trim()}`, ...more];
    }),
    // Never wrapped: it is copied.
    ...(command ? [`      $ ${command}`] : []),
  ];
}

/** Lines of a text; words that are longer than a line stay whole. */
function wrapped(text: string, indent: string): string[] {
  const line = new RegExp(`(?! ).{1,${WIDTH - indent.length}}(?= |$)|\\S+`, 'gs');
  return (text.match(line) ?? ['']).map((part) => indent + part);
}
