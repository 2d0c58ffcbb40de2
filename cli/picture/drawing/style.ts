import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// Text has a contrast of at least 4.5 with its background, lines of at least 3.
import { dark, light } from './themes.json';

/**
 * The style sheet inside a picture. It has its own background: a page may be dark where the system is light, and an
 * image cannot know that. Without support for media queries it is the light one.
 */
export const styleSheet = (): string =>
  `${read('style.css')}${colours(light)}@media(prefers-color-scheme:dark){${colours(dark)}}`;

const colours = (theme: Readonly<Record<string, string>>): string =>
  read('colours.css').replace(/\$(\w+)/g, (_, name) => theme[name] ?? '');

const read = (name: string): string => readFileSync(join(__dirname, name), 'utf8').replaceAll('\n', '');
