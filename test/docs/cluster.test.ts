import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { temporaryFolder } from '../cli/temporary';
import type { Snippet } from '../e2e/docs/snippets';
import { clusterSnippets, scriptOf } from '../e2e/docs/trial';

// What the step `docs-commands` does with the pages, with a kubectl that only remembers what it was asked.

const folder = temporaryFolder();
beforeEach(() => {
  // A line for each call; what never ends has failed if it ends by itself.
  program(
    'kubectl',
    `echo $* >>"$CALLS"\ncase " $* " in *' logs -f '*|*' logs '*' -f '*|*--watch*|*port-forward*) sleep 5 >&- 2>&-; exit 9 ;; esac`,
  );
  program('openssl', 'true');
});

function program(name: string, script: string): void {
  writeFileSync(folder(name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function tryOut(snippet: Snippet) {
  const stage = { context: 'kind-here', namespace: 'coped-e2e', pod: 'web-1', job: 'postgres-bootstrap-1' };
  const calls = folder('calls');
  writeFileSync(calls, '');
  const { status, stderr } = spawnSync('bash', ['--norc', '-c', scriptOf(snippet, stage)], {
    cwd: folder(),
    encoding: 'utf8',
    input: '',
    env: { PATH: [folder(), process.env.PATH].join(delimiter), CALLS: calls, PATIENCE: '0.3' },
  });
  return { status, stderr, calls: readFileSync(calls, 'utf8').trim().split('\n').filter(Boolean) };
}

const one = (text: string): Snippet => [{ page: 'page.md', line: 1, text }];

test('every command for a cluster is run, on the one of the suite, and none makes a change', () => {
  const snippets = clusterSnippets();
  expect(snippets.length).toBeGreaterThan(40);
  for (const snippet of snippets) {
    const { status, stderr, calls } = tryOut(snippet);
    expect({ snippet, status, stderr }).toEqual({ snippet, status: 0, stderr: '' });
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) {
      expect(call).toMatch(/^--context=kind-here /);
      expect(call).not.toMatch(
        /--context coped|kind-coped|coped-(production|staging|training)|dist\/(production|staging)|</,
      );
      if (/ (create|apply|delete|patch|scale|rollout|label|set|drain|replace|run|edit) /.test(call)) {
        expect(call).toMatch(/ --dry-run=(client|server)( |$)/);
      }
    }
  }
});

test.each([
  'k drain node-1',
  'k rollout restart deployment/web',
  'k exec statefulset/postgres -- rm -r /data',
  'kubectl replace -f x.yaml --force',
])('%s cannot be tried without a change, and is refused', (text) => {
  const { status, stderr, calls } = tryOut(one(text));
  expect(status).toBe(2);
  expect(stderr).toContain('does not know how to try that without a change');
  expect(calls).toEqual([]);
});

test('a command that fails is noticed, in the middle of a pipe as well', () => {
  program('kubectl', 'echo no >&2; exit 1');
  for (const text of ['k get pods', "k get secret x -o jsonpath='{.data.y}' | base64 -d"]) {
    expect(tryOut(one(text))).toMatchObject({ status: 1, stderr: 'no\n' });
  }
});

test('a command that should go on, and does not, is noticed', () => {
  program('kubectl', 'exit 0');
  expect(tryOut(one('k port-forward statefulset/postgres 5432')).status).not.toBe(0);
});
