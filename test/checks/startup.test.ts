import { startup } from '../../lib/checks/startup';
import { broken, found, MAIN, main } from './fixture';

const withProbe = (probe: object) =>
  broken('Deployment/web', (web) => {
    main(web).startupProbe = probe;
  });

test('refuses a startup probe that gives up too early', () => {
  expect(found(startup, withProbe({ failureThreshold: 29, periodSeconds: 1 }))).toEqual([
    [
      `${MAIN}.startupProbe`,
      '29 × 1 s',
      'gives up after 29 seconds, which a busy node needs for a good start',
    ],
  ]);
});

test("counts with Kubernetes' own numbers where none are given", () => {
  expect(found(startup, withProbe({ periodSeconds: 5 }))).toHaveLength(1);
  expect(found(startup, withProbe({}))).toEqual([]);
});
