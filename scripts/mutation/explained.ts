/** Mutants that no rule catches: nothing is wrong with them, or something else catches them. */
interface Explanation {
  readonly title: 'Not caught, and harmless' | 'Not caught by a rule, but by';
  /** The operator's name. */
  readonly operator: string;
  /** Where, with `*` for any characters. */
  readonly where: string;
  /** Why it does no harm, or what catches it: a sentence for the report. */
  readonly why: string;
}

/** Where, by the name of the operator. */
type Places = Readonly<Record<string, readonly string[]>>;

const entries = (title: Explanation['title'], why: string, places: Places): Explanation[] =>
  Object.entries(places).flatMap(([operator, list]) =>
    list.map((where) => ({ title, operator, where, why })),
  );
const harmless = (why: string, places: Places) => entries('Not caught, and harmless', why, places);
const caughtBy = (what: string, places: Places) => entries('Not caught by a rule, but by', what, places);

/** Every survivor that is explained. One that a rule catches after all is a mistake in this list. */
export const explained: readonly Explanation[] = [
  ...harmless(
    'The policy allows nothing in the direction that it forgot, and default-deny isolates the pod there.',
    {
      'forgets a direction': [
        'NetworkPolicy/postgres spec.policyTypes: ["Ingress"]',
        'NetworkPolicy/*-bootstrap spec.policyTypes: ["Egress"]',
        'NetworkPolicy/migrate spec.policyTypes: ["Egress"]',
        'NetworkPolicy/backup spec.policyTypes: ["Egress"]',
      ],
    },
  ),
  ...harmless(
    'Nothing refers to it by name. What `kubectl apply` leaves behind under the old name, `npx coped plan` lists.',
    {
      'renames an object': [
        'ResourceQuota/quota *',
        'LimitRange/limits *',
        'NetworkPolicy/default-deny *',
        'Ingress/ingress *',
      ],
    },
  ),
  ...harmless('What counts is the name of its Secret. cert-manager issues it again into the same one.', {
    'renames an object': ['Certificate/*'],
  }),
  ...harmless('The API server fills in 80 % of the requested CPU, where the good ones say 70 %.', {
    'scales without saying when': ['HorizontalPodAutoscaler/*'],
  }),
  ...harmless('A headless Service translates no ports: nodes connect to the pods themselves, at 9300.', {
    'swaps the port of a Service': ['Service/elasticsearch-nodes *'],
  }),
  ...caughtBy(
    'npm run test:application, which loads the settings with the environment of each container (test/slow/test_containers.py).',
    {
      'drops a variable': ['Deployment/*', 'CronJob/migrate *'],
      'drops a key of configuration': ['ConfigMap/django *'],
      'makes a setting of Django dangerous': [
        '*.SQL_ENGINE*',
        '*.DEBUG*',
        '*_HOSTS*',
        '*.REQUIRE_REAL_SECRETS*',
      ],
      'takes the role of another program': ['Deployment/*', 'CronJob/migrate *'],
    },
  ),
  ...caughtBy(
    'lib/kubernetes: probe, grace period and pause are made from one number each; a change shows in dist/ and in the snapshots.',
    {
      'stops while requests still come': ['*'],
      'gives up too early': ['*'],
      'stops too early': ['*'],
      'sleeps too long before it stops': ['*'],
    },
  ),
  ...caughtBy('the schema: at least one dump is kept.', { 'keeps no backup': ['*'] }),
  ...caughtBy('the schema: several pods of dashboards need such annotations.', {
    'sends a browser to any pod': ['*'],
  }),
  ...caughtBy(
    'the diff of dist/ and the snapshot of the component: the value is written once, in its file. On a cluster, npm run e2e.',
    {
      'makes a setting of Django dangerous': ['*.SQL_DATABASE*', '*.ELASTIC_USER*'],
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
    },
  ),
];
