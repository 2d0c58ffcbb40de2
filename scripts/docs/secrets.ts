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
import { GENERATED } from './markdown';

/** docs/secrets.md: what somebody has to put into each hosted environment, what for, and how. */
export const secretsPage = (): string => `${GENERATED}
# Secrets

Staging and production know no secret. Their objects refer to Secrets that somebody makes in the namespace before the first
deploy; each has one credential, so that every pod is given exactly what it needs ([why](decisions/0010-one-secret-per-credential.md)).
The tables are made from the settings, and \`npm run synth\` refuses an environment in which they are not exactly what the objects refer to.
Development's Secrets stand in \`dist/development\`, with values that say themselves that they are fake.

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
The values go from the generator straight into the cluster: nobody sees or types one, and none is in the history of the shell.

\`\`\`sh
k() { kubectl --context "$context" --namespace ${namespaceOf(environment)} "$@"; }

${[...grouped(expected.map((one) => [one.secret, one])).values()].map(command).join('\n')}
\`\`\`
${made(manifests)}`;
}

/** How to make a Secret: a random value, or files that somebody has. */
function command(keys: readonly ExternalSecret[]): string {
  const [{ secret = '', type = '', key = '' } = {}] = keys;
  if (type === 'kubernetes.io/tls') return `k create secret tls ${secret} --cert=tls.crt --key=tls.key`;
  const files = keys.map(({ key }) => `--from-file=${key}`).join(' ');
  if (keys.length > 1) return `k create secret generic ${secret} ${files}`;
  return `openssl rand -hex 32 | tr -d '\\n' | k create secret generic ${secret} --from-file=${key}=/dev/stdin`;
}

/** Secrets that nobody has to make. */
function made(manifests: readonly Manifest[]): string {
  const names = ofKind(manifests, 'Certificate').map(({ spec }) => `\`${spec?.secretName}\``);
  if (names.length === 0) return '';
  return `
cert-manager makes ${names.join(', ')} and renews them; for a cluster without it see
[certificates without cert-manager](operations.md#certificates-without-cert-manager).
`;
}
