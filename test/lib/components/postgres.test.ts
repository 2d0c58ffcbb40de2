import { Postgres, type PostgresProps } from '../../../lib/components/postgres';
import { find, objectsOf } from '../../support';

const props: Required<PostgresProps> = {
  image: 'postgres:17.12-trixie',
  storage: '7Gi',
  storageClass: 'fast',
  maxConnections: 42,
  resources: { cpu: '300m', memory: '512Mi', memoryLimit: '1Gi' },
  keepData: true,
  resilient: true,
  realSecrets: true,
};
const make = (changed: Partial<PostgresProps> = {}) =>
  objectsOf((scope) => new Postgres(scope, 'postgres', { ...props, ...changed }));
const specOf = (changed?: Partial<PostgresProps>) => find(make(changed), 'StatefulSet', 'postgres').spec;
const containerOf = (changed?: Partial<PostgresProps>) => specOf(changed).template.spec.containers[0];

test('every prop arrives', () => {
  const spec = specOf();
  expect(containerOf().image).toBe('postgres:17.12-trixie');
  expect(spec.volumeClaimTemplates[0].spec).toMatchObject({
    resources: { requests: { storage: '7Gi' } },
    storageClassName: 'fast',
  });
  expect(containerOf().args).toContain('max_connections=42');
  expect(containerOf().resources).toMatchObject({
    requests: { cpu: '300m', memory: '512Mi' },
    limits: { memory: '1Gi' },
  });
  expect(spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  expect(find(make(), 'PodDisruptionBudget', 'postgres').spec.maxUnavailable).toBe(1);
  expect(spec.template.spec.topologySpreadConstraints).toHaveLength(2);
});

test('what a laptop leaves out', () => {
  const changed = { keepData: false, resilient: false, storageClass: undefined };
  expect(specOf(changed).persistentVolumeClaimRetentionPolicy.whenDeleted).toBe('Delete');
  expect(specOf(changed).volumeClaimTemplates[0].spec.storageClassName).toBeUndefined();
  expect(specOf(changed).template.spec.topologySpreadConstraints).toBeUndefined();
  expect(make(changed).filter(({ kind }) => kind === 'PodDisruptionBudget')).toEqual([]);
});

test('takes a quarter of its memory limit for shared buffers', () => {
  expect(containerOf().args).toContain('shared_buffers=256MB');
});

test('trusts nobody: SCRAM everywhere, checksums, the password from a file', () => {
  const env = Object.fromEntries(
    containerOf().env.map(({ name, value }: Record<string, string>) => [name, value]),
  );
  expect(env).toEqual({
    PGDATA: '/var/lib/postgresql/data/pgdata',
    POSTGRES_INITDB_ARGS: '--auth-local=scram-sha-256 --auth-host=scram-sha-256 --data-checksums',
    POSTGRES_PASSWORD_FILE: '/run/secrets/coped/superuser-password',
  });
});

test('keeps its data below the volume’s root, which belongs to somebody else', () => {
  const { mountPath } = containerOf().volumeMounts.find(({ name }: { name: string }) => name === 'data');
  expect(mountPath).toBe('/var/lib/postgresql/data');
});

test('is asked over TCP: on its socket it answers while it is still being initialised', () => {
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    expect(containerOf()[probe].tcpSocket).toEqual({ port: 'postgres' });
  }
});

test('a busy machine does not take it away from everybody, and even less restarts it', () => {
  const patience = (probe: string): number => {
    const { failureThreshold, periodSeconds } = containerOf()[probe];
    return failureThreshold * periodSeconds;
  };
  expect(patience('readinessProbe')).toBeGreaterThanOrEqual(60);
  expect(patience('livenessProbe')).toBeGreaterThanOrEqual(2 * patience('readinessProbe'));
});

test('tells its clients where it is', () => {
  let connection: unknown;
  objectsOf((scope) => {
    connection = new Postgres(scope, 'postgres', props).connection;
  });
  expect(connection).toEqual({ host: 'postgres', port: 5432, database: 'coped' });
});
