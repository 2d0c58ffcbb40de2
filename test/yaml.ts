import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

/** Test cases that are data, from a file: `yamlOf<Case[]>(__dirname, 'cases.yaml')`. */
export const yamlOf = <T>(...path: readonly string[]): T =>
  parse(readFileSync(join(...path), 'utf8'), { merge: true });

/** All documents of a file. */
export const documentsOf = <T>(...path: readonly string[]): T[] =>
  parseAllDocuments(readFileSync(join(...path), 'utf8')).map((document) => document.toJS());
