import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { make } from './object';

/** Path → text: most files are in several pods, and in every environment. */
const texts = new Map<string, string>();

/** The text of a file, for one beside a component `file(__dirname, …)`: it stays readable, and editors know its language. */
export function file(...parts: string[]): string {
  const path = join(...parts);
  const text = texts.get(path) ?? readFileSync(path, 'utf8');
  texts.set(path, text);
  return text;
}

/** A ConfigMap; pods that use it restart when it changes: see `stamp`. */
export const configMap = (scope: Construct, name: string, data: Record<string, string>): void => {
  make(scope, `config-${name}`, 'ConfigMap', { metadata: { name }, data });
};
