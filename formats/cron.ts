/** Bounds of the five fields of a schedule, and the names for numbers. */
const FIELDS = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, words: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { name: 'day of the week', from: 0, to: 7, words: 'sun mon tue wed thu fri sat'.split(' ') },
];
type Field = (typeof FIELDS)[number];

const DAYS = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Why a schedule is none, or never comes; undefined for a good one. */
export function cronFault(schedule: string): string | undefined {
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/.test(schedule)) return undefined;
  const texts = schedule.trim().split(/\s+/);
  if (texts.length !== FIELDS.length) return 'has not five fields';
  const values = FIELDS.map((field, i) => numbers(texts[i] ?? '', field));
  const wrong = FIELDS.find((_, i) => values[i] === undefined);
  if (wrong) return `has no ${wrong.name} from ${wrong.from} to ${wrong.to}`;
  const [, , days = [], months = []] = values;
  const anyWeekday = /^[*?]$/.test(texts[4] ?? '');
  const comes = months.some((month) => days.some((day) => day <= (DAYS[month] ?? 0)));
  return comes || !anyWeekday ? undefined : 'is a day that no month has';
}

/** All that a field means: lists of numbers and ranges, each perhaps with a step. */
function numbers(text: string, field: Field): number[] | undefined {
  const all: number[] = [];
  for (const item of text.toLowerCase().split(',')) {
    const [, start = '', end, step = '1'] = /^([*?]|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(item) ?? [];
    const open = /^[*?]$/.test(start);
    const from = open ? field.from : number(start, field);
    // 5/15 goes on to the end.
    const to = open || (item.includes('/') && end === undefined) ? field.to : number(end ?? start, field);
    if (from < field.from || to > field.to || !(from <= to) || Number(step) === 0) return undefined;
    for (let n = from; n <= to; n += Number(step)) all.push(n);
  }
  return all;
}

const number = (word: string, { from, words = [] }: Field): number =>
  words.includes(word) ? words.indexOf(word) + from : /^\d+$/.test(word) ? Number(word) : Number.NaN;
