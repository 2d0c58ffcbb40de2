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
