import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { html, inCode } from '../../../cli/report/html';
import { seenNow } from '../../../cli/report/seen';
import { publishedSecrets } from '../../../rules/published-secrets';
import { hostile, seen, whole } from './seen-once';

let text: string;
beforeAll(async () => {
  text = await whole(seen);
});

test('is small enough for an e-mail', () => {
  expect(Buffer.byteLength(text)).toBeLessThan(700_000);
});

test('the same sources give the same bytes', async () => {
  expect(await whole(seenNow())).toBe(text);
  expect(text).not.toContain(process.cwd());
});

test('needs no other file, and allows none', () => {
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text) ?? [];
  const hash = (tag: string) => {
    const [body = ''] = (text.split(`<${tag}>`)[1] ?? '').split(`</${tag}>`);
    return `'sha256-${createHash('sha256').update(body).digest('base64')}'`;
  };
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${hash('script')}`,
    `style-src ${hash('style')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ]);
  expect(text.match(/<script|<style/g)).toHaveLength(2);
  expect(text).not.toMatch(
    /<(img|link|iframe|object|embed|form|base)\b|\ssrc=|\sstyle=|\son\w+=|url\(|@import/,
  );
  // Links lead to places in the page, and to what the rules say is worth reading.
  const links = [...text.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
  expect(links.filter((href) => !/^(#[\w-]+|https:\/\/[\w./#?=&;%-]+)$/.test(href))).toEqual([]);
  for (const href of links.filter((one) => one.startsWith('#')))
    expect(text).toContain(`id="${href.slice(1)}"`);
});

test('its pictures are those of docs/', () => {
  for (const name of ['development', 'production']) {
    const svg = readFileSync(`${__dirname}/../../../docs/pictures/${name}.svg`, 'utf8');
    const [, shapes = ''] = /<\/style>\n([\s\S]*)\n<\/svg>/.exec(svg) ?? [];
    expect(shapes).toContain('postgres');
    expect(text).toContain(shapes);
  }
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
  expect(odd).toContain('&#60;img src=x onerror=');
  expect(odd).not.toContain('<img');
  expect(odd).not.toMatch(/<[^>]*\sonerror="/);
});

const HOSTILE = `<img src=x onerror="alert('1')">&amp;`;
const SAFE = '&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;amp;';

test('every value in a template is text', () => {
  expect(html`<b title="${HOSTILE}">${HOSTILE}</b>`.text).toBe(`<b title="${SAFE}">${SAFE}</b>`);
  expect(html`${[HOSTILE, [html`<i>${HOSTILE}</i>`]]}`.text).toBe(`${SAFE}<i>${SAFE}</i>`);
  expect(html`${inCode('run `a <b>` now')}`.text).toBe('run <code>a &#60;b&#62;</code> now');
});

test('nothing is no text, and zero is one', () => {
  expect(html`a${undefined}b${0}c${''}d${[]}`.text).toBe('ab0cd');
});
