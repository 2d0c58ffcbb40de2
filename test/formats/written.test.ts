import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const GENERATED = ['node_modules/cdk8s-plus-27/lib/imports/k8s.js', 'imports/certificate-cert-manager.io.ts'];

/** Of kinds that are a cluster's own: no component makes them, and no rule reads these fields. */
const UNUSED =
  /^(ApiService|CsiNodeDriver|CustomResourceValidation|HorizontalPodAutoscalerSpec$|JsonSchema|NodeSpec)/;

test('every field is known whose name in the types is another one than in YAML', () => {
  const text = readFileSync(join(ROOT, 'formats', 'written.ts'), 'utf8');
  const known = [...text.matchAll(/readonly (\w+): '(\w+)'/g)].map(([, type, yaml]) => `${type} ${yaml}`);
  const renamed = GENERATED.flatMap((path) =>
    readFileSync(join(ROOT, path), 'utf8')
      .split(/^(?:export )?function toJson_/m)
      .filter((one) => !UNUSED.test(one.slice(0, one.indexOf('('))))
      .flatMap((one) => [...one.matchAll(/^ +'([\w-]+)':.*?\bobj\.(\w+)/gm)])
      .flatMap(([, yaml, type]) => (yaml === type ? [] : `${type} ${yaml}`)),
  );
  expect(renamed.length).toBeGreaterThan(10);
  expect(known).toEqual(expect.arrayContaining(renamed));
});
