import { X509Certificate } from 'node:crypto';
import type { Environment } from '../../lib/environments/environment';
import { certificateOfNodes } from '../../rules/external-secrets';
import { type Kubectl, objectsIn } from '../cluster/kubectl';
import { brief } from '../cluster/rollout/diagnosis';
import { age } from '../terminal/age';
import { type CertificateStatus, type Concern, type Findings, problem, warning } from './status';

const DAY = 86_400_000;
/** Days before the end from which on it is a warning. */
const SOON = 14;

interface Certificates extends Findings {
  readonly certificates: readonly CertificateStatus[];
}

/** Whether the certificates are there, and for how long they are good. */
export async function certificates(
  kubectl: Kubectl,
  environment: Environment,
  now: Date,
): Promise<Certificates> {
  const { certificates: settings, host, name } = environment;
  if (!settings) return { certificates: [], concerns: [] };
  const managed = settings.source === 'cert-manager';
  const names = [settings.ingressSecret, certificateOfNodes(environment)].flatMap((one) => one ?? []);
  const [texts, orders] = await Promise.all([
    publicParts(kubectl, names),
    managed ? unfinishedOrders(kubectl) : [],
  ]);
  if (!texts) return { certificates: [], concerns: [UNREADABLE(name)] };
  const next = managed
    ? `See \`${kubectl.typed('describe', 'certificates')}\``
    : 'Put a new one there: docs/clusters.md#certificates-without-cert-manager';
  const certificates = names.map((secret) => ({ secret, certificate: parse(texts.get(secret) ?? '') }));
  return {
    certificates: certificates.map(({ secret, certificate }) => ({
      secret,
      expires: certificate ? new Date(certificate.validTo).toISOString() : null,
      daysLeft: certificate ? Math.floor(left(certificate, now) / DAY) : null,
    })),
    concerns: [
      ...certificates.flatMap(({ secret, certificate }) => {
        const about = `Secret/${secret}`;
        if (!texts.has(secret)) return problem(about, { reason: 'is missing', next });
        if (!certificate) return problem(about, { reason: 'holds no certificate in tls.crt', next });
        const wrong = mistakeIn(certificate, secret === settings.ingressSecret ? host : undefined, now);
        if (wrong) return problem(about, { reason: `its certificate ${wrong}`, next });
        const rest = left(certificate, now);
        return rest < SOON * DAY
          ? warning(about, { reason: `its certificate expires in ${age(rest)}`, next })
          : [];
      }),
      ...orders,
    ],
  };
}

const UNREADABLE = (name: string): Concern =>
  warning('certificates', {
    reason: 'you may not read their Secrets, so it is not known how long they are valid',
    next: `Ask a colleague who may to run \`npx coped status ${name}\``,
  });

/** Milliseconds until it expires. */
const left = ({ validTo }: X509Certificate, now: Date): number => Date.parse(validTo) - now.getTime();

/** Why a certificate is not accepted now, as the rest of a sentence. */
function mistakeIn(certificate: X509Certificate, host: string | undefined, now: Date): string | undefined {
  const rest = left(certificate, now);
  if (rest <= 0) return `expired ${age(-rest)} ago`;
  if (new Date(certificate.validFrom) > now) return `is only good from ${certificate.validFrom}`;
  return host !== undefined && !certificate.checkHost(host) ? `is not for ${host}` : undefined;
}

/** Secret → its certificate in PEM. Nothing else of a Secret leaves kubectl: not its key. */
async function publicParts(
  kubectl: Kubectl,
  names: readonly string[],
): Promise<Map<string, string> | undefined> {
  const columns = '--output=custom-columns=NAME:.metadata.name,CERTIFICATE:.data.tls\\.crt';
  const args = ['get', 'secrets', ...names, '--ignore-not-found', '--no-headers', columns];
  const { code, stdout } = await kubectl.attempt(args);
  if (code !== 0) return undefined;
  const lines = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return new Map(lines.map(([name = '', text = '']) => [name, Buffer.from(text, 'base64').toString()]));
}

function parse(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

/** What cert-manager was asked for and has not delivered. */
async function unfinishedOrders(kubectl: Kubectl): Promise<Concern[]> {
  const { code, stdout } = await kubectl.attempt(['get', 'certificates.cert-manager.io', '--output=json']);
  if (code !== 0) {
    const next = 'Ask the administrators of the cluster; `npx coped doctor` looks for it';
    return [warning('certificates', { reason: 'cert-manager does not answer: is it installed?', next })];
  }
  return objectsIn(stdout).flatMap(({ metadata, status }) => {
    const ready = status?.conditions?.find(({ type }) => type === 'Ready');
    if (ready?.status === 'True') return [];
    const next = `See \`${kubectl.typed('describe', 'certificate', metadata.name)}\``;
    const reason = ready
      ? brief(ready.message ?? ready.reason ?? 'it is not ready')
      : 'cert-manager has not looked at it yet';
    return [warning(`Certificate/${metadata.name}`, { reason, next })];
  });
}
