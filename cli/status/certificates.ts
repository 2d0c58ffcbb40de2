import { X509Certificate } from 'node:crypto';
import type { Environment } from '../../lib/environments/environment';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { brief } from '../cluster/rollout/diagnosis';
import { age } from '../terminal/age';
import { type CertificateStatus, type Concern, type Findings, together } from './status';

const DAY = 86_400_000;
/** Days before the end from which on it is a warning. */
const SOON = 14;

interface Certificates extends Findings {
  readonly certificates: readonly CertificateStatus[];
}

interface Checked extends CertificateStatus {
  readonly problem?: Omit<Concern, 'about'>;
  readonly warning?: Omit<Concern, 'about'>;
}

/** Whether the certificates are there, and for how long they are good. */
export async function certificates(
  kubectl: Kubectl,
  { certificates: settings, host, name }: Environment,
  now: Date,
): Promise<Certificates> {
  if (!settings) return { certificates: [], problems: [], warnings: [] };
  const managed = settings.source === 'cert-manager';
  const names = [settings.ingressSecret, settings.elasticsearchSecret];
  const [texts, orders] = await Promise.all([
    publicParts(kubectl, names),
    managed ? unfinishedOrders(kubectl) : [],
  ]);
  if (!texts) return { certificates: [], problems: [], warnings: [UNREADABLE(name)] };
  const renew = managed
    ? `See \`${kubectl.typed('describe', 'certificates')}\``
    : 'Put a new one there: docs/clusters.md#certificates-without-cert-manager';
  const checked = names.map((secret) =>
    check(secret, texts.get(secret), secret === settings.ingressSecret ? host : undefined, renew, now),
  );
  const findings = checked.map(({ secret, problem, warning }): Findings => {
    const about = `Secret/${secret}`;
    return {
      problems: problem ? [{ about, ...problem }] : [],
      warnings: warning ? [{ about, ...warning }] : [],
    };
  });
  return {
    certificates: checked.map(({ secret, expires, daysLeft }) => ({ secret, expires, daysLeft })),
    ...together([...findings, { problems: [], warnings: orders }]),
  };
}

const UNREADABLE = (name: string): Concern => ({
  about: 'certificates',
  reason: 'you may not read their Secrets, so it is not known how long they are valid',
  next: `Ask a colleague who may to run \`npx coped status ${name}\``,
});

/** Secret → its certificate in PEM. Nothing else of a Secret leaves kubectl: not its key. */
async function publicParts(
  kubectl: Kubectl,
  names: readonly string[],
): Promise<Map<string, string> | undefined> {
  const columns = '--output=custom-columns=NAME:.metadata.name,CERTIFICATE:.data.tls\\.crt';
  const { code, stdout } = await kubectl.attempt([
    'get',
    'secrets',
    ...names,
    '--ignore-not-found',
    '--no-headers',
    columns,
  ]);
  if (code !== 0) return undefined;
  const lines = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return new Map(lines.map(([name = '', text = '']) => [name, Buffer.from(text, 'base64').toString()]));
}

function check(
  secret: string,
  text: string | undefined,
  host: string | undefined,
  next: string,
  now: Date,
): Checked {
  const unknown = { secret, expires: null, daysLeft: null };
  if (text === undefined) return { ...unknown, problem: { reason: 'is missing', next } };
  const certificate = parse(text);
  if (!certificate) return { ...unknown, problem: { reason: 'holds no certificate in tls.crt', next } };
  const end = new Date(certificate.validTo);
  const left = end.getTime() - now.getTime();
  const known = { secret, expires: end.toISOString(), daysLeft: Math.floor(left / DAY) };
  if (left <= 0) return { ...known, problem: { reason: `its certificate expired ${age(-left)} ago`, next } };
  if (new Date(certificate.validFrom) > now) {
    return {
      ...known,
      problem: { reason: `its certificate is only good from ${certificate.validFrom}`, next },
    };
  }
  if (host !== undefined && !certificate.checkHost(host)) {
    return { ...known, problem: { reason: `its certificate is not for ${host}`, next } };
  }
  if (left < SOON * DAY)
    return { ...known, warning: { reason: `its certificate expires in ${age(left)}`, next } };
  return known;
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
    return [{ about: 'certificates', reason: 'cert-manager does not answer: is it installed?', next }];
  }
  return (JSON.parse(stdout).items as ApiObject[]).flatMap(({ metadata, status }) => {
    const ready = status?.conditions?.find(({ type }: ApiObject) => type === 'Ready');
    if (ready?.status === 'True') return [];
    const next = `See \`${kubectl.typed('describe', 'certificate', metadata.name)}\``;
    const reason = ready ? brief(ready.message ?? ready.reason) : 'cert-manager has not looked at it yet';
    return [{ about: `Certificate/${metadata.name}`, reason, next }];
  });
}
