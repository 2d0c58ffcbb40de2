import { subPath } from '../../../../checker/rules/one-field';
import { broken, found, good, MAIN, main } from '../../fixture';

test.each(['subPath', 'subPathExpr'])('refuses %s', (field) => {
  const subject = broken('Deployment/web', (web) => {
    main(web).volumeMounts[0][field] = 'password';
  });
  expect(found(subPath, subject)).toEqual([
    [`${MAIN}.volumeMounts[/run/secrets].${field}`, 'password', 'mounts a part of a volume'],
  ]);
});

test('accepts whole volumes', () => {
  expect(found(subPath, good())).toEqual([]);
});
