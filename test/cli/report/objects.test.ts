import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entriesOf } from '../../../cli/report/sections/objects';
import { withoutValues } from '../../../cli/report/without-values';
import { toYaml } from '../../../lib/output/yaml';
import { readable, section, seen } from './seen-once';

const shown = [...section('objects').matchAll(/<summary>(.*?)<\/summary>\n<pre[^>]*>([\s\S]*?)<\/pre>/g)].map(
  ([, summary = '', yaml = '']) => ({ summary: readable(summary), yaml }),
);

/** What is left when somebody chooses an environment: everything but the parts that are marked as those of others. */
function of(number: number, yaml: string): string {
  const hidden: boolean[] = [];
  return readable(
    yaml.replace(/<span class="([^"]*)"[^>]*>|<\/span>|[^<]+/g, (part, classes?: string) => {
      if (part === '</span>') hidden.pop();
      else if (classes === undefined) return hidden.some(Boolean) ? '' : part;
      else hidden.push(/\be\d/.test(classes) && !classes.split(' ').includes(`e${number}`));
      return '';
    }),
  );
}

test.each(
  seen.map(({ name }, number) => ({ name, number })),
)('whoever chooses $name reads what is in dist', ({ name, number }) => {
  const entries = entriesOf(seen);
  expect(shown).toHaveLength(entries.length);
  const documents = seen[number]?.files.flatMap((file) =>
    readFileSync(join(__dirname, '../../../dist', name, file.name), 'utf8')
      .replace(/^#.*\n/, '')
      .split(/^---\n/m),
  );
  const read = entries.flatMap(({ versions }, i) =>
    versions[number] && versions[number].kind !== 'Secret' ? [of(number, shown[i]?.yaml ?? '')] : [],
  );
  expect([...read].sort()).toEqual(documents?.filter((one) => !/^kind: Secret$/m.test(one)).sort());
});

test('of a Secret the keys are shown', () => {
  const secrets = entriesOf(seen).flatMap(({ versions }) =>
    versions.filter((version) => version?.kind === 'Secret'),
  );
  expect(secrets.length).toBeGreaterThan(5);
  for (const secret of secrets) {
    const yaml = secret ? toYaml(withoutValues(secret)) : '';
    expect(yaml).toContain(`${Object.keys(secret?.data)[0]}: (not shown here)`);
    expect(shown.map((one) => of(0, one.yaml))).toContain(yaml);
  }
});

test('values that are not encoded yet are left out as well', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { key: 'value' } };
  expect(withoutValues(secret)['stringData']).toEqual({ key: '(not shown here)' });
});

test('each object can be found by its kind, component and tier', () => {
  const entries = entriesOf(seen);
  const job = entries.find(({ kind, component }) => kind === 'Job' && component === 'postgres-bootstrap');
  expect(job).toMatchObject({ name: 'postgres-bootstrap', tier: 'data', file: '20-data.k8s.yaml' });
  // Its name changes with every release: it is one object nevertheless.
  expect(job?.versions.every(Boolean)).toBe(true);
  expect(entries.filter(({ kind }) => kind === 'Namespace')).toHaveLength(1);
  expect(entries.filter(({ tier }) => tier === 'none')).toEqual([]);
  expect(entries.find(({ kind, name }) => kind === 'ConfigMap' && name === 'backup')?.component).toBe(
    'backup',
  );
  const section = shown.find(({ summary }) => summary.startsWith('CronJob migrate'));
  expect(section?.summary).toBe('CronJob migrate 50-operations.k8s.yaml · only staging and production');
});
