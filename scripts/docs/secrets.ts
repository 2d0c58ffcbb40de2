import { grouped } from '../../checker/manifests/grouped';
import type { Manifest } from '../../checker/manifests/manifest';
import { ofKind } from '../../checker/manifests/workloads';
import { table } from '../../cli/terminal/markdown-table';
import { coped } from '../../lib/coped';
import { environments } from '../../lib/environments';
import { type Environment, namespaceOf } from '../../lib/environments/environment';
import { filesOf } from '../../lib/output/files';
import { parseEnvironments } from '../../rules/environments';
import { type ExternalSecret, externalSecrets } from '../../rules/external-secrets';

/** docs/secrets.md: which Secrets a hosted environment needs, what for, and how to create and change them. */
export const secretsPage = (): string => `# Secrets

Staging and production contain no secret. Their objects refer to Secrets that you create in the namespace before the first deploy;
each has one credential, so that every pod gets exactly what it needs ([why](decisions/0010-one-secret-per-credential.md)).
Development's Secrets are in \`dist/development\`, with values that begin with \`fake-\`.

| Task | Command |
| --- | --- |
| Create all that are missing, with strong random values | \`npx coped secrets production init\` |
| Check what is missing, weak, expired or half changed | \`npx coped secrets production check\` |
| Take over those of the Compose version | \`npx coped secrets production import .env.prod\` ([names](from-compose.md#settings)) |
| [Change passwords](#change-a-password) | \`npx coped secrets production rotate postgres\` |

No command prints a value or takes one as an argument. [kubectl and contexts](deploy.md#kubectl-and-contexts) says on which cluster they run.

## Change a password

\`\`\`sh
npx coped secrets production rotate postgres         # or elasticsearch, django, or one Secret by its name
\`\`\`

No request fails: web and API know both passwords before the server takes the new one and forgets the old ([decision
19](decisions/0019-rotation.md)). After an interruption the same command finishes it; \`npx coped secrets production check\` says whether one is half done.

${parseEnvironments(environments)
  .filter(({ kind }) => kind === 'hosted')
  .map(section)
  .join('\n')}`;

/** What one environment expects. */
export function section(environment: Environment): string {
  const manifests = filesOf(coped(environment)).flatMap((file) => file.manifests);
  const expected = externalSecrets(environment, manifests);
  return `## ${environment.name}

In the namespace \`${namespaceOf(environment)}\`, before the first deploy:

${table(
  ['Secret', 'Key', 'Type', 'What it is for', 'Who reads it'],
  expected.map(({ secret, key, type, purpose, usedBy }) => [
    `\`${secret}\``,
    `\`${key}\``,
    type,
    purpose,
    usedBy.join(', '),
  ]),
)}
\`npx coped secrets ${environment.name} init\` creates them. Without \`coped\`, the values go from the generator straight into the cluster, and not into the history of the shell:

\`\`\`sh
k() { kubectl --context "$context" --namespace ${namespaceOf(environment)} "$@"; }

${[...grouped(expected.map((one) => [one.secret, one])).values()].map(command).join('\n')}
\`\`\`
${made(manifests)}`;
}

/** How to create a Secret: from a random value, or from files. */
function command(keys: readonly ExternalSecret[]): string {
  const [{ secret = '', type = '', key = '' } = {}] = keys;
  if (type === 'kubernetes.io/tls') return `k create secret tls ${secret} --cert=tls.crt --key=tls.key`;
  const files = keys.map(({ key }) => `--from-file=${key}`).join(' ');
  const from = keys.find((one) => one.from)?.from;
  if (from) return `k create secret generic ${secret} ${files} # ask ${from} for it`;
  if (keys.length > 1) return `k create secret generic ${secret} ${files}`;
  return `openssl rand -hex 32 | tr -d '\\n' | k create secret generic ${secret} --from-file=${key}=/dev/stdin`;
}

/** Secrets that cert-manager creates. */
function made(manifests: readonly Manifest[]): string {
  const names = ofKind(manifests, 'Certificate').map(({ spec }) => `\`${spec?.secretName}\``);
  if (names.length === 0) return '';
  return `
cert-manager creates ${names.join(', ')} and renews them; for a cluster without it see
[certificates without cert-manager](clusters.md#certificates-without-cert-manager).
`;
}
