import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContainerSpec } from '../../../checker/manifests/kubernetes';
import type { Manifest } from '../../../checker/manifests/manifest';
import type { Command } from '../../../lib/application';
import { started } from '../../../lib/components/django/scripts/scripts';
import { postgres } from '../../../lib/components/postgres/postgres';
import { secretVariables } from '../../../lib/environments/application';
import { type ApiObject, mainOf, type PodTemplate, templateOf } from '../../cluster/api-object';
import { type Finding, warning } from '../finding';
import type { Local } from './trial';

/** A program of the application, as a pod that runs it once. */
export interface Program {
  /** As the application's file calls it: `migrate`, `web`. */
  readonly name: string;
  readonly pod: ApiObject;
  /** The status with which it has to end; absent where it goes on. */
  readonly ends?: number;
  /** Seconds until it has to have ended, or to answer its probes. */
  readonly within: number;
  /** Seconds for which it has to go on, where no probe asks whether it works. */
  readonly lasts: number;
  /** It may take hours, so that one that goes on is fine. */
  readonly long?: true;
  /** The program without which it proves nothing. */
  readonly after?: string;
}

const REACHED = join(__dirname, '..', '..', 'manage', 'reached.py');

/** Seconds. A command may take hours: that it works for so long is enough. */
const COMMAND = 60;
const SERVER = 90;
const LASTS = 30;
const ONCE = 600;
/** Seconds after which Kubernetes ends a pod, even if this process has died. */
const DEADLINE = 1200;

/** The programs, each from the pod that would run it, in an order in which causes come before what follows from them. */
export function programsOf({ application }: Local, manifests: readonly Manifest[]): Program[] {
  const template = (kind: string, name: string): PodTemplate | undefined => {
    const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
    return found && templateOf(found as ApiObject);
  };
  const web = template('Deployment', 'web') ?? {};
  const main = mainOf(web);
  const owner = web.spec?.initContainers?.find(({ name }) => name === 'flush-and-migrate') ?? main;
  const once = (name: string, container: ContainerSpec, command: Command, more: Partial<Program> = {}) => ({
    name,
    pod: podOf(name, web, { ...container, command: started(command, application) }, true, false),
    ends: 0,
    within: ONCE,
    lasts: 0,
    ...more,
  });
  const several = (name: string, commands: readonly Command[], more?: Partial<Program>) =>
    commands.map((command, i) => once(commands.length > 1 ? `${name} ${i + 1}` : name, owner, command, more));

  const { settings, migrate, migrated, sample = [], index, counted, uses } = application;
  const [secret] = secretVariables(application).keys();
  const indexes = template('StatefulSet', 'elasticsearch') !== undefined;
  const after = 'migrate';
  return [
    once('settings', main, ['python', '-c', `import ${settings}`]),
    ...several('migrate', migrate),
    once('migrated', main, migrated, { after }),
    ...several('sample', sample, { after }),
    ...(index && indexes ? [once('index', owner, index, { after })] : []),
    ...(counted && indexes ? [once('counted', main, counted, { after })] : []),
    // Nothing on standard input is another value than the one in use.
    ...(uses && secret ? [once('uses', main, uses(secret), { ends: 3 })] : []),
    ...lasting('collectStatic', template('Deployment', 'static'), 'init').map((one) => ({
      ...one,
      ends: 0,
      within: ONCE,
    })),
    ...['web', 'api', 'worker', 'beat'].flatMap((name) => lasting(name, template('Deployment', name))),
    ...Object.keys(application.commands ?? {}).flatMap((name) =>
      lasting(`command ${name}`, template('CronJob', `command-${name}`)).map((one) => ({
        ...one,
        ends: 0,
        within: COMMAND,
        long: true as const,
      })),
    ),
  ];
}

/** A program as its own pod starts it; none where there is no such pod. */
function lasting(name: string, template: PodTemplate | undefined, which = 'main'): Program[] {
  const container = which === 'init' ? template?.spec?.initContainers?.[0] : template && mainOf(template);
  if (!template || !container) return [];
  const asks = container.readinessProbe !== undefined;
  return [
    {
      name,
      pod: podOf(name, template, container, which === 'main', true),
      within: SERVER,
      lasts: asks ? 0 : LASTS,
    },
  ];
}

/** @param waits until the servers can be reached: network policies reach a new pod some seconds after it starts */
function podOf(
  name: string,
  { metadata, spec }: PodTemplate,
  { ports, livenessProbe, readinessProbe, startupProbe, lifecycle, ...container }: ContainerSpec,
  waits: boolean,
  serves: boolean,
): ApiObject {
  const wait = {
    ...container,
    name: 'reach',
    command: ['python', '-c', readFileSync(REACHED, 'utf8'), postgres.name, String(postgres.ports.postgres)],
  };
  const probes = serves ? { ports, startupProbe, readinessProbe } : {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: name.toLowerCase().replaceAll(' ', '-'),
      labels: { ...metadata?.labels, 'coped.org/one-off': 'doctor' },
    },
    spec: {
      ...spec,
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 1,
      activeDeadlineSeconds: DEADLINE,
      initContainers: waits ? [wait] : [],
      containers: [{ ...container, name: 'program', ...probes }],
    },
  };
}

/** What the application has and the environment does not start: it is not tried, and nothing is known of it. */
export function untried(environment: Local, name: string): Finding[] {
  const { application, elasticsearch } = environment;
  const { api, worker, beat, index } = application;
  const absent = Object.entries({ api, worker, beat })
    .filter(([key, has]) => has && environment[key as 'api' | 'worker' | 'beat'] === undefined)
    .map(([key]) => [key, key] as const);
  return [...absent, ...(index && !elasticsearch ? [['index', 'elasticsearch'] as const] : [])].map(
    ([program, key]) =>
      warning(
        program,
        `not tried: ${name} has no ${key}`,
        `Name ${key} in lib/environments/${name}.ts, if the application is to have it: docs/add-an-environment.md#components-that-not-every-environment-has`,
      ),
  );
}
