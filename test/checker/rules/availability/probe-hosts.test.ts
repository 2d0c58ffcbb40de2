import type { Json } from '../../../../checker/manifests/manifest';
import { probeHosts } from '../../../../checker/rules/availability/probe-hosts';
import { broken, found, MAIN, main } from '../../fixture';

const HEADER = `${MAIN}.readinessProbe.httpGet.httpHeaders[Host]`;
const REFUSED = 'is not accepted by ALLOWED_HOSTS, so the probe is answered with 400';

/** web accepts these hosts, and its readiness probe asks like this. */
const asked = (allowed: string, httpGet: Json = {}, change: (container: Json) => void = () => undefined) =>
  found(
    probeHosts,
    broken('Deployment/web', (web) => {
      main(web).env = [{ name: 'ALLOWED_HOSTS', value: allowed }];
      main(web).readinessProbe = { httpGet: { path: '/readyz', port: 'main', ...httpGet } };
      change(main(web));
    }),
  );
const header = (value: string, name = 'Host') => ({ httpHeaders: [{ name, value }] });

test('refuses a probe that asks by the address of the pod', () => {
  expect(asked('coped.example.org web')).toEqual([
    [
      HEADER,
      undefined,
      'is missing: the kubelet asks by the address of the pod, which ALLOWED_HOSTS does not accept',
    ],
  ]);
  expect(asked('*')).toEqual([]);
});

test('knows the pod that is told its own address', () => {
  const address = { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } };
  const telling = (container: Json) => container.env.unshift(address);
  expect(asked('coped.example.org $(POD_IP)', {}, telling)).toEqual([]);
});

test.each([
  ['coped.example.org', 'coped.example.org'],
  ['coped.example.org', 'COPED.example.org:8000'],
  ['Coped.example.org', 'coped.example.org.'],
  ['.example.org', 'coped.example.org'],
  ['.example.org coped.example.org', 'example.org'],
  ['other.example.org,coped.example.org', 'coped.example.org'],
  ['coped.example.org *', 'anybody'],
])('%j accepts %s', (allowed, host) => {
  expect(asked(allowed, header(host)).filter(([where]) => where === HEADER)).toEqual([]);
});

test.each([
  ['coped.example.org', 'example.org'],
  ['example.org coped.example.org', 'web.example.org'],
  ['.example.org', 'notexample.org'],
  ['coped.example.org', 'web'],
])('%j refuses %s', (allowed, host) => {
  expect(asked(allowed, header(host))).toContainEqual([HEADER, host, REFUSED]);
});

test('reads the header in any spelling, and a host of the probe itself', () => {
  expect(asked('coped.example.org', header('coped.example.org', 'HOST'))).toEqual([]);
  expect(asked('coped.example.org', { host: 'coped.example.org' })).toEqual([]);
});

test('reads the names from a ConfigMap', () => {
  const subject = broken('ConfigMap/web', ({ data }) => {
    data.DJANGO_ALLOWED_HOSTS = 'coped.example.org';
  });
  const web = subject.manifests.find(({ kind }) => kind === 'Deployment');
  main(web).livenessProbe = { httpGet: { port: 'main', ...header('web') } };
  expect(found(probeHosts, subject)).toEqual([
    [
      `${MAIN}.livenessProbe.httpGet.httpHeaders[Host]`,
      'web',
      'is not accepted by DJANGO_ALLOWED_HOSTS, so the probe is answered with 400',
    ],
  ]);
});

test('refuses an Ingress whose host nobody answers to', () => {
  expect(asked('web', header('web'))).toEqual([
    [
      'Ingress/coped spec.rules[0].host',
      'coped.example.org',
      'is not among the names that Deployment/web answers to',
    ],
  ]);
  const everything = (allowed: string, host?: string) => {
    const subject = broken('Ingress/coped', ({ spec }) => {
      spec.rules[0].host = host;
    });
    const web = subject.manifests.find(({ kind }) => kind === 'Deployment');
    main(web).env = [{ name: 'ALLOWED_HOSTS', value: allowed }];
    return found(probeHosts, subject);
  };
  expect(everything('.example.org', '*.example.org')).toEqual([]);
  expect(everything('coped.example.org', '*.example.org')).toHaveLength(1);
  // Django knows no star before a name.
  expect(everything('*.example.org', '*.example.org')).toHaveLength(1);
  // Whatever comes, Django decides.
  expect(everything('coped.example.org')).toEqual([]);
});

test('refuses the name by which another component asks', () => {
  const calling = (allowed: string) => {
    const subject = broken('CronJob/backup', (backup) => {
      main(backup).env = [{ name: 'SITE_URL', value: 'http://web:80/' }];
    });
    const web = subject.manifests.find(({ kind }) => kind === 'Deployment');
    main(web).env = [{ name: 'ALLOWED_HOSTS', value: allowed }];
    return found(probeHosts, subject);
  };
  expect(calling('coped.example.org')).toEqual([
    [
      'CronJob/backup spec.jobTemplate.spec.template.spec.containers[backup].env[SITE_URL]',
      'web',
      'is not among the names that Deployment/web answers to',
    ],
  ]);
  expect(calling('coped.example.org web')).toEqual([]);
});
