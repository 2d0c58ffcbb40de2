import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfTree, sourceFolders } from '../copy';

// Does what docs/add-a-component.md tells people to do, with the code that stands there, in a copy.

const HOUSE = join(__dirname, '..', '..');
const PAGE = readFileSync(join(HOUSE, 'docs', 'add-a-component.md'), 'utf8');
/** The blocks of the page, in order. */
const blocks = [...PAGE.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, block = '']) => block);
const [
  component = '',
  script = '',
  network = '',
  secret,
  fake,
  value,
  account,
  reference,
  settings = '',
  image,
  data = '',
  django = '',
  refused = '',
] = blocks;
/** What a block leaves out stands for what is there already. */
const pieces = (block: string): string[] => block.split(/^ *…\n/m);

let copy: string;
beforeAll(() => {
  copy = copyOfTree(['main.ts', 'tsconfig.json', ...sourceFolders, 'dist', 'imports']);
});
afterAll(() => rmSync(copy, { recursive: true }));

const run = (...words: string[]): SpawnSyncReturns<string> =>
  spawnSync('node', words, { cwd: copy, encoding: 'utf8' });

/** Puts a text behind another one that is there. */
function behind(path: string, anchor: string, ...added: (string | undefined)[]): void {
  const text = readFileSync(join(copy, 'lib', path), 'utf8');
  expect(text).toContain(anchor);
  writeFileSync(
    join(copy, 'lib', path),
    text.replace(anchor, () => anchor + added.join('')),
  );
}
const instead = (path: string, from: string, to: string) => {
  behind(path, from, '');
  const text = readFileSync(join(copy, 'lib', path), 'utf8');
  writeFileSync(join(copy, 'lib', path), text.replace(from, to));
};

test('the worked example is refused for its quotas, as the page says; with larger ones it is written, and compiles', () => {
  mkdirSync(join(copy, 'lib', 'components', 'redis'));
  writeFileSync(join(copy, 'lib', 'components', 'redis.ts'), component);
  writeFileSync(join(copy, 'lib', 'components', 'redis', 'start.sh'), script);

  const [, name, , flow] = pieces(network);
  behind('network/flows.ts', 'componentNames = [\n', name);
  behind('network/flows.ts', 'flows: readonly Flow[] = [\n', flow);
  behind('components/secrets.ts', "password('postgres-owner', 'Owns the tables: migrations.'),\n", secret);
  behind('components/secrets.ts', '    postgresOwner: fake,\n', fake);
  behind('environments/development.ts', "postgresOwner: 'fake-owner-of-tables',\n", value);

  behind('../cli/secrets/accounts.ts', '  djangoSecretKey: undefined,\n', account);
  behind('environments/images.ts', '  elasticsearch: image,\n', reference);
  const [settingsImport, setting] = pieces(settings);
  behind('environments/environment.ts', "import { z } from 'zod';\n", settingsImport);
  behind('environments/environment.ts', '  elasticsearch: elasticsearchSettings,\n', setting);
  const folder = join(copy, 'lib', 'environments', 'images');
  for (const file of readdirSync(folder)) {
    const images = { ...JSON.parse(readFileSync(join(folder, file), 'utf8')), ...JSON.parse(`{${image}}`) };
    writeFileSync(join(folder, file), JSON.stringify(images));
  }

  const [dataImport, field, construct] = pieces(data);
  behind('tiers/data.ts', "import { Chart } from 'cdk8s';\n", dataImport);
  behind('tiers/data.ts', '  readonly elasticsearch: ElasticsearchConnection;\n', field);
  instead('tiers/data.ts', '    this.elasticsearch =', `${construct}    this.elasticsearch =`);
  instead(
    'tiers/web.ts',
    '{ postgres, elasticsearch }: DataTier',
    '{ postgres, elasticsearch, redis }: DataTier',
  );
  behind('tiers/web.ts', '      elasticsearch,\n', '      redis,\n');
  const [djangoImport, prop, variables, file] = pieces(django);
  behind('components/django.ts', "import { Construct } from 'constructs';\n", djangoImport);
  behind('components/django.ts', '  readonly elasticsearch: ElasticsearchConnection;\n', prop);
  instead('components/django.ts', 'elasticsearch, realSecrets }', 'elasticsearch, redis, realSecrets }');
  behind('components/django.ts', '      ELASTIC_USER: elasticsearch.user,\n', variables);
  behind('components/django.ts', "          'sql-password': password,\n", file);

  const first = run('-r', './cli/register.js', 'main.ts');
  expect(first.status).toBe(1);
  expect(first.stderr).toContain(refused.replace('$ npm run synth\n', '').trim());

  instead('environments/development.ts', "storage: '3Gi'", "storage: '4Gi'");
  instead('environments/staging.ts', "storage: '30Gi'", "storage: '31Gi'");
  expect(run('-r', './cli/register.js', 'main.ts')).toMatchObject({ status: 0, stderr: expect.anything() });
  expect(readFileSync(join(copy, 'dist', 'production', '20-data.k8s.yaml'), 'utf8')).toContain('redis');

  writeFileSync(
    join(copy, 'lib.json'),
    '{ "extends": "./tsconfig.json", "include": ["main.ts", "cli", "imports"] }',
  );
  expect(run('node_modules/typescript/bin/tsc', '--project', 'lib.json', '--noEmit').stdout).toBe('');
});
