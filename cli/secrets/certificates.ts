import { X509Certificate } from 'node:crypto';
import type { Environment } from '../../lib/environments/environment';
import type { Kubectl } from '../cluster/kubectl';
import { certificates } from '../status/certificates';
import type { Concern } from '../status/status';
import { missingCertificates } from './init';
import type { Finding } from './report';
import type { StoredSecret } from './stored-secret';

/** Clients ask for these; nodes look at the authority only: elasticsearch/cluster.yml. */
const ASKED_AS = ['elasticsearch', 'localhost'];

const BRING = 'See docs/clusters.md#certificates-without-cert-manager';

/** Whether the certificates are there, good for their names and for a while, and fit their keys. */
export async function certificateFindings(
  kubectl: Kubectl,
  environment: Environment,
  stored: ReadonlyMap<string, StoredSecret>,
  now: Date,
): Promise<Finding[]> {
  const settings = environment.certificates;
  if (!settings) return [];
  const missing = await missingCertificates(kubectl, environment);
  const there = [settings.ingressSecret, settings.elasticsearchSecret].filter((name) => stored.has(name));
  const { concerns } = await certificates(kubectl, environment, now);
  const about = concerns.filter((concern) => there.some((name) => concern.about === `Secret/${name}`));
  const findings: Finding[] = [
    ...missing.map((path) => ({
      about: path,
      state: 'missing' as const,
      reason: 'is missing, and yours to bring',
      next: BRING,
    })),
    ...about.map(found),
    ...there.flatMap((name) => pairFindings(name, stored.get(name), environment)),
  ];
  const fine = there.filter((name) => !findings.some((finding) => finding.about.startsWith(`${name}/`)));
  return [
    ...fine.map((name) => ({ about: `${name}/tls.crt`, state: 'fine' as const, reason: '' })),
    ...findings,
  ];
}

const found = ({ level, about, reason, next }: Concern): Finding => ({
  about: `${about.replace('Secret/', '')}/tls.crt`,
  state: level === 'warning' ? level : /expired/.test(reason) ? 'expired' : 'wrong',
  reason,
  next,
});

/** What only the key, the authority and the other names show. */
function pairFindings(name: string, secret: StoredSecret | undefined, environment: Environment): Finding[] {
  const [certificate, authority] = [parsed(secret, 'tls.crt'), parsed(secret, 'ca.crt')];
  if (!certificate) return [];
  const wrong = (reason: string): Finding[] => [
    { about: `${name}/tls.crt`, state: 'wrong', reason, next: BRING },
  ];
  if (!secret?.holdsKeyOf(certificate)) return wrong('does not belong to the key beside it, tls.key');
  if (name !== environment.certificates?.elasticsearchSecret) return [];
  const absent = ASKED_AS.filter((one) => !certificate.checkHost(one));
  if (absent.length > 0) return wrong(`is not for ${absent.join(', ')}`);
  if (authority && !certificate.verify(authority.publicKey))
    return wrong('was not signed by the ca.crt beside it');
  return [];
}

function parsed(secret: StoredSecret | undefined, key: 'tls.crt' | 'ca.crt'): X509Certificate | undefined {
  const data = secret?.publicText(key);
  try {
    return data === undefined ? undefined : new X509Certificate(data);
  } catch {
    return undefined;
  }
}
