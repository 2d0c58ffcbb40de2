import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { leakIn } from '../../../checker/secrets/leaks';

const samples = (name: string): [title: string, text: string][] =>
  Object.entries(parse(readFileSync(join(__dirname, name), 'utf8')) as Record<string, string>);

test.each(samples('leaks.yaml'))('finds the secret in %s', (_, text) => {
  expect(leakIn(text)).toBeDefined();
});

test.each(samples('harmless.yaml'))('finds none in %s', (_, text) => {
  expect(leakIn(text)).toBeUndefined();
});

const URL = 'postgres://coped:Kx9mQz72Lp@postgres/coped';
const base64 = Buffer.from(`DB_PASSWORD=Kx9mQz72Lp\nDATABASE_URL=${URL}\n`).toString('base64');

test.each([
  ['Base64, folded at 40 columns', base64.replace(/.{40}/g, '$&\n')],
  ['Base64, folded and indented', base64.replace(/.{48}/g, '$&\n      ')],
  [
    'hexadecimal digits with colons',
    Buffer.from(URL)
      .toString('hex')
      .replace(/..(?=.)/g, '$&:'),
  ],
  [
    'escapes of JSON',
    [...'password: Kx9mQz72Lp'].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  ],
])('finds the secret in %s', (_, text) => {
  expect(leakIn(text)).toBeDefined();
});
