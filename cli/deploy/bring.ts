import { type ExternalKey, externalKeys, isYours } from '../../rules/external-secrets';
import type { Site } from '../cluster/site';

/** What a person does about secrets that are missing: each way once. */
export function howToBring(
  { kubectl, environment }: Pick<Site, 'kubectl' | 'environment'>,
  missing: readonly ExternalKey[],
): string[] {
  const secrets = `npx coped secrets ${environment.name}`;
  const ways = missing.map((one): string => {
    const { secret, key, from, type } = one;
    if (one.public) {
      // A Secret is made with all of its keys at once.
      const beside = externalKeys(environment).filter((other) => other.public && other.secret === secret);
      const whom = [...new Set(beside.map((other) => other.from))].join(' and ');
      const files = beside.map((other) => `--from-file=${other.key}=<file>`);
      return `ask ${whom} for it: \`${kubectl.typed('create', 'secret', 'generic', secret, ...files)}\``;
    }
    if (from) return `ask ${from} for it: \`${secrets} set ${secret}/${key}\``;
    if (type === 'kubernetes.io/dockerconfigjson') {
      const [registry = ''] = environment.images.django.split('/');
      const login = ['--docker-username=<name>', '--docker-password=<token that may read packages>'];
      return `\`${kubectl.typed('create', 'secret', 'docker-registry', secret, `--docker-server=${registry}`, ...login)}\``;
    }
    return isYours(one)
      ? 'for certificates see docs/clusters.md#certificates-without-cert-manager'
      : `\`${secrets} init\` makes passwords and keys`;
  });
  return [...new Set(ways)];
}
