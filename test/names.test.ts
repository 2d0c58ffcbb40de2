import { environments } from '../lib/environments';
import { manifestsOf } from './support';

// Kubernetes finds a volume by these names: a renamed StatefulSet or claim starts empty, and no pod uses the old volume. A
// line may be added; change one only together with a plan for its data.
test.each(environments)('$name keeps the names of everything that has data', (environment) => {
  const names = manifestsOf(environment).flatMap(({ kind, metadata: { name }, spec }) => {
    if (kind === 'PersistentVolumeClaim') return [`${kind}/${name}`];
    if (kind !== 'StatefulSet') return [];
    const claims = spec.volumeClaimTemplates.map(
      (claim: { metadata: { name: string } }) => claim.metadata.name,
    );
    const selector = Object.entries(spec.selector.matchLabels).map((pair) => pair.join('='));
    return [`${kind}/${name} claims ${claims}, serviceName ${spec.serviceName}, selector ${selector}`];
  });
  expect(names.sort()).toMatchSnapshot();
});

test.each(
  environments,
)('$name has no hash in a name, except where Kubernetes needs a new Job', (environment) => {
  const hashed = manifestsOf(environment)
    .filter(({ metadata }) => /-[0-9a-f]{8,}$/.test(metadata.name))
    .map(({ kind }) => kind);
  expect(new Set(hashed)).toEqual(new Set(['Job']));
});
