import { X509Certificate } from 'node:crypto';
import { certificateOfNodes } from '../../rules/external-secrets';
import type { Site } from '../cluster/site';
import { certificates } from '../status/certificates';
import type { Concern } from '../status/status';
import { yoursToBring } from './init';
import type { Finding } from './report';
import type { StoredSecret } from './stored-secret';

/** Host names that clients use; nodes verify the authority only: elasticsearch/cluster.yml. */
const HOSTS = ['elasticsearch', 'localhost'];

const NEXT = 'See docs/clusters.md#certificates-without-cert-manager';

/** Whether the certificates exist, are valid for their names and for a while, and match their keys. */
export async function certificateFindings(
  { world, kubectl, environment }: Site,
  stored: ReadonlyMap<string, StoredSecret>,
): Promise<Finding[]> {
  const settings = environment.certificates;
  if (!settings) return [];
  const elasticsearchSecret = certificateOfNodes(environment);
  const existing = [settings.ingressSecret, elasticsearchSecret].flatMap(
    (name) => stored.get(name ?? '') ?? [],
  );
  const { concerns } = await certificates(kubectl, environment, world.now());
  const findings = [
    ...(await yoursToBring(kubectl, environment))
      .filter(({ from, type }) => !from && type !== 'kubernetes.io/dockerconfigjson')
      .map(({ secret, key }) => finding(`${secret}/${key}`, 'missing', 'is missing; you have to provide it')),
    ...concerns
      .filter(({ about }) => existing.some(({ name }) => about === `Secret/${name}`))
      .map(fromStatus),
    ...existing.flatMap((secret) => {
      const wrong = mismatch(secret, secret.name === elasticsearchSecret ? HOSTS : []);
      return wrong ? [finding(`${secret.name}/tls.crt`, 'wrong', wrong)] : [];
    }),
  ];
  const fine = existing.filter(({ name }) => !findings.some((one) => one.about.startsWith(`${name}/`)));
  return [...fine.map(({ name }) => finding(`${name}/tls.crt`, 'fine', '')), ...findings];
}

const finding = (about: string, state: Finding['state'], reason: string): Finding => ({
  about,
  state,
  reason,
  ...(state !== 'fine' && { next: NEXT }),
});

const fromStatus = ({ level, about, reason, next }: Concern): Finding => ({
  about: `${about.replace('Secret/', '')}/tls.crt`,
  state: level === 'warning' ? level : /expired/.test(reason) ? 'expired' : 'wrong',
  reason,
  next,
});

/** What only the key, the authority and the other host names show. */
function mismatch(secret: StoredSecret, hosts: readonly string[]): string | undefined {
  const [certificate, authority] = [parsed(secret, 'tls.crt'), parsed(secret, 'ca.crt')];
  if (!certificate) return undefined;
  if (!secret.holdsKeyOf(certificate)) return 'does not match its key, tls.key';
  const absent = hosts.filter((host) => !certificate.checkHost(host));
  if (absent.length > 0) return `is not for ${absent.join(', ')}`;
  const signed = hosts.length === 0 || !authority || certificate.verify(authority.publicKey);
  return signed ? undefined : 'was not signed by ca.crt of the same Secret';
}

function parsed(secret: StoredSecret, key: 'tls.crt' | 'ca.crt'): X509Certificate | undefined {
  try {
    return new X509Certificate(secret.publicText(key) ?? '');
  } catch {
    return undefined;
  }
}
