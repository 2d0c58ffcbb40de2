import { type LoadOptions, loadAll } from 'js-yaml';

export type Path = readonly (string | number)[];

/** A value of a document and where it begins; keys are nodes as well, each before its value. */
interface Node {
  /** Counted from 0. */
  readonly line: number;
  readonly inBrackets: boolean;
  value: unknown;
  children: readonly Node[];
}

/** The documents of a text once more, with lines: the parser calls back as it begins and ends each node. */
export function nodesOf(text: string, options: LoadOptions): readonly Node[] {
  const open: (Node & { children: Node[] })[] = [
    { line: 0, inBrackets: true, value: undefined, children: [] },
  ];
  loadAll(text, null, {
    ...options,
    listener: (event, { input, line, position, result }) => {
      if (event === 'open') {
        const inBrackets = /^[ \t]*[{[]/.test(input.slice(position, position + 20));
        const node = { line, inBrackets, value: undefined, children: [] };
        open.at(-1)?.children.push(node);
        open.push(node);
        return;
      }
      const node = open.pop();
      if (!node) return;
      node.value = result;
      // A value is first read as if it were the key of a map.
      const [only, other] = node.children;
      if (only && !other && only.value === result) node.children = [...only.children];
    },
  });
  return open[0]?.children ?? [];
}

/** Line of the closest thing to a path that exists, counted from 0. */
export function lineIn(root: Node | undefined, path: Path): number {
  let node = root;
  for (const step of path) {
    const next = node && child(node, step);
    if (!next) break;
    node = next;
  }
  return node ? start(node) : 0;
}

/** Of a key that is there twice the last one counts. */
const child = ({ value, children }: Node, step: string | number): Node | undefined => {
  if (Array.isArray(value)) return children[Number(step)];
  const keys = children.map((key, i) => (i % 2 === 0 ? String(key.value) : undefined));
  return children[keys.lastIndexOf(String(step)) + 1 || -1];
};

/** A block begins with its first item, which is below the key of the block. */
const start = ({ line, inBrackets, value, children }: Node): number => {
  const [first] = children;
  return first && !inBrackets && typeof value === 'object' ? start(first) : line;
};

/** A key that a map has twice. */
interface Duplicate {
  readonly key: string;
  readonly line: number;
  readonly first: number;
}

export function duplicates({ value, children }: Node): Duplicate[] {
  const seen = new Map<string, number>();
  const isMap = typeof value === 'object' && !Array.isArray(value);
  return children.flatMap((node, i) => {
    const key = String(node.value);
    if (!isMap || i % 2 === 1 || key === '<<') return duplicates(node);
    const first = seen.get(key);
    if (first !== undefined) return { key, line: node.line, first };
    seen.set(key, node.line);
    return [];
  });
}
