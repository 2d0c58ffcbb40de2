import { readFileSync } from 'node:fs';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseAllDocuments,
  visit,
  type YAMLMap,
} from 'yaml';

/** A part of a file that should be a Kubernetes object. */
export interface Part {
  readonly file: string;
  /** As plain JSON. */
  readonly value: unknown;
  /** Line of the closest thing to a path in it that exists. */
  readonly line: (path: readonly (string | number)[]) => number;
}

/** What a file has in it, or why it cannot be read. */
export interface Contents {
  readonly parts: readonly Part[];
  readonly errors: readonly string[];
}

/**
 * Reads YAML as Kubernetes does: version 1.1, where `yes` is true; several documents; anchors and merge keys.
 * JSON is YAML as well.
 */
export function documents(file: string): Contents {
  const read = readText(file);
  if ('line' in read) return { parts: [], errors: [`${file}:${read.line}: ${read.wrong}`] };
  const lines = new LineCounter();
  // The library compares each key with each other one: seconds for a map of some thousands.
  const options = { lineCounter: lines, version: '1.1', uniqueKeys: false } as const;
  const contents = [...parseAllDocuments(read.text, options)].map((document): Contents => {
    const at = (offset: number): number => lines.linePos(offset).line;
    const no = (offset: number, wrong: string): Contents => ({
      parts: [],
      errors: [`${file}:${at(offset)}: ${wrong}`],
    });
    const [error] = document.errors;
    if (error) return no(error.pos[0], `is not YAML: ${reason(error.message)}`);
    const [fault] = faults(document);
    if (fault) return no(fault.offset, fault.wrong);
    const start = offsetOf(document.contents);
    try {
      const value = plain(document.toJS({ maxAliasCount: -1 }));
      if (value === undefined) return { parts: [], errors: [] };
      return { parts: [{ file, value, line: (path) => at(startOf(document, path)) }], errors: [] };
    } catch (failure) {
      return no(start, `cannot be read: ${reason((failure as Error).message)}`);
    }
  });
  return {
    parts: contents.flatMap(({ parts }) => parts),
    errors: contents.flatMap(({ errors }) => errors),
  };
}

/** The library's message goes on with an excerpt of the file, which may be anything. */
const reason = (message: string): string =>
  /call stack/.test(message)
    ? 'it is nested hundreds of levels deep'
    : (message.split('\n')[0] ?? message).replace(/( at line .*)?:?$/, '');

/** Characters and fields. Aliases of aliases of aliases make gigabytes of a page. */
const MOST = 50 * 2 ** 20;

/** To Kubernetes an empty field is an absent one. */
const plain = (value: unknown): unknown => {
  let size = 0;
  const json = JSON.stringify(value, (key, field) => {
    size += 1 + key.length + (typeof field === 'string' ? field.length : 0);
    if (size > MOST) throw new Error('its aliases unfold to more than 50 MiB');
    return field ?? undefined;
  });
  return json === undefined ? undefined : JSON.parse(json);
};

function startOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as Node | undefined;
    if (node?.range) return node.range[0];
  }
  return offsetOf(document.contents);
}

const offsetOf = (node: Node | null): number => node?.range?.[0] ?? 0;

/** An error that the library does not find, and where. */
interface Fault {
  readonly offset: number;
  /** The rest of a sentence: "is not YAML: …". */
  readonly wrong: string;
}

/** Duplicate keys and aliases without an anchor, in order. */
function faults(document: Document): Fault[] {
  const found: Fault[] = [];
  const anchors = new Map<string, Node>();
  visit(document, (_, node, path) => {
    if (isAlias(node)) {
      const meant = anchors.get(node.source);
      if (meant && !path.includes(meant)) return;
      const why = meant
        ? `*${node.source} is inside of what it refers to`
        : `*${node.source} has no anchor &${node.source} before it`;
      found.push({ offset: offsetOf(node), wrong: `cannot be read: ${why}` });
    } else if (isNode(node)) {
      if ('anchor' in node && node.anchor) anchors.set(node.anchor, node);
      if (isMap(node)) found.push(...duplicates(node));
    }
  });
  return found;
}

function duplicates({ items }: YAMLMap): Fault[] {
  const keys = new Set<unknown>();
  return items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    if (keys.has(key.value)) return { offset: offsetOf(key), wrong: 'is not YAML: duplicate key' };
    keys.add(key.value);
    return [];
  });
}

/** The text of a file, or the first line that is not text. */
type Read = { readonly text: string } | { readonly line: number; readonly wrong: string };

/**
 * What YAML does not allow, and kubectl refuses: control characters, but for a tab and the ends of lines.
 * @see https://yaml.org/spec/1.2.2/#51-character-set
 */
const CONTROL = /[^\P{Cc}\t\n\r\x85]/u;

/** Reads a file as kubectl does: UTF-8, whatever the system is set to. */
function readText(file: string): Read {
  const bytes = readFileSync(file);
  const text = bytes.toString();
  const lineAt = (index: number): number => text.slice(0, index).split('\n').length;
  // Each byte that is not text has become this character; a file may also contain it.
  if (!isUtf8(bytes)) {
    return { line: lineAt(text.indexOf('\ufffd')), wrong: 'is not text in UTF-8: save it as such' };
  }
  const control = CONTROL.exec(text);
  return control
    ? { line: lineAt(control.index), wrong: 'has a control character, which YAML does not allow: remove it' }
    : { text };
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
