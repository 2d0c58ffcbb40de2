import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { image } from '../../../../cli/cluster/rollout/pulls';
import { container, object, pod, waitingFor } from './fakes';

interface Case {
  readonly image?: string;
  readonly said: string;
  readonly tries?: number;
  readonly why: string;
  readonly looks: number;
}
const cases: readonly Case[] = parse(readFileSync(join(__dirname, 'pulls.yaml'), 'utf8'));

/** The kubelet has tried this often, and says this of it. */
const failures = (said: string, tries = 0, name = 'i:2') =>
  Array.from({ length: tries }, (_, i) => ({
    ...object('Event', `event-${i}`),
    reason: 'Failed',
    message: `Failed to pull image "${name}": ${said}`,
    involvedObject: { uid: 'web-1-a' },
  }));

test.each(cases)('$said ($tries)', ({ image: name = 'r.example.org/i:2', said, tries, why, looks }) => {
  const waiting = { reason: 'ErrImagePull', message: `failed to pull "${name}": ${said}` };
  const found = image(pod(container({ waiting }, { image: name })), { events: failures(said, tries, name) });
  expect(found).toMatchObject({ reason: `the image ${name} cannot be pulled: ${why}`, looks });
});

test('between two tries an older kubelet says no reason: the last one counts', () => {
  const waits = pod(waitingFor('ImagePullBackOff', 'Back-off pulling image "web:2"'));
  const reason = 'the image web:2 cannot be pulled: the registry does not answer';
  expect(image(waits, { events: failures('i/o timeout', 1, 'web:2') })?.reason).toBe(reason);
});

test('one event for many tries counts as many; those of another pod do not', () => {
  const waits = pod(waitingFor('ErrImagePull', 'i/o timeout'));
  const [event] = failures('i/o timeout', 1);
  const looks = (more: object) =>
    image(waits, { events: [{ ...object('Event', 'x'), ...event, ...more }] })?.looks;
  expect([looks({ count: 2 }), looks({ series: { count: 5 } }), looks({ count: 1 })]).toEqual([30, 30, 180]);
  expect(looks({ count: 9, involvedObject: { uid: 'another' } })).toBe(180);
});
