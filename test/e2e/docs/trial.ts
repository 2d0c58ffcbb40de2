import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from './pages';
import { type Command, type Snippet, snippetsOf } from './snippets';

/** Where a command from a page is tried, and what its placeholders stand for. */
export interface Stage {
  readonly context: string;
  readonly namespace: string;
  readonly pod: string;
  readonly job: string;
}

const PRELUDE = readFileSync(join(__dirname, 'prelude.sh'), 'utf8');

/** Commands that ask a cluster, and what is around them in a block: variables, keys that they store. */
const CLUSTER = /(^|[|;] |\bdo\s+)(k|kubectl) /;
const AROUND = /^(openssl |[a-z]+=)/;
/** `k` itself, as the pages define it: the prelude has its own. */
const DEFINITION = /^k\(\) \{/;

const VERIFIED = pages.find(({ path }) => path === 'docs/verified.md')?.text ?? '';

/** Commands that no test runs: docs/verified.md lists them. */
export const untried: ReadonlySet<string> = new Set(
  snippetsOf('', VERIFIED.replace(/^.*^## Commands that no test runs$/ms, ''))
    .flat()
    .map(({ text }) => text),
);

/** Whether the step `docs-commands` runs a command. */
export const isForCluster = ({ text }: Command): boolean =>
  !untried.has(text) && (CLUSTER.test(text) || AROUND.test(text) || DEFINITION.test(text));

/** Everything in the pages that asks a cluster, each once. */
export function clusterSnippets(): Snippet[] {
  const found = new Map<string, Snippet>();
  for (const { path, text } of pages) {
    for (const snippet of snippetsOf(path, text)) {
      const kept = snippet.filter(isForCluster).filter((command) => !DEFINITION.test(command.text));
      const key = kept.map((command) => command.text).join('\n');
      if (kept.some((command) => CLUSTER.test(command.text)) && !found.has(key)) found.set(key, kept);
    }
  }
  return [...found.values()];
}

/** A script for bash that does the same as pasting this. */
export const scriptOf = (snippet: Snippet, stage: Stage): string =>
  [
    'set -euo pipefail',
    `context=${stage.context} namespace=${stage.namespace}`,
    PRELUDE,
    ...snippet.map(({ text }) => onStage(text, stage)),
  ].join('\n');

const onStage = (text: string, { context, namespace, pod, job }: Stage): string =>
  text
    .replaceAll(/--context (kind-coped|coped-\w+)/g, `--context ${context}`)
    .replaceAll(/\bcoped-(production|staging|training)\b/g, namespace)
    .replaceAll(/\bdist\/(production|staging)\b/g, 'dist/e2e')
    .replaceAll('<pod>', pod)
    .replaceAll('<name>', job);
