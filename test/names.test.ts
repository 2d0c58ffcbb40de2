import { environments } from '../lib/environments';
import { manifestsOf } from './support';

/**
 * The names that data hangs on. Kubernetes finds a volume by them: a renamed StatefulSet or claim starts empty, and
 * the old volume belongs to nobody. Change one only together with a plan for the data.
 */
const CONTRACT = [
  'PersistentVolumeClaim/backup',
  'Service/elasticsearch',
  'Service/elasticsearch-nodes',
  'Service/postgres',
  'StatefulSet/elasticsearch claims data, serviceName elasticsearch-nodes, selector app.kubernetes.io/component=elasticsearch,app.kubernetes.io/part-of=coped',
  'StatefulSet/postgres claims data, serviceName postgres, selector app.kubernetes.io/component=postgres,app.kubernetes.io/part-of=coped',
];

test.each(environments)('$name keeps the names of everything that has data', (environment) => {
  const names = manifestsOf(environment).flatMap(({ kind, metadata: { name }, spec }) => {
    if (kind === 'PersistentVolumeClaim') return [`${kind}/${name}`];
    if (kind === 'Service' && /^(postgres|elasticsearch)/.test(name)) return [`${kind}/${name}`];
    if (kind !== 'StatefulSet') return [];
    const claims = spec.volumeClaimTemplates.map(
      (claim: { metadata: { name: string } }) => claim.metadata.name,
    );
    const selector = Object.entries(spec.selector.matchLabels).map((pair) => pair.join('='));
    return [`${kind}/${name} claims ${claims}, serviceName ${spec.serviceName}, selector ${selector}`];
  });
  const expected =
    environment.kind === 'local' ? CONTRACT.filter((name) => !name.endsWith('/backup')) : CONTRACT;
  expect(names.sort()).toEqual(expected);
});

test.each(
  environments,
)('$name has no hash in a name, except where Kubernetes needs a new Job', (environment) => {
  const hashed = manifestsOf(environment)
    .filter(({ metadata }) => /-[0-9a-f]{8,}$/.test(metadata.name))
    .map(({ kind, metadata }) => `${kind}/${metadata.name.replace(/-[0-9a-f]+$/, '')}`);
  expect(hashed).toEqual(['Job/postgres-bootstrap', 'Job/elasticsearch-bootstrap']);
});
