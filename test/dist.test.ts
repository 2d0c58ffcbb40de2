import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../lib/environments';
import { filesOf } from '../lib/output/files';
import { localIngressController } from '../local/traefik';
import { synthesize } from '../rules/synthesize';

const folders = [...synthesize(environments), { name: 'local', files: filesOf(localIngressController()) }];

// dist/ is the golden copy that reviewers read: `npm run synth` and commit what changed.
describe.each(folders)('dist/$name', ({ name, files }) => {
  const folder = join(__dirname, '..', 'dist', name);

  test('holds exactly the files that are synthesized', () => {
    expect(readdirSync(folder).sort()).toEqual(files.map((file) => file.name));
  });

  test.each(files)('$name is what the sources synthesize', (file) => {
    expect(readFileSync(join(folder, file.name), 'utf8')).toBe(file.text);
  });
});

test('dist holds nothing else', () => {
  expect(readdirSync(join(__dirname, '..', 'dist')).sort()).toEqual(folders.map(({ name }) => name).sort());
});

test('synthesizing twice gives the same bytes', () => {
  const text = () => synthesize(environments).flatMap(({ files }) => files.map((file) => file.text));
  expect(text()).toEqual(text());
});
