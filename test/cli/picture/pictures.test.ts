import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictures } from '../../../cli/picture/pictures';

const FOLDER = join(__dirname, '..', '..', '..', 'docs', 'pictures');

test('docs/pictures has a picture of every environment, and nothing else', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(pictures.map(({ name }) => `${name}.svg`).sort());
});

test('the README shows one of them, describes it in words, and links to the others', () => {
  const readme = readFileSync(join(FOLDER, '..', '..', 'README.md'), 'utf8');
  expect(readme).toMatch(/!\[[^\]]{80,}\]\(docs\/pictures\/production\.svg\)/);
  for (const { path } of pictures) expect(readme).toContain(`](${path})`);
});

describe.each(pictures)('$path', ({ name, text }) => {
  const svg = readFileSync(join(FOLDER, `${name}.svg`), 'utf8');

  test('is made of these sources; if not, run `npm run picture`', async () => {
    expect(svg).toBe(await text());
  });

  test('keeps its size in the README, whose column on GitHub has some 830 pixels', () => {
    expect(Number(/ width="(\d+)"/.exec(svg)?.[1])).toBeLessThanOrEqual(1.02 * 830);
  });

  test('is small and self-contained', () => {
    expect(Buffer.byteLength(svg)).toBeLessThan(60_000);
    expect(svg).not.toMatch(/<script|href|url\(|@import|<image|foreignObject/);
  });

  test('has a title and a description for screen readers', () => {
    expect(svg).toMatch(/^<svg [^>]* role="img" aria-labelledby="title desc">/);
    expect(svg).toContain(`<title id="title">COPED ${name}</title>`);
    expect(svg).toMatch(/<desc id="desc">[^<]*web to postgres at 5432\.[^<]*<\/desc>/);
  });
});
