import { podContext } from '../../../../checker/rules/one-field';
import { broken, found, main } from '../../fixture';

const CONTEXT = 'Deployment/web spec.template.spec.securityContext';
const WRONG = 'is not set on the pod, so a container added later runs without it';

test('misses the context of the pod, whatever its containers say', () => {
  const subject = broken('Deployment/web', (web) => {
    const { spec } = web.spec.template;
    Object.assign(main(web).securityContext, spec.securityContext);
    delete spec.securityContext;
  });
  expect(found(podContext, subject)).toEqual([
    [`${CONTEXT}.runAsNonRoot`, undefined, WRONG],
    [`${CONTEXT}.seccompProfile.type`, undefined, WRONG],
  ]);
});

test.each([
  ['runAsNonRoot', false, 'runAsNonRoot', false],
  ['seccompProfile', { type: 'Unconfined' }, 'seccompProfile.type', 'Unconfined'],
])('refuses %s %j', (field, value, path, shown) => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.securityContext[field] = value;
  });
  expect(found(podContext, subject)).toEqual([[`${CONTEXT}.${path}`, shown, WRONG]]);
});

test('accepts a profile of the node', () => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.securityContext.seccompProfile = {
      type: 'Localhost',
      localhostProfile: 'web.json',
    };
  });
  expect(found(podContext, subject)).toEqual([]);
});
