import { join } from 'node:path';
import { page as pageWith } from '../../../cli/report/page';
import { picturesOf, type Seen, seenNow } from '../../../cli/report/seen';

/** The environments, and the page about them without pictures, made once for all tests of a file. */
export const seen: readonly Seen[] = seenNow(join(__dirname, '..', '..', '..'));
export const page = (seen: readonly Seen[]): string => pageWith(seen, new Map());
export const text: string = page(seen);

/** With pictures, which take a moment. */
export const whole = async (seen: readonly Seen[]): Promise<string> => pageWith(seen, await picturesOf(seen));

/** A part of the page, by its id. */
export const section = (id: string, of = text): string =>
  of.split('<section id="').find((part) => part.startsWith(`${id}"`)) ?? '';

/** What a reader sees of HTML. */
export const readable = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

const HOSTILE = `<img src=x onerror="document.title='hacked'">\u202e\x1b[2J`;

/** Environments in which names of a component and its image contain markup. */
export const hostile = (): Seen[] =>
  JSON.parse(JSON.stringify(seen), (key, value) => {
    if (key === 'outsiders' || key === 'flows') return value;
    return value === 'web' || (key === 'image' && value.includes('django')) ? `${value}${HOSTILE}` : value;
  });
