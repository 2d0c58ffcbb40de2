import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import { KubePod } from 'cdk8s-plus-27/lib/imports/k8s';
import type { Construct } from 'constructs';
import { SecretValue } from '../../../checker/secrets/secret-value';
import { make } from '../../../lib/kubernetes/object';
import { toYaml } from '../../../lib/output/yaml';
import { sourceFolders } from '../../copy';
import { objectsOf } from '../../support';

const TEXT = 'correct-horse-battery';
const secret = new SecretValue(TEXT);

test.each<[string, () => unknown]>([
  ['String()', () => String(secret)],
  ['a template', () => `${secret}`],
  ['+', () => `x${secret}`],
  ['join', () => [secret].join()],
  ['inspect', () => inspect(secret)],
  ['inspect of everything', () => inspect({ secret }, { showHidden: true, depth: 9 })],
  [
    'inspect without its own inspect method',
    () => inspect({ secret }, { showHidden: true, customInspect: false }),
  ],
  ['console.log', () => format('%s %o %O %j', secret, secret, secret, {})],
  ['its keys', () => JSON.stringify([Reflect.ownKeys(secret), Object.entries(secret)])],
  ['a spread', () => JSON.stringify({ ...secret })],
  ['a clone', () => JSON.stringify(structuredClone(secret))],
  ['an error’s cause', () => inspect(new Error('x', { cause: secret }))],
])('%s does not show it', (_, show) => {
  expect(show()).not.toContain(TEXT);
});

test.each<[string, () => unknown]>([
  ['JSON', () => JSON.stringify({ deep: [secret] })],
  ['our YAML', () => toYaml({ deep: [secret] })],
])('%s refuses it, and says what to do', (_, write) => {
  expect(write).toThrow('a secret value must not be written anywhere; refer to the Secret that holds it');
});

test.each<[string, (scope: Construct) => unknown]>([
  [
    'a ConfigMap',
    (scope) => make(scope, 'x', 'ConfigMap', { metadata: { name: 'web' }, data: { a: secret as never } }),
  ],
  [
    'a variable, by a class of cdk8s-plus',
    (scope) =>
      new KubePod(scope, 'x', {
        metadata: { name: 'web' },
        spec: { containers: [{ name: 'a', env: [{ name: 'A', value: secret as never }] }] },
      }),
  ],
  [
    'an annotation',
    (scope) =>
      make(scope, 'x', 'Service', { metadata: { name: 'web', annotations: { a: secret as never } } }),
  ],
])('forced into %s it stops the synth, which names the object', (_, build) => {
  const synth = () => objectsOf(build);
  expect(synth).toThrow(/with name 'web': Error: a secret value must not be written/);
  expect(synth).not.toThrow(TEXT);
});

test('each purpose reveals it in one place', () => {
  const root = join(__dirname, '..', '..', '..');
  const calls = [...sourceFolders, 'scripts', 'test/e2e'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) =>
        Array.from(
          readFileSync(join(root, folder, path), 'utf8').matchAll(/\.reveal\(([^)]*)\)/g),
          ([, purpose]) => [purpose, join(folder, path)],
        ),
      ),
  );
  expect(Object.fromEntries(calls)).toEqual({
    "'check whether it is good enough'": 'cli/secrets/strength.ts',
    "'recognize it elsewhere'": 'checker/secrets/known.ts',
    "'write it to the standard input of a program'": 'cli/secrets/stored-secret.ts',
  });
  expect(calls).toHaveLength(3);
});
