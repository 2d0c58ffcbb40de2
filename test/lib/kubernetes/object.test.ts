import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import { Deployment, Secret } from 'cdk8s-plus-27';
import { IntOrString, KubePod } from 'cdk8s-plus-27/lib/imports/k8s';
import type { Construct } from 'constructs';
import { KubernetesObject, make } from '../../../lib/kubernetes/object';
import { toYaml } from '../../../lib/output/yaml';
import { objectsOf } from '../../support';

const written = (build: (scope: Construct) => unknown): string =>
  objectsOf(build)
    .map((one) => toYaml(one))
    .join('---\n');

const later = Lazy.any({ produce: () => ({ value: 'b', name: Lazy.any({ produce: () => 'A' }) }) });
const FIELDS = {
  apiVersion: 'example.org/v1',
  kind: 'Example',
  metadata: { name: 'web', annotations: { b: 'b', a: 'a' }, labels: { x: later as never } },
  z: { b: null, a: undefined, empty: {}, list: [[], {}, { y: 1, x: false }, null] },
  spec: { later: [later], token: { resolve: () => [later] }, text: '' },
  immutable: true,
};

test('an object is written as cdk8s writes it', () => {
  const by = (Class: typeof ApiObject) =>
    written((scope) => {
      const object = new Class(scope, 'web', FIELDS);
      object.metadata.addLabel('later', 'yes');
      object.addJsonPatch(
        JsonPatch.replace('/spec/text', 'patched'),
        JsonPatch.remove('/metadata/namespace'),
      );
    });
  expect(by(KubernetesObject)).toContain('token:\n    - name: A\n      value: b');
  expect(by(KubernetesObject)).toBe(by(ApiObject));
});

test('a patch of something new stands where it would have been', () => {
  const build = (scope: Construct) =>
    make(scope, 'web', 'Service', { metadata: { name: 'web' }, spec: { type: 'ClusterIP' } }).addJsonPatch(
      JsonPatch.add('/spec/clusterIP', 'None'),
    );
  expect(written(build)).toMatch(/spec:\n {2}clusterIP: None\n {2}type: ClusterIP\n$/);
});

test('a port of cdk8s-plus is its number or name', () => {
  const port = IntOrString.fromString('http');
  const build = (scope: Construct) =>
    new KubernetesObject(scope, 'web', { ...FIELDS, spec: { port, ports: [IntOrString.fromNumber(80)] } });
  expect(written(build)).toContain('port: http\n  ports:\n    - 80\n');
});

test('a component of cdk8s-plus may stand beside ours', () => {
  const yaml = written((scope) => {
    const secret = Secret.fromSecretName(scope, 'known', 'login');
    const deployment = new Deployment(scope, 'tool', {
      metadata: { name: 'tool' },
      containers: [
        { image: 'example.org/tool:1', portNumber: 80, envVariables: { A: secret.envValue('a') } },
      ],
    });
    deployment.exposeViaService({ name: 'tool' });
    const pod = { metadata: { name: 'pod' }, spec: { hostPid: later as never, containers: [{ name: 'a' }] } };
    new KubePod(scope, 'pod', pod);
    make(scope, 'x', 'ConfigMap', { metadata: { name: 'x' } });
  });
  expect(yaml.match(/^kind: .*/gm)).toEqual([
    'kind: Deployment',
    'kind: Service',
    'kind: Pod',
    'kind: ConfigMap',
  ]);
  expect(yaml).toContain('secretKeyRef:\n                  name: login\n');
  expect(yaml).toContain('targetPort: 80\n');
  expect(yaml).toContain('cpu: 1500m\n');
  expect(yaml).toContain('hostPID:\n    name: A\n    value: b\n');
});

test('what is no JSON is refused, with the name of the object', () => {
  const build = (scope: Construct) =>
    make(scope, 'x', 'ConfigMap', { metadata: { name: 'web' }, data: { at: new Date(0) as never } });
  expect(() => objectsOf(build)).toThrow(
    /with name 'web': Error: can't render non-simple object of type 'Date'/,
  );
});
