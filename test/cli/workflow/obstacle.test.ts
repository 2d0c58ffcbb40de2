import { obstacleOf } from '../../../cli/workflow/obstacle';
import { expression } from './expression';

const obstacle = (run: string, env: Record<string, string> = {}, given: Record<string, string> = {}) =>
  obstacleOf({ job: 'job', name: 'step', run, env, folder: '.' }, given);

test.each([
  ['docker build app/django', 'needs Docker'],
  ['go install sigs.k8s.io/kind@v1', 'needs Docker'],
  ['npm run --silent e2e', 'needs a cluster'],
  ['kubectl get pods', 'needs a cluster'],
  ['npx coped deploy staging', 'needs a cluster'],
  ['git commit -am x && git push origin HEAD', 'needs GitHub'],
  ['gh pr create', 'needs GitHub'],
  ['cosign sign --yes x', 'needs GitHub'],
])('%s is not tried', (run, why) => {
  expect(obstacle(run)).toBe(why);
});

test.each([
  'npm cit',
  '.ci/workflows',
  'npm run --silent mutate',
  'git commit -am highlight',
])('%s is', (run) => {
  expect(obstacle(run)).toBeUndefined();
});

test('a value that GitHub fills in has to be given', () => {
  const run = 'echo "$VERSION" "$GITHUB_SHA"';
  const env = { VERSION: expression('inputs.version'), UNUSED: expression('inputs.other') };
  expect(obstacle(run, env)).toBe('needs a value for VERSION, GITHUB_SHA');
  expect(obstacle(run, env, { VERSION: '1.2.3' })).toBe('needs a value for GITHUB_SHA');
  expect(obstacle(run, env, { VERSION: '1.2.3', GITHUB_SHA: 'abc' })).toBeUndefined();
});

test('what steps write to has a file here', () => {
  expect(obstacle('echo a=b >>"$GITHUB_OUTPUT"; echo c >>"$RUNNER_TEMP/d"')).toBeUndefined();
});
