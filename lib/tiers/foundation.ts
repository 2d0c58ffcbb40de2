import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { type SecretName, secrets } from '../components/secrets';
import { type Environment, namespaceOf } from '../environments/environment';
import { clusterScoped } from '../kubernetes/cluster-scoped';
import { k8s } from '../kubernetes/k8s';
import { outlivesMistakes } from '../kubernetes/outlives';
import { tierProps } from './tier';

/** What must be there before anything runs: the namespace, its limits, and on a laptop the fake secrets. */
export class FoundationTier extends Chart {
  constructor(scope: Construct, environment: Environment) {
    super(scope, '00-foundation', tierProps(environment, 'foundation'));
    const { quota, keepData } = environment;

    const namespace = new k8s.KubeNamespace(this, 'namespace', {
      metadata: {
        name: namespaceOf(environment),
        annotations: keepData ? outlivesMistakes : undefined,
        labels: {
          // https://kubernetes.io/docs/concepts/security/pod-security-standards/
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
          'pod-security.kubernetes.io/audit': 'restricted',
        },
      },
    });
    clusterScoped(namespace);
    new k8s.KubeResourceQuota(this, 'quota', {
      metadata: { name: 'quota' },
      spec: {
        hard: quantities({
          pods: String(quota.pods),
          'requests.cpu': quota.cpu,
          'requests.memory': quota.memory,
          'limits.memory': quota.memoryLimit,
          'limits.ephemeral-storage': quota.ephemeralStorage,
          'requests.ephemeral-storage': quota.ephemeralStorage,
          'requests.storage': quota.storage,
        }),
      },
    });
    // For pods that are not ours, such as one that somebody starts to look around.
    new k8s.KubeLimitRange(this, 'limits', {
      metadata: { name: 'limits' },
      spec: {
        limits: [
          {
            type: 'Container',
            defaultRequest: quantities({ cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' }),
            default: quantities({ memory: '256Mi', 'ephemeral-storage': '256Mi' }),
          },
        ],
      },
    });
    if (environment.secrets.source === 'fake') {
      for (const [name, value] of Object.entries(environment.secrets.values)) {
        const { secret, key } = secrets[name as SecretName];
        new k8s.KubeSecret(this, secret, {
          metadata: { name: secret },
          data: { [key]: Buffer.from(value.reveal('emit it as a fake Secret')).toString('base64') },
        });
      }
    }
  }
}

const quantities = (values: Record<string, string>): Record<string, k8s.Quantity> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, k8s.Quantity.fromString(value)]));
