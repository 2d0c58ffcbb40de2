import { readFileSync } from 'node:fs';
import { type Document, LineCounter, type Node, parseAllDocuments } from 'yaml';

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
  const lines = new LineCounter();
  const all = parseAllDocuments(readFileSync(file, 'utf8'), { lineCounter: lines, version: '1.1' });
  const contents = [...all].map((document): Contents => {
    const [error] = document.errors;
    const at = (offset: number): number => lines.linePos(offset).line;
    // The library's message goes on with an excerpt of the file, which may be anything.
    const reason = (text: string): string => (text.split('\n')[0] ?? text).replace(/( at line .*)?:?$/, '');
    if (error) {
      return { parts: [], errors: [`${file}:${at(error.pos[0])}: is not YAML: ${reason(error.message)}`] };
    }
    try {
      const value = plain(document.toJS());
      if (value === undefined) return { parts: [], errors: [] };
      return { parts: [{ file, value, line: (path) => at(startOf(document, path)) }], errors: [] };
    } catch (failure) {
      // Aliases of aliases of aliases: a page that unfolds to gigabytes.
      const start = document.contents?.range?.[0] ?? 0;
      return { parts: [], errors: [`${file}:${at(start)}: cannot be read: ${reason(String(failure))}`] };
    }
  });
  return {
    parts: contents.flatMap(({ parts }) => parts),
    errors: contents.flatMap(({ errors }) => errors),
  };
}

/** To Kubernetes an empty field is an absent one. */
const plain = (value: unknown): unknown => {
  const json = JSON.stringify(value, (_, field) => field ?? undefined);
  return json === undefined ? undefined : JSON.parse(json);
};

function startOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as Node | undefined;
    if (node?.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
