import type { Part, Plan } from '../../checker/plan';
import type { Entry } from '../../checker/plan/section';

const WIDTH = 100;

/** A plan as a person reads it in a terminal; what is dangerous has an exclamation mark, with or without colours. */
export const asText = (
  { environment, summary, parts }: Plan,
  from: string,
  colours: boolean,
  to = 'the sources as they are now',
): string => {
  const style = styleOf(colours);
  return [
    `${style.bold(`Release plan for ${environment}`)}, from ${from} to ${to}`,
    ...wrapped(summary, ''),
    ...parts.flatMap((part) => ['', ...ofPart(part, style)]),
    '',
  ].join('\n');
};

const styleOf = (colours: boolean) => {
  const code = (start: number, end: number) => (text: string) =>
    colours ? `\x1b[${start}m${text}\x1b[${end}m` : text;
  return { bold: code(1, 22), faint: code(2, 22), red: code(31, 39) };
};
type Style = ReturnType<typeof styleOf>;

const ofPart = ({ section, entries }: Part, style: Style): string[] => [
  style.bold(section.title),
  ...wrapped(section.explanation, '').map(style.faint),
  '',
  ...entries.flatMap((entry) => ofEntry(entry, style)),
];

function ofEntry({ about, what, details = [], command, danger = false }: Entry, style: Style): string[] {
  const [first = '', ...rest] = wrapped(`${about}: ${what}`, '    ');
  return [
    `${danger ? style.red('  ! ') : '    '}${first.trim().replace(about, style.bold(about))}`,
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
