import type { Harmless } from './harmless';

const DIST =
  'the diff of dist/ and the snapshot of the component: the value is written once, in its file. On a cluster, npm run e2e.';
const APPLICATION =
  'npm run test:application, which loads the settings with the environment of each container (test/slow/test_containers.py).';
const ONE_NUMBER =
  'lib/kubernetes: probe, grace period and pause are made from one number each; a change shows in dist/ and in the snapshots.';

const entries = (why: string, places: Readonly<Record<string, readonly string[]>>): Harmless[] =>
  Object.entries(places).flatMap(([operator, list]) => list.map((where) => ({ operator, where, why })));

/** Mutants that no rule catches, and what does. */
export const held: readonly Harmless[] = [
  ...entries(APPLICATION, {
    'drops a variable': ['Deployment/*', 'CronJob/migrate *'],
    'drops a key of configuration': ['ConfigMap/django *'],
    'tells Django something dangerous': ['*.SQL_ENGINE*', '*.DEBUG*', '*_HOSTS*', '*.REQUIRE_REAL_SECRETS*'],
    'takes the role of another program': ['Deployment/*', 'CronJob/migrate *'],
  }),
  ...entries(ONE_NUMBER, {
    'stops while requests still come': ['*'],
    'gives up too early': ['*'],
    'stops too early': ['*'],
    'sleeps too long before it stops': ['*'],
  }),
  ...entries('the schema: at least one dump is kept.', { 'keeps no backup': ['*'] }),
  ...entries('the schema: several pods of dashboards need such annotations.', {
    'sends a browser to any pod': ['*'],
  }),
  ...entries(DIST, {
    'tells Django something dangerous': ['*.SQL_DATABASE*', '*.ELASTIC_USER*'],
    'drops a variable': ['StatefulSet/*', 'CronJob/backup *'],
    'takes the role of another program': ['CronJob/backup *'],
    'drops a mount': ['*'],
    'mounts at another path': ['*'],
    'mounts what it writes to be read': ['*'],
    'runs something else': ['*'],
    'listens on another address': ['*'],
    'drops what runs before': ['*'],
    'asks another path': ['*'],
    'runs as another user': ['*'],
    'moves the data inside its volume': ['*'],
    'leads a path elsewhere': ['*'],
    'starts what people start, or stops what runs by itself': ['*'],
  }),
];
