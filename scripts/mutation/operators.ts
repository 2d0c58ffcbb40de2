import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Manifest } from '../../checker/manifests/manifest';
import { nameOf } from '../../checker/manifests/workloads';
import { type Change, editsOf } from './change';

/** One kind of mistake, made wherever it can be made. */
export interface Operator {
  /** What was done, as in "drops a policy". */
  readonly name: string;
  readonly mutants: (good: readonly Manifest[]) => Mutant[];
}

/** Good manifests with one thing broken. */
interface Mutant {
  /** `Deployment/web spec.replicas: 0` */
  readonly where: string;
  readonly manifests: readonly Manifest[];
}

/** As in operators.yaml, which says what the fields mean. */
interface Written extends Change {
  readonly on: string | readonly string[];
  readonly if?: string;
  readonly beside?: object;
  readonly object?: 'dropped' | 'doubled';
}

const written: Readonly<Record<string, Readonly<Record<string, Written>>>> = parse(
  readFileSync(join(__dirname, 'operators.yaml'), 'utf8'),
);

/** Every mistake that is tried, by what it is about. */
export const operators: Readonly<Record<string, readonly Operator[]>> = Object.fromEntries(
  Object.entries(written).map(([topic, all]) => [
    topic,
    Object.entries(all).map(([name, one]) => ({ name, mutants: (good) => mutantsOf(one, good) })),
  ]),
);

function mutantsOf(operator: Written, good: readonly Manifest[]): Mutant[] {
  const { on, if: needed = '', ...what } = operator;
  if (!good.some((object) => JSON.stringify(object).includes(needed))) return [];
  const kinds = [on].flat();
  return good
    .filter(({ kind }) => kinds.includes(kind) || kinds.some((word) => ANY_KIND.includes(word)))
    .flatMap((object) => ofObject(on, what, object, good));
}

const ANY_KIND = ['all', 'pods', 'containers'];
const TEMPLATES = ['spec.{template}.spec', 'spec.{jobTemplate}.spec.template.spec'];

function ofObject(
  on: Written['on'],
  { beside, object: whole, ...change }: Omit<Written, 'on'>,
  of: Manifest,
  good: readonly Manifest[],
): Mutant[] {
  const where = nameOf(of);
  if (whole === 'dropped') return [{ where, manifests: good.filter((other) => other !== of) }];
  if (whole === 'doubled') return [{ where, manifests: [...good, structuredClone(of)] }];
  if (beside) {
    const { name, namespace = '' } = of.metadata;
    const text = JSON.stringify(beside).replaceAll('$namespace', namespace).replaceAll('$name', name);
    const added: Manifest = JSON.parse(text);
    return [{ where: `${nameOf(added)} for ${where}`, manifests: [...good, added] }];
  }
  const inPod = on === 'containers' ? { within: '{initContainers,containers}.*', changes: [change] } : change;
  const inObject =
    on === 'pods' || on === 'containers'
      ? { changes: TEMPLATES.map((within) => ({ within, changes: [inPod] })) }
      : change;
  return editsOf(inObject, of).flatMap((edit) => {
    const copy = structuredClone(of);
    const place = edit(copy);
    const manifests = good.map((object) => (object === of ? copy : object));
    return place === undefined ? [] : [{ where: `${where} ${place}`, manifests }];
  });
}
