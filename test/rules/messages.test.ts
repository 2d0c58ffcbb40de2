import { describe as text } from '../../checker/causes';
import { Problems } from '../../checker/problems';
import { runChecks } from '../../rules';
import { parseEnvironments } from '../../rules/environments';
import { subjectOf } from '../../rules/subject';
import { synthesize } from '../../rules/synthesize';
import { operators } from '../../scripts/mutation/operators';
import { change, manifestsOf, named } from '../support';

// What people read most when something is wrong. `npx jest -u` writes it again: read the difference.

const production = named('production');

test('what a rule says first of a mistake that is tried on it', () => {
  const manifests = manifestsOf(production);
  const [environment] = parseEnvironments([production]);
  if (!environment) throw new Error('no environment');
  const messages = new Map<string, string>();
  for (const operator of Object.values(operators).flat()) {
    const [mutant] = operator.mutants(manifests);
    if (!mutant) continue;
    for (const problem of runChecks(subjectOf(environment, mutant.manifests, manifests))) {
      const { check = '' } = problem;
      if (!messages.has(check)) messages.set(check, text(problem));
    }
  }
  expect(
    [...messages]
      .sort()
      .map(([, message]) => message)
      .join('\n')
      // Hashes change with every script; that is no change of a message.
      .replace(/\b(?=\w*\d)[0-9a-f]{10}\b/g, '<hash>'),
  ).toMatchSnapshot();
});

/** What is said of an environment with other settings. */
const said = (...settings: readonly (readonly [key: string, to: unknown])[]): string => {
  const changed = settings.reduce<object>((all, [key, to]) => change(all, key, to), production);
  try {
    parseEnvironments([changed]);
    return 'nothing';
  } catch (error) {
    if (error instanceof Problems) return error.message;
    throw error;
  }
};

test('an image that the environment names is changed in its file of images', () => {
  const changed = change(production, 'images.django', 'docker.io/coped/django:development');
  expect(() => synthesize([changed])).toThrow(
    /image: .*exists on a laptop only\.\n(.*\n){2} +File: lib\/environments\/images\/production\.json/,
  );
});

test('what is said of settings', () => {
  expect(
    said(
      ['host', 'x y'],
      ['colour', 'red'],
      ['budget.memory', 'lots'],
      ['contexts', []],
      ['postgres.storage', '10'],
      ['backup.keep', 0],
      ['postgres.storrage', '1Gi'],
      ['reslient', true],
      ['elasticsearch.nodes', 2],
      ['elasticsearch.memory', '1X'],
      ['web.replicas', { min: 4, max: 2 }],
      ['api.replicas', 0],
      ['images.django', 'coped/django'],
      ['images.postgres', 'postgres:latest'],
      ['dashboards.replicas', 'two'],
      ['ingress.className', 7],
      ['secrets.source', 'vault'],
    ),
  ).toMatchSnapshot();
});
