import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { loadAll, YAMLException } from 'js-yaml';
import { unreadable } from './files';
import { duplicates, lineIn, nodesOf, type Path } from './lines';
import { KUBERNETES } from './yaml-types';

/** A part of a file that may be a Kubernetes object. */
export interface Part {
  readonly file: string;
  /** As plain JSON. */
  readonly value: unknown;
  /** Line of the closest thing to a path in it that exists. */
  readonly line: (path: Path) => number;
  /** It is an item of a list. */
  readonly listed?: boolean;
}

/** Something that cannot be checked, or only in part. */
export interface Remark {
  readonly file: string;
  readonly line: number;
  /** The rest of a sentence: "is empty". */
  readonly wrong: string;
  /** It should be a Kubernetes object: what is wrong is a finding, and not only worth a note. */
  readonly meant: boolean;
  readonly remedy?: string;
}

export interface Contents {
  readonly parts: readonly Part[];
  readonly remarks: readonly Remark[];
}

/** Reads YAML as kubectl does: several documents, anchors and merge keys. JSON is YAML as well. */
export function documents(file: string): Contents {
  const read = readText(file);
  if ('wrong' in read) return { parts: [], remarks: [{ file, ...read }] };
  let line = 1;
  const contents = read.text.split(SEPARATOR).map((document) => {
    const begins = line;
    line += document.split('\n').length - 1;
    return inDocument(file, document, begins);
  });
  const parts = contents.flatMap((one) => one.parts);
  const remarks = contents.flatMap((one) => one.remarks);
  const empty: Remark = { file, line: 1, wrong: 'is empty', meant: false };
  return { parts, remarks: parts.length + remarks.length > 0 ? remarks : [empty] };
}

/** kubectl looks for it before it reads any YAML, so that an error concerns one document. */
const SEPARATOR = /(?<=\n)(?=---(?:\s|$))/;

/** Whether a text that cannot be read should be an object. */
const isMeant = (text: string): boolean =>
  ['apiVersion', 'kind'].every((field) => RegExp(`(?:^|[\\s{,])["']?${field}["']?\\s*:`, 'm').test(text));

/** What Helm or Jinja replace. Elsewhere braces may be meant: in an alert, or in a template that a program fills in. */
const HELM = /^[^#\n]*\{\{-?\s*(?:\.Values|\.Release|\.Chart|include "|template ")/m;

function inDocument(file: string, text: string, begins: number): Contents {
  const remark = (line: number, wrong: string, meant = isMeant(text)): Contents => ({
    parts: [],
    remarks: [{ file, line: line + begins, wrong, meant }],
  });
  const braces = (/\{\{|\{%/.exec(text)?.index ?? -1) + 1;
  const isTemplate = (): Contents =>
    remark(
      text.slice(0, braces).split('\n').length - 1,
      'is a template, not a manifest: check what is made of it',
      false,
    );
  if (HELM.test(text)) return isTemplate();
  const options = { schema: KUBERNETES, json: false };
  const read = (): Contents => {
    const values = loadAll(text, null, options).map((value) => {
      if (text.includes('&') && sizeOf(value) > MOST)
        throw new Error('its aliases unfold to more than 50 MiB');
      return plain(value);
    });
    let nodes: ReturnType<typeof nodesOf> | undefined;
    const line = (i: number, path: Path): number => {
      nodes ??= nodesOf(text, options);
      return lineIn(nodes[i], path) + begins;
    };
    const parts = values.map((value, i) => ({ file, value, line: (path: Path) => line(i, path) }));
    return { parts: parts.filter(({ value }) => value !== undefined), remarks: [] };
  };
  try {
    return read();
  } catch (error) {
    if (braces > 0) return isTemplate();
    if (!(error instanceof YAMLException)) return remark(0, `cannot be read: ${reason(error as Error)}`);
    if (!/duplicated/.test(error.reason)) return remark(error.mark.line, `is not YAML: ${error.reason}`);
    options.json = true;
    const remarks = nodesOf(text, options)
      .flatMap(duplicates)
      .map(({ key, line, first }) => ({
        file,
        line: line + begins,
        wrong: `has the key ${key} twice, first in line ${first + begins}; the last one counts`,
        meant: isMeant(text),
        remedy: 'Remove one of them',
      }));
    return { ...read(), remarks };
  }
}

const reason = ({ name, message }: Error): string =>
  name === 'RangeError' ? 'it is nested thousands of levels deep' : message;

/** Characters and fields. Aliases of aliases of aliases make gigabytes of a page. */
const MOST = 50 * 2 ** 20;

function sizeOf(value: unknown, known = new Map<object, number>()): number {
  if (typeof value !== 'object' || value === null) return 1 + String(value).length;
  const size = known.get(value);
  if (Number.isNaN(size)) throw new Error('an alias is inside of what it refers to');
  if (size !== undefined) return size;
  known.set(value, Number.NaN);
  let sum = 1;
  for (const [key, field] of Object.entries(value)) sum += key.length + sizeOf(field, known);
  known.set(value, sum);
  return sum;
}

/** Without aliases, and without empty fields: to Kubernetes they are absent. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item) ?? null);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const copy: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    // The parser's name for a map as a key, which Kubernetes does not read.
    if (key === '[object Object]') throw new Error('a key is a map');
    if (field === null) continue;
    if (key !== '__proto__') copy[key] = plain(field);
    else Object.defineProperty(copy, key, { enumerable: true, value: plain(field) });
  }
  return copy;
}

/**
 * What YAML does not allow, and kubectl refuses: control characters, but for a tab and the ends of lines.
 * @see https://yaml.org/spec/1.2.2/#51-character-set
 */
const CONTROL = /[^\P{Cc}\t\n\r\x85]/u;

/** Reads a file as kubectl does: UTF-8, whatever the system is set to. Or the first line that is no text. */
function readText(file: string): { readonly text: string } | Omit<Remark, 'file'> {
  const why = unreadable(file);
  if (why !== undefined) return { line: 1, wrong: why, meant: true };
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return { line: 1, wrong: `cannot be read: ${(error as Error).message}`, meant: true };
  }
  const text = bytes.toString().replace(/^\ufeff/, '');
  const fault = (index: number, wrong: string): Omit<Remark, 'file'> => ({
    line: text.slice(0, index).split('\n').length,
    wrong,
    // Windows writes UTF-16, of which each second byte is 0.
    meant: isMeant(text.replaceAll('\0', '')),
  });
  // Each byte that is not text has become this character; a file may also contain it.
  if (!isUtf8(bytes)) return fault(text.indexOf('\ufffd'), 'is not text in UTF-8: save it as such');
  const control = CONTROL.exec(text);
  return control
    ? fault(control.index, 'has a control character, which YAML does not allow: remove it')
    : { text };
}
