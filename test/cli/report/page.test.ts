import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seenNow } from '../../../cli/report/seen';
import { publishedSecrets } from '../../../rules/published-secrets';
import { hostile, seen, whole } from './seen-once';

let text: string;
beforeAll(async () => {
  text = await whole(seen);
});

test('is small enough to be sent to somebody', () => {
  expect(Buffer.byteLength(text)).toBeLessThan(500_000);
});

test('the same sources give the same bytes', async () => {
  expect(await whole(seenNow())).toBe(text);
  expect(text).not.toContain(process.cwd());
});

test('needs no other file, and allows none', () => {
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text) ?? [];
  const sources = policy.split('; ').map((directive) => directive.split(' '));
  const hash = (tag: string) => {
    const [body = ''] = (text.split(`<${tag}>`)[1] ?? '').split(`</${tag}>`);
    return `'sha256-${createHash('sha256').update(body).digest('base64')}'`;
  };
  expect(sources).toEqual([
    ['default-src', "'none'"],
    ['script-src', hash('script')],
    ['style-src', hash('style')],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
    ['require-trusted-types-for', "'script'"],
  ]);
  expect(text.match(/<script|<style/g)).toHaveLength(2);
  expect(text).not.toMatch(
    /<(img|link|iframe|object|embed|form|base)\b|\ssrc=|\sstyle=|\son\w+=|url\(|@import/,
  );
  // Links are followed only by people: to places in the page, and to what the rules say is worth reading.
  const links = [...text.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
  expect(links.filter((href) => !/^(#[\w-]+|https:\/\/[\w./#?=&;%-]+)$/.test(href))).toEqual([]);
});

test('its pictures are those of docs/', () => {
  for (const name of ['development', 'production']) {
    const svg = readFileSync(join(__dirname, '../../../docs/pictures', `${name}.svg`), 'utf8');
    const [, shapes = ''] = /<\/style>\n([\s\S]*)\n<\/svg>/.exec(svg) ?? [];
    expect(shapes).toContain('data-name="postgres"');
    expect(text).toContain(shapes);
  }
});

test('every place that a link or a description leads to is there, once', () => {
  const ids = [...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  expect(ids).toEqual([...new Set(ids)]);
  const wanted = [...text.matchAll(/(?:href="#|aria-(?:labelledby|describedby)=")([^"]*)"/g)];
  expect(wanted.length).toBeGreaterThan(30);
  expect(wanted.map(([, id]) => id).filter((id) => !ids.includes(id))).toEqual([]);
});

test('no value of a secret is in it, not even a fake one', () => {
  expect(publishedSecrets.length).toBeGreaterThan(5);
  for (const secret of publishedSecrets) {
    const value = secret.reveal('recognize it elsewhere');
    expect(text).not.toContain(value);
    expect(text).not.toContain(Buffer.from(value).toString('base64'));
  }
});

test('names are text, whatever they are', async () => {
  const odd = await whole(hostile());
  expect(odd).toContain('&lt;img src=x onerror=');
  expect(odd).not.toContain('<img');
  expect(odd).not.toMatch(/<[^>]*\sonerror="/);
});
