import { containers, workloads } from '../../checker/manifests/workloads';
import { production } from '../../lib/environments/production';
import { parseEnvironments } from '../../rules/environments';
import { externalKeys } from '../../rules/external-secrets';
import { synthesize } from '../../rules/synthesize';
import { yamlOf } from '../yaml';

// What a cluster is, is a value: clusters.yaml has clusters that are in use, and values that are refused.

interface Clusters {
  readonly used: Readonly<Record<string, { readonly settings: object; readonly says: readonly string[] }>>;
  readonly refused: readonly object[];
}
const { used, refused } = yamlOf<Clusters>(__dirname, 'clusters.yaml');

const manifestsOf = (settings: object) =>
  synthesize([{ ...production, ...settings }]).flatMap(({ files }) =>
    files.flatMap(({ manifests }) => manifests),
  );

test.each(Object.entries(used))('%s: nothing is found', (_, { settings, says }) => {
  const text = JSON.stringify(manifestsOf(settings));
  for (const part of says) expect(text).toContain(part);
});

test('every pod and every service account has what the cluster asks for', () => {
  const manifests = manifestsOf(used['nodes of their own, and a registry with a password']?.settings ?? {});
  for (const { pod } of workloads(manifests)) {
    expect(pod.nodeSelector).toEqual({ pool: 'coped' });
    expect(pod.tolerations).toEqual([
      { key: 'coped', operator: 'Equal', value: 'yes', effect: 'NoSchedule' },
    ]);
  }
  const accounts = manifests.filter(({ kind }) => kind === 'ServiceAccount');
  expect(accounts.length).toBe(workloads(manifests).length);
  for (const { imagePullSecrets } of accounts) expect(imagePullSecrets).toEqual([{ name: 'ghcr' }]);
  expect(workloads(manifests).flatMap(containers).length).toBeGreaterThan(10);
});

test('a pull secret is to be brought', () => {
  const [environment] = parseEnvironments([{ ...production, cluster: { pullSecrets: ['ghcr'] } }]);
  expect(environment && externalKeys(environment).find(({ secret }) => secret === 'ghcr')).toMatchObject({
    key: '.dockerconfigjson',
    type: 'kubernetes.io/dockerconfigjson',
  });
});

test('what is refused, and what to do', () => {
  const messages = refused.map((settings) => {
    try {
      synthesize([{ ...production, ...settings }]);
      return `ACCEPTED: ${JSON.stringify(settings)}`;
    } catch (error) {
      return (error as Error).message.split('\n').slice(2, 4).join('\n');
    }
  });
  expect(`\n${messages.join('\n')}\n`).toMatchSnapshot();
});
