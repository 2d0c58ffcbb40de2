import { rules, runChecks } from '../../rules';
import { good } from '../checker/fixture';

test('finds nothing in a good environment', () => {
  expect(runChecks(good())).toEqual([]);
});

test('reports every problem at once, with the environment and a remedy', () => {
  const web = 'Deployment/web spec.template.spec.containers[web]';
  const change = { [`${web}.image`]: 'web', [`${web}.securityContext.privileged`]: true };
  expect(runChecks(good({ set: change }))).toMatchObject([
    {
      environment: 'test',
      check: 'pod-security',
      where: `${web}.securityContext.privileged`,
      value: true,
      wrong: 'makes the container root of the node',
      remedy: 'Remove it',
    },
    {
      environment: 'test',
      check: 'images',
      where: `${web}.image`,
      value: 'web',
      wrong: 'can change without notice: it has no tag',
      remedy: 'Use an explicit tag such as :1.4.0, or a digest @sha256:…',
    },
  ]);
});

test('reports problems of incomplete objects instead of failing on them', () => {
  const subject = good();
  const kinds = new Set(subject.manifests.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
  const bare = [...kinds].map((id) => {
    const [apiVersion = '', kind = ''] = id.split(' ');
    return { apiVersion, kind, metadata: { name: 'bare' } };
  });

  const known = { committed: bare, model: bare, resilient: true, searchClient: '9.5.1' };
  for (const rule of rules) {
    expect(() => rule.find({ ...subject, ...known, manifests: bare })).not.toThrow();
  }
});

test('leaves the objects as they are', () => {
  const subject = good();
  runChecks(subject);
  expect(subject).toEqual(good());
});
