import type { Manifest } from '../../checker/manifests/manifest';
import { ofKind, workloads } from '../../checker/manifests/workloads';
import { manage } from '../../lib/applications/django';
import { development } from '../../lib/environments/development';
import { production } from '../../lib/environments/production';
import { staging } from '../../lib/environments/staging';
import type { Known } from '../../lib/known';
import { flows } from '../../lib/network/flows';
import { flowsIn } from '../../lib/network/outsiders';
import { runChecks } from '../../rules';
import { parseEnvironments } from '../../rules/environments';
import { externalKeys } from '../../rules/external-secrets';
import { subjectOf } from '../../rules/subject';
import { synthesize } from '../../rules/synthesize';
import { busy, external, optional, room } from '../optional';
import { messageOf } from '../support';

// Servers that someone else runs.

type Server = keyof typeof external;
const SERVERS: readonly Server[] = ['postgres', 'elasticsearch'];
const subsets: readonly (readonly Server[])[] = [[], ['postgres'], ['elasticsearch'], SERVERS];

/** Production, with everything or with what is needed. */
const few = { ...production, application: { ...busy, collectStatic: undefined } };
// Metabase has a database on a server of ours alone.
const full = { ...production, ...optional, ...room, metabase: undefined, application: busy };

const objectsOf = (input: object, before?: readonly Manifest[]) =>
  synthesize([input], () => before ?? []).flatMap(({ files }) =>
    files.flatMap(({ manifests }) => [...manifests]),
  );
const elsewhere = (names: readonly Server[]) =>
  Object.fromEntries(names.map((name) => [name, external[name]]));
const secretsOf = (input: object) =>
  parseEnvironments([input])
    .flatMap(externalKeys)
    .filter(({ secret }) => /postgres|elastic|authorities/.test(secret))
    .map(({ secret, key, from }) => `${secret}/${key}${from ? `: ${from}` : ''}`);

describe.each(
  subsets.map((names) => [names.join(' and ') || 'nothing', names] as const),
)('%s elsewhere', (_, names) => {
  const cases = [
    ['everything', { ...full, ...elsewhere(names) }],
    ['little', { ...few, ...elsewhere(names), api: undefined }],
    ...(names.includes('postgres')
      ? [['no dumps', { ...full, ...elsewhere(names), backup: undefined }] as const]
      : []),
  ] as const;

  test.each(cases)('with %s: nothing is found, and nothing of them is here', (_, input) => {
    const objects = objectsOf(input);
    const ofServers = new Set(
      objects.map(({ metadata }) => metadata.labels?.['app.kubernetes.io/component']?.split('-')[0]),
    );
    for (const name of SERVERS) expect(ofServers.has(name)).toBe(!names.includes(name));
    const text = JSON.stringify(objects);
    expect(text.includes('"PGSSLROOTCERT"')).toBe(
      names.includes('postgres') && 'backup' in input && !!input.backup,
    );
    expect(secretsOf(input)).toMatchSnapshot();
  });
});

test('those that use them are let out to them, at their own ports, and nothing else is', () => {
  const policies = objectsOf({ ...full, ...external }).filter(({ kind }) => kind === 'NetworkPolicy');
  const open = (to: string) =>
    policies.filter(({ spec }) => JSON.stringify(spec).includes(to)).map(({ metadata }) => metadata.name);
  // Those of the table that are there.
  const usersOf = (server: Server) =>
    new Set(
      flows
        .filter(({ to }) => to === server)
        .flatMap(({ from }) => from)
        .filter((name) => policies.some(({ metadata }) => metadata.name === name)),
    );
  const search =
    '{"ports":[{"port":9200,"protocol":"TCP"}],"to":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"search"}}';
  expect(usersOf('elasticsearch')).toContain('web');
  expect(new Set(open('"app":"elasticsearch"'))).toEqual(usersOf('elasticsearch'));
  expect(new Set(open(search))).toEqual(usersOf('elasticsearch'));
  const database = '{"ports":[{"port":5432,"protocol":"TCP"}],"to":[{"ipBlock":{"cidr":"10.20.0.5/32"}}]}';
  expect(new Set(open('10.20.0.5/32'))).toEqual(usersOf('postgres'));
  expect(new Set(open(database))).toEqual(usersOf('postgres'));
});

test('they call no one: what one node says to another is not ours', () => {
  const callers = parseEnvironments([{ ...full, ...external }])
    .flatMap(flowsIn)
    .flatMap(({ from }) => from);
  expect(callers).toContain('web');
  for (const name of SERVERS) expect(callers).not.toContain(name);
});

test('programs are told how to check them', () => {
  const objects = objectsOf({ ...full, ...external });
  const data = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'django')?.data;
  expect(data).toMatchObject({
    SQL_HOST: 'db.example.net',
    SQL_SSLMODE: 'verify-full',
    SQL_CA_FILE: '/run/secrets/coped/postgres-ca.crt',
    ELASTIC_HOSTNAME: 'search.example.net',
    ELASTIC_PORT: '9243',
    ELASTIC_CA_FILE: '/run/secrets/coped/elasticsearch-ca.crt',
  });
  const readers = workloads(objects).filter(({ pod }) =>
    JSON.stringify(pod.volumes).includes('"postgres.crt"'),
  );
  expect(readers.length).toBeGreaterThan(6);
  // A rotation is not ours.
  expect(JSON.stringify(objects)).not.toContain('"previous-password"');
});

test('an application that reads no files is told where the authority is', () => {
  const application = {
    ...busy,
    secrets: { variables: 'Its settings read os.environ alone.' },
    rotates: 'with a restart',
    variables: (known: Known) => ({
      ...busy.variables(known),
      ...(known.postgres.tls && {
        PGSSLMODE: known.postgres.tls.mode,
        PGSSLROOTCERT: known.postgres.tls.path,
      }),
    }),
  };
  const objects = objectsOf({ ...full, ...external, application });
  const data = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'django')?.data;
  expect(data).toMatchObject({
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: '/run/secrets/coped/postgres-ca.crt',
  });
});

test('an application that would not check them is refused', () => {
  const variables = ({ postgres, elasticsearch, signingKey }: Known) => ({
    KEY: signingKey,
    PW: postgres.password,
    SEARCH_PW: elasticsearch?.password ?? '',
  });
  const application = { ...busy, collectStatic: undefined, worker: undefined, variables };
  expect(messageOf(() => synthesize([{ ...production, ...external, application }]))).toMatchSnapshot();
});

test.each([
  '192.168.0.10/32',
  '203.0.113.7/32',
])('at %s, which rules take for an example of others', (address) => {
  const postgres = { ...external.postgres, at: { addresses: [address] } };
  expect(() => synthesize([{ ...full, postgres }])).not.toThrow();
});

test('an authority that everybody trusts is not brought', () => {
  const elasticsearch = { ...external.elasticsearch, authority: undefined };
  const objects = objectsOf({ ...full, elasticsearch });
  const data = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'django')?.data;
  expect(data).toMatchObject({ ELASTIC_TLS: '1' });
  expect(data).not.toHaveProperty('ELASTIC_CA_FILE');
});

test('pg_dump may be as new as their server', () => {
  const images = { ...production.images, postgres: 'docker.io/library/postgres:18.1-trixie' };
  expect(() => synthesize([{ ...full, ...external, images }])).not.toThrow();
  const message = messageOf(() => synthesize([{ ...full, ...external, backup: undefined, images }]));
  expect(message).toContain(
    'images.postgres: "docker.io/library/postgres:18.1-trixie" belongs to a component that',
  );
});

test('a smaller copy has servers of its own, of the same kind', () => {
  const copy = {
    ...staging,
    elasticsearch: { ...external.elasticsearch, url: 'https://staging.search.example.net:9243' },
    postgres: { ...external.postgres, host: 'staging-db.example.net', at: { addresses: ['10.20.0.7/32'] } },
  };
  expect(() => synthesize([{ ...production, ...external }, copy])).not.toThrow();
  const tls = { ...copy, postgres: { ...copy.postgres, tls: 'verify-ca' } };
  expect(messageOf(() => synthesize([{ ...production, ...external }, tls]))).toContain('SQL_SSLMODE');
  expect(messageOf(() => synthesize([{ ...production, ...external }, staging]))).toMatchSnapshot();
});

test('a laptop has servers of its own', () => {
  expect(messageOf(() => synthesize([{ ...development, ...external }]))).toMatchSnapshot();
});

test('a server is given up on purpose: its disk stays, and each exception is for this one change', () => {
  const before = objectsOf(production);
  const input = { ...production, ...external };
  expect(messageOf(() => objectsOf(input, before))).toMatchSnapshot();
  const [environment] = parseEnvironments([input]);
  if (!environment) throw new Error('it is no environment');
  const subject = subjectOf(environment, objectsOf(input), before);
  const given = SERVERS.map((name) => ({
    rule: 'storage',
    object: `StatefulSet/${name}` as const,
    path: 'metadata.name',
    to: undefined,
    reason: 'Its data is elsewhere now.',
  }));
  expect(runChecks({ ...subject, exceptions: [...(subject.exceptions ?? []), ...given] })).toEqual([]);
  // Whatever a deploy removes, the disks stay.
  const sets = ofKind(before, 'StatefulSet');
  expect(sets.length).toBeGreaterThan(0);
  expect(JSON.stringify(sets)).not.toContain('"whenDeleted":"Delete"');
});

test('its scripts wait for them where they are', () => {
  const application = {
    ...full.application,
    variables: ({ signingKey, postgres }: Known) => ({
      KEY: signingKey,
      PW: postgres.password,
      ...(postgres.tls && { CA: postgres.tls.authority }),
    }),
    migrate: [manage('migrate')],
    index: undefined,
  };
  const text = JSON.stringify(
    objectsOf({
      ...production,
      application: { ...application, collectStatic: undefined, worker: undefined },
      ...external,
      elasticsearch: undefined,
    }),
  );
  expect(text).toContain('wait_for PostgreSQL db.example.net 5432 60');
});
