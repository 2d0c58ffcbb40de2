import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, web } from './fake-cluster';
import { eventually, folderWith, save } from './folders';

const HERE = {
  'app/django/projects/views.py': 'new',
  'app/django/manage.py': 'm',
  'app/django/.dockerignore': '.*\n',
};

const PORT = { tcpSocket: { port: 'http' } };

describe('the loop', () => {
  let cluster: Cluster;
  const here = (files: Record<string, string>) => save(cluster.here, files);
  const there = (pod: string, path: string) => {
    const full = join(cluster.folders.get(pod) ?? '', path);
    return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
  };
  const said = () => cluster.world.errors();

  beforeEach(() => {
    const pod = folderWith({ 'projects/views.py': 'old', 'projects/gone.py': 'g', 'manage.py': 'm' });
    cluster = new Cluster(folderWith(HERE), new Map([['web-1', pod]]));
    cluster.report('web-1', 'T1');
  });
  afterEach(() => cluster.end());

  test('begins with what differs, then brings every save, and ends well with ctrl-C', async () => {
    const running = cluster.dev();
    await eventually(() => there('web-1', 'projects/views.py') === 'new');
    await eventually(() => /views.py and 1 more: served after \d\.\d s: web/.test(said()));
    expect(there('web-1', 'projects/gone.py')).toBeUndefined();
    expect(said()).toContain('web: web-1 differs in projects/views.py and 1 more');

    here({ 'app/django/projects/templates/a.html': '<p>' });
    await eventually(() => there('web-1', 'projects/templates/a.html') === '<p>');
    rmSync(join(cluster.here, 'app/django/projects/templates'), { recursive: true });
    await eventually(() => there('web-1', 'projects/templates/a.html') === undefined);

    cluster.world.interruption.abort();
    await expect(running).resolves.toBeUndefined();
    expect(said()).toContain('Stopped. The pods keep what was saved until they are replaced');
  });

  test('a pod that takes the place of another gets everything', async () => {
    cluster.dev();
    await eventually(() => there('web-1', 'projects/views.py') === 'new');
    cluster.folders.set('web-2', folderWith({ 'projects/views.py': 'of the image' }));
    cluster.report('web-1', 'T1', 'T9');
    cluster.report('web-2', '');
    cluster.report('web-2', 'T2');
    await eventually(() => there('web-2', 'projects/views.py') === 'new');
    here({ 'app/django/projects/views.py': 'newer' });
    await eventually(() => there('web-2', 'projects/views.py') === 'newer');
    expect(there('web-1', 'projects/views.py')).toBe('new');
  });

  test('a container that starts again gets everything, and so does one whose connection broke', async () => {
    cluster.dev();
    await eventually(() => there('web-1', 'projects/views.py') === 'new');
    cluster.agents.get('web-1')?.kill();
    save(cluster.folders.get('web-1') as string, { 'projects/views.py': 'lost' });
    await eventually(() => there('web-1', 'projects/views.py') === 'new');
    expect(said()).toContain('web-1: the connection has ended');

    cluster.agents.get('web-1')?.kill();
    cluster.report('web-1', '');
    save(cluster.folders.get('web-1') as string, { 'projects/views.py': 'lost' });
    cluster.report('web-1', 'T2');
    await eventually(() => there('web-1', 'projects/views.py') === 'new');
  });

  test('names what needs more than a copy, once for each save', async () => {
    cluster.dev();
    await eventually(() => there('web-1', 'projects/views.py') === 'new');
    here({
      'app/django/requirements.txt': 'django',
      'app/django/projects/migrations/0002_more.py': 'x',
      'app/django/projects/migrations/__init__.py': '',
      'app/django/Dockerfile': 'FROM x',
      'dist/development/30-web.k8s.yaml': 'kind: X',
    });
    await eventually(() => /30-web.k8s.yaml: the cluster does not have it yet: `npx coped up`/.test(said()));
    expect(said()).toMatch(/! requirements.txt: packages are part of the image: `npx coped up`/);
    expect(said()).toMatch(
      /! projects\/migrations\/0002_more.py: the tables stay as they are, .* empties the database/,
    );
    expect(said()).toMatch(/! app\/django\/Dockerfile: this makes the image/);
    expect(said()).not.toContain('__init__.py:');
  });

  test('follows logs behind the name of the component, without the probes', async () => {
    cluster.dev();
    await eventually(() => cluster.logs.has('web-1'));
    cluster.logs.get('web-1')?.write('10.0.0.1 - - [x] "GET /livez HTTP/1.1" 200 16\nhel');
    cluster.logs.get('web-1')?.write('lo\n10.0.0.1 - - [x] "GET /readyz HTTP/1.1" 503 34\n');
    await eventually(() => cluster.world.output().includes('503'));
    expect(cluster.world.output()).toBe(
      'web │ hello\nweb │ 10.0.0.1 - - [x] "GET /readyz HTTP/1.1" 503 34\n',
    );
  });

  test.each([
    ['at the path of its probe', {}, ['/app', '8000', '/livez']],
    ['at the other, where one has none', { livenessProbe: PORT }, ['/app', '8000', '/readyz']],
    ['whether it accepts connections', { livenessProbe: PORT, readinessProbe: PORT }, ['/app', '8000']],
  ])('asks a server %s', async (_, probes, told) => {
    const deployment = web();
    const [container] = deployment.spec.template.spec.containers;
    Object.assign(container, { startupProbe: PORT }, probes);
    await cluster.end();
    cluster = new Cluster(cluster.here, cluster.folders, deployment);
    cluster.report('web-1', 'T1');
    cluster.dev();
    await eventually(() => cluster.told.length > 0);
    expect(cluster.told[0]).toEqual(told);
  });

  test('--no-logs follows none', async () => {
    cluster.dev(false);
    await eventually(() => there('web-1', 'projects/views.py') === 'new');
    expect(cluster.logs.size).toBe(0);
  });

  test('a folder that is gone for a moment, as while a branch is checked out, deletes nothing', async () => {
    cluster.dev();
    await eventually(() => there('web-1', 'projects/views.py') === 'new');
    rmSync(join(cluster.here, 'app/django'), { recursive: true });
    await eventually(() => said().includes('app/django cannot be read'));
    here({ ...HERE, 'app/django/projects/views.py': 'of the branch' });
    await eventually(() => there('web-1', 'projects/views.py') === 'of the branch');
    expect(there('web-1', 'manage.py')).toBe('m');
  });
});
