import { heap } from '../../../../checker/rules/software/heap';
import { broken, found, main, withMore } from '../../fixture';

const PATH = 'StatefulSet/elasticsearch spec.template.spec.containers[elasticsearch]';
/** What is wrong with the value of a variable; the container has this much memory. */
const withVariable = (name: string, value: string, memory = '256Mi') =>
  found(
    heap,
    broken('StatefulSet/elasticsearch', (elasticsearch) => {
      main(elasticsearch).env = [{ name, value }];
      main(elasticsearch).resources.limits.memory = memory;
    }),
  );

test('refuses a heap of Elasticsearch above half of the memory', () => {
  expect(withVariable('ES_JAVA_OPTS', '-Xms128m -Xmx128m')).toEqual([]);
  expect(withVariable('ES_JAVA_OPTS', '-Xms129m -Xmx129m')).toEqual([
    [`${PATH}.env[ES_JAVA_OPTS]`, '-Xmx129m', 'is more than 50 % of the memory limit, 256Mi'],
  ]);
  expect(withVariable('ES_JAVA_OPTS', '-Xms131073k -Xmx131073k')).toHaveLength(1);
  // The last one wins.
  expect(withVariable('ES_JAVA_OPTS', '-Xms64m -Xmx1g -Xmx64m')).toEqual([]);
});

test('refuses a heap that changes its size', () => {
  const differ = 'is a heap that changes its size: -Xms and -Xmx differ';
  for (const value of ['-Xms64m -Xmx128m', '-Xmx128m', '-Xms64m']) {
    expect(withVariable('ES_JAVA_OPTS', value)).toEqual([[`${PATH}.env[ES_JAVA_OPTS]`, value, differ]]);
  }
  expect(withVariable('ES_JAVA_OPTS', '-Xms65536k -Xmx64M')).toEqual([]);
});

test('refuses a heap of which every reference is twice as large', () => {
  expect(withVariable('ES_JAVA_OPTS', '-Xms31g -Xmx31g', '128Gi')).toEqual([]);
  expect(withVariable('ES_JAVA_OPTS', '-Xms32g -Xmx32g', '128Gi')).toEqual([
    [`${PATH}.env[ES_JAVA_OPTS]`, '-Xmx32g', 'is a heap so large that every reference takes twice the space'],
  ]);
});

test.each([
  'JAVA_OPTS',
  'JAVA_TOOL_OPTIONS',
  'JDK_JAVA_OPTIONS',
  'CLI_JAVA_OPTS',
])('lets other JVMs have three quarters: %s', (name) => {
  expect(withVariable(name, '-Xmx192m')).toEqual([]);
  expect(withVariable(name, '-Xmx193m')).toHaveLength(1);
  expect(withVariable(name, '-XX:+UseG1GC')).toEqual([]);
});

test('reads mounted files of options, without their comments', () => {
  const withFile = (text: string) => {
    const data = { 'heap.options': text };
    const subject = withMore(['v1', 'ConfigMap', 'search-settings', { data }]);
    const elasticsearch = subject.manifests.find(
      ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'elasticsearch',
    );
    elasticsearch?.spec.template.spec.volumes.push({
      name: 'settings',
      projected: { sources: [{ configMap: { name: 'search-settings' } }] },
    });
    return found(heap, subject);
  };
  expect(withFile('-Xms129m\n-Xmx129m\n')).toEqual([
    [
      'ConfigMap/search-settings data[heap.options]',
      '-Xmx129m',
      'is more than 50 % of the memory limit, 256Mi',
    ],
  ]);
  expect(withFile('-Xms128m\n-Xmx128m\n# -Xmx4g\n')).toEqual([]);
});
