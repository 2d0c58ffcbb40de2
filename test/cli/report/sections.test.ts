import { matrix } from '../../../checker/reachability/matrix';
import { allowances } from '../../../cli/report/sections/budgets';
import { withoutValues } from '../../../cli/report/sections/objects';
import { quantity } from '../../../formats/quantity';
import { toYaml } from '../../../lib/output/yaml';
import { rules } from '../../../rules';
import { exceptions } from '../../../rules/exceptions';
import { page, readable, section, seen } from './seen-once';

const [development, , production] = seen;

/** The rows of the tables of a section, as text. */
const rowsOf = (id: string): string[][] =>
  [...section(id).matchAll(/<tr><th scope="row">([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    row
      .split(/<\/th>|<\/td>/)
      .slice(0, -1)
      .map(readable),
  );

test('each environment has a column with its pods, disks, images and addresses', () => {
  const rows = new Map(rowsOf('environments').map(([name = '', ...cells]) => [name, cells]));
  expect(rows.get('web')).toEqual([
    expect.stringContaining('Deployment, 1 pod'),
    expect.stringContaining('Deployment, 2–4 pods'),
    expect.stringContaining('Deployment, 3–10 pods'),
  ]);
  expect(rows.get('postgres')?.[2]).toMatch(/a disk of 50Gi[\s\S]*docker\.io\/library\/postgres:17/);
  expect(rows.get('Ingress')?.[2]).toContain('coped.example.org');
  expect(rows.get('backup')?.[0]).toBe('not here');
  expect(rows.get('objects')?.[2]).toContain('8 are expected in the cluster');
});

test('of a digest the start is shown, and the whole of it in the YAML', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  const pinned: typeof seen = JSON.parse(JSON.stringify(seen), (key, value) =>
    key === 'image' && value.includes('/postgres:') ? `${value}@${digest}` : value,
  );
  const text = page(pinned);
  const cells = readable(section('environments', text).replaceAll('<wbr>', ''));
  expect(cells).toMatch(/\/postgres:[\w.-]+@sha256:0123456789ab…\n?/);
  expect(cells).not.toContain(digest);
  expect(section('objects', text)).toContain(`@${digest}`);
});

test('allowed connections are those of the policies, with the reasons of the flow table', () => {
  const rows = rowsOf('flows');
  expect(rows).toContainEqual(['api', 'postgres', '5432', 'Django keeps its data there']);
  const titles = [...section('flows').matchAll(/<h3>(.*?)<\/h3>/g)].map(([, title]) => title);
  expect(titles).toEqual(['development', 'staging, production']);
  const pairs = [development, production].flatMap((one) => {
    const known = Object.entries(one?.subject.outsiders ?? {}).flatMap(([name, [peer]]) =>
      peer ? [[name, peer] as const] : [],
    );
    return matrix(one?.subject.manifests ?? [], Object.fromEntries(known));
  });
  const shown = rows.flatMap(([from, to, ports = '']) =>
    ports.split(', ').map((port) => `${from} -> ${to}:${port}`),
  );
  expect(shown.sort()).toEqual(pairs.map((one) => one.replace('/TCP', '')).sort());
});

test('a peer that only a policy allows is shown', () => {
  const opened = seen.map((one) => ({
    ...one,
    subject: {
      ...one.subject,
      manifests: one.subject.manifests.map((manifest) =>
        manifest.kind === 'NetworkPolicy' && manifest.metadata.name === 'postgres'
          ? { ...manifest, spec: { ...Object(manifest['spec']), ingress: [{}] } }
          : manifest,
      ),
    },
  }));
  expect(readable(section('flows', page(opened)))).toContain('the internet');
});

test('budgets are those that the rules check: what fits exactly is full', () => {
  for (const one of seen) {
    const found = allowances(one);
    expect(found.length).toBeGreaterThan(8);
    for (const { used, allowed } of found) expect(used).toBeLessThanOrEqual(allowed);
    const cpu = found.find(({ resource }) => resource === 'cpu');
    const exact = { ...one.subject, budget: { cpu: String(cpu?.used), memory: '100Gi' } };
    const less = { ...exact, budget: { ...exact.budget, cpu: String((cpu?.used ?? 0) - 0.001) } };
    const budget = rules.find(({ id }) => id === 'budget');
    expect(budget?.find(exact)).toEqual([]);
    expect(budget?.find(less)).toHaveLength(1);
  }
  const [storage] = seen
    .slice(-1)
    .flatMap(allowances)
    .filter(({ resource }) => resource === 'requests.storage');
  expect(storage).toMatchObject({ used: quantity('250Gi'), allowed: quantity('300Gi') });
});

test('every object of every environment is there, as in dist', () => {
  const shown = readable(section('objects'));
  for (const { files } of seen) {
    for (const manifest of files.flatMap(({ manifests }) => manifests)) {
      if (manifest.kind !== 'Secret') expect(shown).toContain(toYaml(manifest));
    }
  }
});

test('of a Secret the keys are shown', () => {
  for (const field of ['data', 'stringData']) {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, [field]: { key: 'value' } };
    expect(withoutValues(secret)[field]).toEqual({ key: '(not shown here)' });
  }
});

test('every rule and exception is there, with what, why and what to do', () => {
  const text = readable(section('checks'));
  for (const { id, what, why, remedy } of rules) {
    for (const said of [id, what, why, remedy]) expect(text).toContain(said.replaceAll('`', ''));
  }
  for (const { reason, path } of exceptions) {
    expect(text).toContain(reason);
    expect(text).toContain(path);
  }
});
