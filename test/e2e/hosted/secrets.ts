import { randomBytes } from 'node:crypto';
import type { Kubectl } from '../../../cli/cluster/kubectl';
import { certificateFor } from '../../../cli/drill/authority';
import { elasticsearchNames } from '../../../lib/components/elasticsearch/certificate';
import { secrets } from '../../../lib/components/secrets';
import { certificates, HOST, model } from './environment';

/** What an administrator puts into the namespace before the first release: nothing of it is in dist. */
export async function secretObjects(): Promise<object[]> {
  return [
    ...Object.values(secrets).map(({ secret, key }) =>
      object(secret, { [key]: randomBytes(32).toString('hex') }),
    ),
    object(certificates.ingressSecret, await certificateFor([HOST]), 'kubernetes.io/tls'),
    object(
      certificates.elasticsearchSecret,
      await certificateFor(elasticsearchNames(model.namespace)),
      'kubernetes.io/tls',
    ),
  ];
}

const object = (name: string, stringData: object, type = 'Opaque') => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: model.namespace },
  type,
  stringData,
});

/** The authority that signed the site's certificate, for clients that check it. */
export async function siteAuthority(kubectl: Kubectl): Promise<string> {
  const { data } = await kubectl.in(model.namespace).get('secret', certificates.ingressSecret);
  return Buffer.from(data['ca.crt'], 'base64').toString();
}
