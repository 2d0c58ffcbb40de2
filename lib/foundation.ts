import { JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { fakeValue, secretsIn } from './components/secrets';
import { type Environment, namespaceOf } from './environments/environment';
import { selectorLabels } from './kubernetes/labels';
import { make } from './kubernetes/object';
import { pruneProtection } from './kubernetes/prune-protection';

/** What must be there before anything runs: the namespace, its limits, and on a laptop the fake secrets. */
export function foundation(scope: Construct, environment: Environment): void {
  const { quota, keepData } = environment;

  const namespace = make(scope, 'namespace', 'Namespace', {
    metadata: {
      name: namespaceOf(environment),
      annotations: keepData ? pruneProtection : undefined,
      labels: {
        // https://kubernetes.io/docs/concepts/security/pod-security-standards/
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/audit': 'restricted',
      },
    },
  });
  // It lives in no namespace: cdk8s writes the chart's into every object.
  namespace.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  make(scope, 'quota', 'ResourceQuota', {
    metadata: { name: 'quota' },
    spec: {
      hard: {
        pods: String(quota.pods),
        'requests.cpu': quota.cpu,
        'requests.memory': quota.memory,
        'limits.memory': quota.memoryLimit,
        'limits.ephemeral-storage': quota.ephemeralStorage,
        'requests.ephemeral-storage': quota.ephemeralStorage,
        'requests.storage': quota.storage,
      },
    },
  });
  // For pods that are not ours, such as one that is started by hand to look around.
  make(scope, 'limits', 'LimitRange', {
    metadata: { name: 'limits' },
    spec: {
      limits: [
        {
          type: 'Container',
          defaultRequest: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
          default: { memory: '256Mi', 'ephemeral-storage': '256Mi' },
        },
      ],
    },
  });
  if (environment.secrets.source === 'fake') {
    const all = secretsIn(environment);
    const secrets = new Map(all.map((one) => [one.secret, one]));
    for (const [name, { component, software }] of secrets) {
      const keys = all.filter(({ secret }) => secret === name);
      make(scope, name, 'Secret', {
        metadata: { name, labels: { ...selectorLabels(component), 'app.kubernetes.io/name': software } },
        data: Object.fromEntries(
          keys.map((one) => [one.key, Buffer.from(fakeValue(one)).toString('base64')]),
        ),
      });
    }
  }
}
