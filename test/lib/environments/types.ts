import type { SecretValue } from '../../../checker/secrets/secret-value';
import type { Application } from '../../../lib/application';
import { development } from '../../../lib/environments/development';
import type { HostedEnvironment, LocalEnvironment } from '../../../lib/environments/environment';
import { production } from '../../../lib/environments/production';
import type * as k8s from '../../../lib/kubernetes/k8s';
import type { Line } from '../../../lib/network/flows';

// What must not happen does not compile: `npm run typecheck` fails as soon as one of these lines does.

export const hosted: Partial<HostedEnvironment> = {
  // @ts-expect-error flushing the database is a value that only a local environment can hold
  django: { databaseOnStart: 'flush-and-migrate' },
  // @ts-expect-error a hosted environment holds no secret's value
  secrets: development.secrets,
  // @ts-expect-error data is always kept
  keepData: false,
  // @ts-expect-error the ingress controller alone opens connections from outside
  web: { replicas: 3, nodePort: { port: 30800, clients: ['10.0.0.0/8'] } },
  // @ts-expect-error two nodes keep no quorum when one fails
  elasticsearch: { ...production.elasticsearch, nodes: 2 },
};

export const laptop: Partial<LocalEnvironment> = {
  // @ts-expect-error a laptop speaks plain HTTP anyway
  elasticsearch: { ...development.elasticsearch, clients: { plain: 'It cannot.' } },
};

export const twoClocks: Partial<HostedEnvironment> = {
  // @ts-expect-error two would start every task twice
  beat: { replicas: 2 },
};

export const unknown: Partial<HostedEnvironment> = {
  // @ts-expect-error an unknown setting
  colour: 'red',
};

export const debug: Partial<HostedEnvironment> = {
  // @ts-expect-error debug mode shows code and settings
  django: { debug: true },
};

export const local: Partial<LocalEnvironment> = {
  // @ts-expect-error a local environment is this machine
  host: 'coped.example.org',
};

export const trial: Partial<LocalEnvironment> = {
  // @ts-expect-error a laptop tries no release
  images: { ...development.images, insteadOf: {} },
};

// @ts-expect-error an unknown component
export const strange: Line = { from: ['web'], to: 'kafka', why: 'it does not exist' };

// @ts-expect-error dumps of a server of ours cannot be left out
export const undumped: HostedEnvironment = { ...production, backup: undefined };

export const unread: Pick<Application, 'secrets'> = {
  // @ts-expect-error secrets as variables, without the reason
  secrets: {},
};

// @ts-expect-error Elasticsearch has two ports, and the line does not say which
export const ambiguous: Line = { from: ['web'], to: 'elasticsearch', why: 'searches' };

export const written = (secret: SecretValue): [k8s.Kinds['ConfigMap'], k8s.EnvVar] => [
  // @ts-expect-error a secret's value is no text: it fits into no manifest
  { data: { password: secret } },
  // @ts-expect-error not into a variable either
  { name: 'PASSWORD', value: secret },
];
