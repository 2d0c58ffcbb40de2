import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { merge } from '../fake-cluster';
import type { Given } from '../fake-object';
import { FOR_ANOTHER_HOST } from './certificates';
import { Healthy } from './production';

interface Fault {
  readonly add?: readonly Given[];
  readonly events?: readonly { pod?: string; replicaSet?: string }[];
  readonly certificates?: Readonly<Record<string, string | null>>;
  readonly [change: string]: unknown;
}
const [everywhere = {}, hosted = {}] = parseAllDocuments(
  readFileSync(join(__dirname, 'faults.yaml'), 'utf8'),
).map((document): Readonly<Record<string, Fault>> => document.toJSON());

function breakCluster(cluster: Healthy, { add = [], events = [], ...changes }: Fault): void {
  for (const [key, value] of Object.entries(changes)) {
    const [kind = '', name] = key.split(' ');
    if (kind === 'pod') cluster.breakPod(name ?? '', value ?? {});
    else if (kind in cluster) merge(cluster, { [kind]: value });
    else if (value === null) cluster.remove(kind, name);
    else merge(cluster.get(kind, name), value ?? {});
  }
  for (const [name, text] of Object.entries(cluster.certificates))
    if (text === 'FOR_ANOTHER_HOST') cluster.certificates[name] = FOR_ANOTHER_HOST;
  cluster.add(...add);
  for (const { pod, replicaSet, ...event } of events) {
    const involvedObject = pod
      ? { kind: 'Pod', name: pod, uid: pod }
      : { kind: 'ReplicaSet', name: replicaSet };
    const lastTimestamp = '2026-01-02T02:04:05Z';
    cluster.add({
      kind: 'Event',
      type: 'Warning',
      metadata: { name: 'x' },
      involvedObject,
      lastTimestamp,
      ...event,
    });
  }
}

/** The lines that differ from those for an environment in which all is fine. */
async function difference(environment: string, fault: Fault): Promise<string> {
  const lines = (output: string) => output.split('\n').map((line) => line.replace(/\b +/g, ' '));
  const fine = lines((await new Healthy(environment).status()).output);
  const cluster = new Healthy(environment).when(/^logs /, 'still waiting\n');
  breakCluster(cluster, fault);
  const { code, output, errors } = await cluster.status();
  expect(code).toBe(/^✘/m.test(output) ? 1 : 0);
  expect(errors.includes(`${environment} is not fine`)).toBe(code === 1);
  const changed = lines(output).filter((line) => !fine.includes(line));
  return changed.join('\n').replace(/(bootstrap)-[0-9a-f]{10}/g, '$1-HASH');
}

test.each(Object.entries({ ...everywhere, ...hosted }))('production: %s', async (_, fault) => {
  expect(await difference('production', fault)).toMatchSnapshot();
});

test.each(Object.entries(everywhere))('development: %s', async (_, fault) => {
  const output = await difference('development', fault);
  expect(output).toMatchSnapshot();
  // They are for hosted environments, and refuse this one.
  expect(output).not.toMatch(/coped (deploy|migrate|secrets)/);
});
