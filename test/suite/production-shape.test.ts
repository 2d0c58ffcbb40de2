import { production } from '../../lib/environments/production';
import { model } from '../e2e/hosted/environment';
import { modelOf } from '../e2e/model';

/** Job names end with a hash of what they do; cert-manager's objects are the one difference on purpose. */
const objects = ({ manifests }: typeof model) =>
  manifests
    .filter(({ apiVersion }) => !apiVersion.startsWith('cert-manager.io'))
    .map(({ kind, metadata }) => `${kind}/${metadata.name.replace(/^(\w+-bootstrap)-[0-9a-f]{10}$/, '$1')}`)
    .filter((name) => !name.startsWith('Namespace/'));

test('what e2e runs has the objects that production has', () => {
  expect(objects(model)).toEqual(objects(modelOf(production)));
});
