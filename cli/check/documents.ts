import { type Document, LineCounter, type Node, parseAllDocuments } from 'yaml';
import { faults } from './faults';
import { readText } from './text';

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
    const start = document.contents?.range?.[0] ?? 0;
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
  return document.contents?.range?.[0] ?? 0;
}
