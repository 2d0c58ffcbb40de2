import { type Document, isAlias, isMap, isNode, isScalar, type Node, visit, type YAMLMap } from 'yaml';

/** What is wrong with a document although its form is right, and where. */
export interface Fault {
  readonly offset: number;
  /** The rest of a sentence: "is not YAML: …". */
  readonly wrong: string;
}

/** Keys that stand twice, and aliases that stand for nothing; in order. */
export function faults(document: Document): Fault[] {
  const found: Fault[] = [];
  const anchors = new Map<string, Node>();
  visit(document, (_, node, path) => {
    if (isAlias(node)) {
      const meant = anchors.get(node.source);
      if (meant && !path.includes(meant)) return;
      const why = meant
        ? `*${node.source} stands inside of what it means`
        : `no &${node.source} stands before *${node.source}`;
      found.push({ offset: offsetOf(node), wrong: `cannot be read: ${why}` });
    } else if (isNode(node)) {
      if ('anchor' in node && node.anchor) anchors.set(node.anchor, node);
      if (isMap(node)) found.push(...twice(node));
    }
  });
  return found;
}

function twice({ items }: YAMLMap): Fault[] {
  const keys = new Set<unknown>();
  return items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    if (keys.has(key.value)) return { offset: offsetOf(key), wrong: 'is not YAML: a key stands twice' };
    keys.add(key.value);
    return [];
  });
}

const offsetOf = ({ range }: Node): number => range?.[0] ?? 0;
