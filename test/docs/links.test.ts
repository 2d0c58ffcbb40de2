import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { filesIn, sourceFolders } from '../copy';
import { pages } from '../e2e/docs/pages';

const ROOT = join(__dirname, '..', '..');
const exists = (path: string) => existsSync(join(ROOT, path));

/** A page without its blocks of code; lines stay where they are. */
const prose = (markdown: string): string =>
  markdown.replace(/^( *)```.*?^ *```$/gms, (block) => block.replaceAll(/[^\n]/g, ''));

/** The anchors that GitHub gives to headings. */
function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of prose(markdown).matchAll(/^#{1,6} (.+)$/gm)) {
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = words.replaceAll(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-');
    let name = anchor;
    for (let count = 1; anchors.has(name); count += 1) name = `${anchor}-${count}`;
    anchors.add(name);
  }
  return anchors;
}

const anchors = new Map(pages.map(({ path, text }) => [path, anchorsOf(text)]));

/** Whether a link of a page leads to something that exists. */
function leadsSomewhere(page: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? page : normalize(join(dirname(page), decodeURI(file)));
  return exists(path) && (anchor === undefined || (anchors.get(path)?.has(anchor) ?? false));
}

const linksIn = (markdown: string): string[] => {
  const text = prose(markdown).replaceAll(/(?<!`)`[^`\n]+`(?!`)/g, '');
  return [/\]\(\s*([^)\s]+)\s*\)/g, /^\[[^\]]+\]: (\S+)/gm, /\b(?:src|srcset|href)="([^"]+)"/g].flatMap(
    (pattern) => [...text.matchAll(pattern)].map(([, target = '']) => target),
  );
};

describe.each(pages)('$path', ({ path: page, text }) => {
  const links = linksIn(text);

  test('every link to a file or a heading of this repository leads there', () => {
    const own = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(own.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  test('every link to elsewhere is https', () => {
    const others = links.filter((link) => /^[a-z]+:/.test(link));
    expect(others.filter((link) => !link.startsWith('https://'))).toEqual([]);
  });

  test('every file and folder that is named is there', () => {
    // What a worked example adds.
    const example = /\/(valkey|training|clear-sessions|applications\/coped)\b/;
    const named = [...prose(text).matchAll(/`((?:[a-z.]+\/)+[\w.-]*)`/g)].map(([, path = '']) => path);
    const folders = readdirSync(ROOT);
    const own = named.filter((path) => folders.includes(path.split('/')[0] as string) && !example.test(path));
    // Made by a command, and not committed.
    expect(own.filter((path) => !exists(path) && !path.startsWith('node_modules/'))).toEqual([]);
  });
});

test('pages that are written by hand lead to these places and no others: a new one deserves a look', () => {
  const written = pages.filter(({ text }) => !text.startsWith('<!-- Made by'));
  const links = written.flatMap(({ text }) => linksIn(text)).filter((link) => link.startsWith('https:'));
  expect([...new Set(links.map((link) => new URL(link).host))].sort()).toMatchSnapshot();
});

test('every page that a message names exists, and so does the heading', () => {
  const sources = filesIn([...sourceFolders, 'app', 'scripts', 'test/e2e'], /\.(ts|sh|py|yml)$/).map((path) =>
    readFileSync(join(ROOT, path), 'utf8'),
  );
  const named = new Set(sources.flatMap((source) => source.match(/\bdocs\/[\w/-]+\.md(?:#[\w-]+)?/g) ?? []));
  expect([...named].length).toBeGreaterThan(3);
  expect([...named].filter((target) => !leadsSomewhere('README.md', target))).toEqual([]);
});

test('a link that leads nowhere is found', () => {
  expect(leadsSomewhere('docs/deploy.md', 'decisions/0001-environments-are-typed-values.md')).toBe(true);
  expect(leadsSomewhere('docs/deploy.md', '#roll-back')).toBe(true);
  expect(leadsSomewhere('docs/deploy.md', '#no-such-heading')).toBe(false);
  expect(leadsSomewhere('docs/deploy.md', 'README.md')).toBe(false);
  expect(linksIn('[a](b.md) `[c](d.md)` <img src="e.svg">')).toEqual(['b.md', 'e.svg']);
});
