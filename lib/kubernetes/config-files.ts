import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { make } from './object';

/** The text of a file, for one beside a component `file(__dirname, …)`: it stays readable, and editors know its language. */
export const file = (...path: string[]): string => readFileSync(join(...path), 'utf8');

/** A ConfigMap; pods that use it restart when it changes: see `stamp`. */
export const configMap = (scope: Construct, name: string, data: Record<string, string>): void => {
  make(scope, `config-${name}`, 'ConfigMap', { metadata: { name }, data });
};
