import { Backup, type BackupProps } from '../../../lib/components/backup';
import { Migrate } from '../../../lib/components/migrate';
import { find, objectsOf } from '../../support';

const postgres = { host: 'db.example', port: 5433, database: 'coped' };
const resources = { cpu: '150m', memory: '300Mi', memoryLimit: '900Mi' };
const resourcesArrived = { requests: { cpu: '150m', memory: '300Mi' }, limits: { memory: '900Mi' } };

describe('backup', () => {
  const props: Required<BackupProps> = {
    image: 'postgres:17.12',
    postgres,
    schedule: '15 3 * * *',
    keep: 5,
    storage: '8Gi',
    storageClass: 'cheap',
    resources,
  };
  const objects = objectsOf((scope) => new Backup(scope, 'backup', props));
  const spec = find(objects, 'CronJob', 'backup').spec;
  const [container] = spec.jobTemplate.spec.template.spec.containers;

  test('every prop arrives', () => {
    expect(spec).toMatchObject({ schedule: '15 3 * * *', timeZone: 'Etc/UTC', suspend: false });
    expect(container).toMatchObject({ image: 'postgres:17.12', resources: resourcesArrived });
    expect(container.env).toEqual([
      { name: 'KEEP', value: '5' },
      { name: 'PGDATABASE', value: 'coped' },
      { name: 'PGHOST', value: 'db.example' },
      { name: 'PGPORT', value: '5433' },
      { name: 'PGUSER', value: 'coped_backup' },
    ]);
    expect(find(objects, 'PersistentVolumeClaim', 'backup').spec).toMatchObject({
      resources: { requests: { storage: '8Gi' } },
      storageClassName: 'cheap',
    });
  });

  test('never runs twice at once', () => {
    expect(spec.concurrencyPolicy).toBe('Forbid');
  });
});

describe('migrate', () => {
  const login = (user: string) => ({
    env: { SQL_USER: user },
    secrets: { volume: { name: user }, mount: { name: user, mountPath: '/run/secrets/coped' } },
  });
  const django = {
    settings: {
      debug: false,
      reload: false,
      databaseOnStart: 'nothing',
      maxBodyBytes: 1,
      requestTimeout: 1,
    } as const,
    image: 'django:1.2.3',
    host: 'coped.example.org',
    config: 'django',
    application: login('application'),
    owner: login('owner'),
  };
  const objects = objectsOf((scope) => new Migrate(scope, 'migrate', { django, deadline: 600, resources }));
  const spec = find(objects, 'CronJob', 'migrate').spec;

  test('every prop arrives', () => {
    const [container] = spec.jobTemplate.spec.template.spec.containers;
    expect(container).toMatchObject({ image: 'django:1.2.3', resources: resourcesArrived });
    expect(spec.jobTemplate.spec.activeDeadlineSeconds).toBe(600);
  });

  test('runs by hand only, as the owner of the tables', () => {
    expect(spec.suspend).toBe(true);
    const [container] = spec.jobTemplate.spec.template.spec.containers;
    expect(container.env).toEqual([{ name: 'SQL_USER', value: 'owner' }]);
    expect(spec.jobTemplate.spec.template.spec.volumes).toContainEqual({ name: 'owner' });
  });
});
