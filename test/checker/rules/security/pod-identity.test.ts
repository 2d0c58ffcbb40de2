import { podIdentity } from '../../../../checker/rules/security/pod-identity';
import { broken, found } from '../../fixture';

const POD = 'Deployment/web spec.template.spec';

test.each([
  ['automountServiceAccountToken', true, 'gives every process a key to the Kubernetes API'],
  ['automountServiceAccountToken', undefined, 'gives every process a key to the Kubernetes API'],
  ['enableServiceLinks', undefined, 'injects variables for every Service of the namespace'],
  ['serviceAccountName', 'default', 'is not an account of its own'],
  ['serviceAccountName', undefined, 'is not an account of its own'],
  ['serviceAccountName', 'postgres', 'is the account of StatefulSet/postgres already'],
])('refuses %s %j', (field, value, wrong) => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec[field] = value;
  });
  expect(found(podIdentity, subject)).toEqual([[`${POD}.${field}`, value, wrong]]);
});
