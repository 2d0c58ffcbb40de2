import { matrix } from '../../../checker/reachability/matrix';
import { allowances } from '../../../cli/report/sections/budgets';
import { quantity } from '../../../formats/quantity';
import { rules } from '../../../rules';
import { differences } from '../../../rules/allowed-differences';
import { exceptions } from '../../../rules/exceptions';
import { page, readable, section, seen } from './seen-once';

const [development, staging, production] = seen;

test('each environment has a column: what runs, how often, on which disks, at which address', () => {
  const rows = new Map(
    [...section('environments').matchAll(/<th role="rowheader"[^>]*>(.*?)<\/th>([\s\S]*?)<\/tr>/g)].map(
      ([, name = '', cells = '']) => [name, cells.split('</td>').map(readable)],
    ),
  );
  expect(rows.get('web')).toEqual([
    expect.stringContaining('Deployment, 1 pod'),
    expect.stringContaining('Deployment, 2–4 pods'),
    expect.stringContaining('Deployment, 3–10 pods'),
    '',
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

test('who may talk to whom is what the policies say', () => {
  const [, ...parts] = section('flows').split('<div class="flows">');
  expect(parts.map((part) => /<h3>(.*?)<\/h3>/.exec(part)?.[1])).toEqual([
    'development',
    'staging and production',
  ]);
  parts.forEach((part, i) => {
    const columns = [...part.matchAll(/<span data-party="\d+">(.*?)<\/span>/g)].map(([, name]) => name);
    const shown = [...part.matchAll(/<button[^>]*>(.*?)<\/button><\/th>([\s\S]*?)<\/tr>/g)].flatMap(
      ([, from, cells = '']) =>
        cells
          .split('</td>')
          .map(readable)
          .flatMap((ports, column) =>
            ports === '' ? [] : ports.split(', ').map((port) => `${from} -> ${columns[column]}:${port}`),
          ),
    );
    const { manifests, outsiders = {} } = (i === 0 ? development : production)?.subject ?? { manifests: [] };
    const known = Object.fromEntries(
      Object.entries(outsiders).flatMap(([name, [peer]]) => (peer ? [[name, peer]] : [])),
    );
    expect(shown.sort()).toEqual(
      matrix(manifests, known)
        .map((one) => one.replace('/TCP', ''))
        .sort(),
    );
  });
});

test('both sides of a component are said in words, with the reasons', () => {
  const words = readable(section('flows')).replace(/\s+/g, ' ');
  expect(words).toContain(
    'api may call postgres at 5432: Django keeps its data there elasticsearch at 9200: Django searches and indexes there dns at 53/UDP and 53: finds the services above by name and may be called by',
  );
  expect(words).toContain('postgres may call nobody and may be called by');
});

test('a policy that lets somebody else in shows, although no table knows him', () => {
  const opened = seen.map((one) => ({
    ...one,
    subject: {
      ...one.subject,
      manifests: one.subject.manifests.map((manifest) =>
        manifest.kind === 'NetworkPolicy' && manifest.metadata.name === 'postgres'
          ? { ...manifest, spec: { ...manifest['spec'], ingress: [{}] } }
          : manifest,
      ),
    },
  }));
  expect(readable(section('flows', page(opened)))).toContain('the internet');
});

test('budgets are those that the rules judge: what fits exactly is full', () => {
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
  const storage = allowances(production ?? fail()).find(({ resource }) => resource === 'requests.storage');
  expect(storage).toMatchObject({ used: quantity('250Gi'), allowed: quantity('300Gi') });
});

test('every declared difference is there, with its reason and both values', () => {
  const text = readable(section('differences'));
  for (const { places, why } of differences) {
    expect(text).toContain(why.replaceAll('`', ''));
    for (const place of places) expect(text).toContain(place);
  }
  const [, replicas = ''] = section('differences').split('Deployment/dashboards spec.replicas');
  expect(replicas).toMatch(/data-head="staging">1<[\s\S]*?data-head="production">2</);
  expect([staging?.shapeOf, development?.shapeOf]).toEqual(['production', undefined]);
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

const fail = (): never => {
  throw new Error('there is no such environment');
};
