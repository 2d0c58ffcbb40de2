import { secretVariables } from '../../../../checker/rules/one-field';
import { broken, found, MAIN, main } from '../../fixture';

const WRONG = 'puts a secret into the environment of the process and of all its children';

test('refuses a variable that is a secret', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).env.push({ name: 'SQL', valueFrom: { secretKeyRef: { name: 'postgres', key: 'password' } } });
  });
  expect(found(secretVariables, subject)).toEqual([
    [`${MAIN}.env[SQL].valueFrom.secretKeyRef`, undefined, WRONG],
  ]);
});

test('refuses a Secret whose keys all become variables', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).envFrom.push({ secretRef: { name: 'postgres' } });
  });
  expect(found(secretVariables, subject)).toEqual([[`${MAIN}.envFrom[1].secretRef`, undefined, WRONG]]);
});

test('accepts variables from elsewhere', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).env.push({ name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } });
  });
  expect(found(secretVariables, subject)).toEqual([]);
});
