import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kubectl } from '../cluster/kubectl';
import { PodShell } from '../cluster/pod-shell';
import { askDjango, runInDjango } from '../restore/django';

const web = (kubectl: Kubectl) => new PodShell(kubectl, 'deployment/web');
const program = (file: string) => readFileSync(join(__dirname, file), 'utf8');

/** Writes rows of a kind as web would. */
export const writeRows = (kubectl: Kubectl, label: string, count: number): Promise<string> =>
  runInDjango(web(kubectl), program('rows.py'), [`DRILL_LABEL=${label}`, `DRILL_COUNT=${count}`]);

/** The rows of a kind: their number, and a checksum of what is in them. */
export const digestOf = (kubectl: Kubectl, label: string): Promise<{ rows: number; checksum: string }> =>
  askDjango(web(kubectl), program('digest.py'), [`DRILL_LABEL=${label}`]);
