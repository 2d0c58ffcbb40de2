import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kubectl } from '../cluster/kubectl';
import { PodShell } from '../cluster/pod-shell';

export interface Digest {
  readonly rows: number;
  readonly checksum: string;
}

/** Writes rows of a kind as web would. */
export const writeRows = (kubectl: Kubectl, label: string, count: number): Promise<string> =>
  inWeb(kubectl, 'rows.py', [`DRILL_LABEL=${label}`, `DRILL_COUNT=${count}`]);

/** What is there of a kind. */
export async function digestOf(kubectl: Kubectl, label: string): Promise<Digest> {
  const text = await inWeb(kubectl, 'digest.py', [`DRILL_LABEL=${label}`]);
  return JSON.parse(text.trim().split('\n').at(-1) ?? '');
}

function inWeb(kubectl: Kubectl, program: string, settings: readonly string[]): Promise<string> {
  const text = readFileSync(join(__dirname, program), 'utf8');
  const command = ['env', ...settings, 'python', 'manage.py', 'shell', '--command', text];
  return new PodShell(kubectl, 'deployment/web').run(command);
}
