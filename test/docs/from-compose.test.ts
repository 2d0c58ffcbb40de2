import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goodValue, SecretsCluster, secrets } from '../cli/secrets/fake-cluster';

// The page promises where each setting of a Compose .env file goes; `coped secrets … import` has to keep that.

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'from-compose.md'), 'utf8');
const ROW = /^\| ((?:`[A-Z_]+`(?:, )?)+) \| Secret `([\w-]+)`, key `([\w-]+)`/gm;

/** Variable → the Secret and key of the page. */
const promised = [...PAGE.matchAll(ROW)].flatMap(([, names = '', secret, key]) =>
  [...names.matchAll(/\w+/g)].map(([name]) => [name, `${secret}/${key}`] as const),
);

const imported = (text: string) => secrets(new SecretsCluster().answer, ['production', 'import', '-'], text);

test.each(promised)('%s goes into %s', async (name, path) => {
  const { code, output } = await imported(`${name}=${goodValue(1)}\n`);
  expect([code, output.trim()]).toEqual([0, `made  ${path}`]);
});

test.each(
  [...PAGE.matchAll(/^\| ((?:`[A-Z_]+`(?:, )?)+) \| (?!Secret)([^|]+) \|$/gm)].map(
    ([, names = '', now = '']) => [names, now],
  ),
)('%s: import says what the page says, if it says anything', async (names, now) => {
  for (const [name] of names.matchAll(/\w+/g)) {
    const { errors } = await imported(`SECRET_KEY=${goodValue(1)}\n${name}=x\n`);
    const said = new RegExp(`Ignored: ${name} is now (.*)`).exec(errors)?.[1];
    expect(now.startsWith(said ?? now)).toBe(true);
  }
});

test('every Secret of that page is one of these rows, and every old name that import knows is on it', async () => {
  const settings = PAGE.split('## Settings')[1] ?? '';
  expect(settings.match(/\| Secret `/g)).toHaveLength([...PAGE.matchAll(ROW)].length);
  const { errors } = await imported('DEBUG=0\n');
  const known = /Names of secrets: (.*)/.exec(errors)?.[1]?.split(', ') ?? [];
  const paths = ['POSTGRES', 'ELASTICSEARCH', 'DJANGO'].map(
    (server) => new RegExp(`^${server}_\\w+_(PASSWORD|KEY)$`),
  );
  const old = known.filter((name) => !paths.some((path) => path.test(name)));
  expect(old.length).toBeGreaterThan(2);
  expect(promised.map(([name]) => name)).toEqual(expect.arrayContaining(old));
});
