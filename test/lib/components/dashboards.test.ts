import { Dashboards, type DashboardsProps } from '../../../lib/components/dashboards';
import { find, objectsOf } from '../../support';

const props: Required<DashboardsProps> = {
  image: 'dashboards:1.2.3',
  api: { service: 'api', port: 8000 },
  replicas: 2,
  cullIdleAfter: 900,
  cellTimeout: 77,
  linger: 7,
  serviceAnnotations: { sticky: 'true' },
  resources: { cpu: '150m', memory: '300Mi', memoryLimit: '900Mi' },
  resilient: true,
  editable: false,
};
const make = (changed: Partial<DashboardsProps> = {}) =>
  objectsOf((scope) => new Dashboards(scope, 'dashboards', { ...props, ...changed }));
const containerOf = () => find(make(), 'Deployment', 'dashboards').spec.template.spec.containers[0];

test('every prop arrives', () => {
  expect(containerOf().image).toBe('dashboards:1.2.3');
  expect(containerOf().env).toEqual([{ name: 'API_URL', value: 'http://api:8000/api/' }]);
  expect(find(make(), 'Deployment', 'dashboards').spec.replicas).toBe(2);
  expect(find(make(), 'Service', 'dashboards').metadata.annotations).toEqual({ sticky: 'true' });
  expect(containerOf().resources).toMatchObject({
    requests: { cpu: '150m', memory: '300Mi' },
    limits: { memory: '900Mi' },
  });
  expect(containerOf().command).toEqual(
    expect.arrayContaining(['--MappingKernelManager.cull_idle_timeout=900', '--VoilaExecutor.timeout=77']),
  );
  expect(find(make(), 'PodDisruptionBudget', 'dashboards').spec.maxUnavailable).toBe(1);
  expect(make({ resilient: false }).filter(({ kind }) => kind === 'PodDisruptionBudget')).toEqual([]);
});

test('ends idle kernels, slow ones, and those of forgotten tabs', () => {
  expect(containerOf().command).toEqual(
    expect.arrayContaining([
      '--MappingKernelManager.cull_interval=60',
      '--MappingKernelManager.cull_connected=True',
      '--MappingKernelManager.cull_busy=True',
      '--VoilaExecutor.interrupt_on_timeout=True',
    ]),
  );
});

test('no probe starts a kernel: all ask for a static file below the base URL', () => {
  expect(containerOf().command).toContain('--base_url=/dashboards/');
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    expect(containerOf()[probe].httpGet.path).toBe('/dashboards/voila/templates/base/static/require.min.js');
  }
});

test('on a laptop: notebooks lie in a copy that can be written', () => {
  const { initContainers, containers, volumes } = find(make({ editable: true }), 'Deployment', 'dashboards')
    .spec.template.spec;
  expect(initContainers[0].command.at(-1)).toBe('/notebooks');
  expect(containers[0].volumeMounts).toContainEqual({ mountPath: '/notebooks', name: 'code' });
  expect(volumes).toContainEqual({ name: 'code', emptyDir: { sizeLimit: '64Mi' } });
  expect(containerOf().volumeMounts).toEqual([{ mountPath: '/tmp', name: 'tmp' }]);
});

test('knows no secret', () => {
  expect(JSON.stringify(make())).not.toContain('ecret');
});
