import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executor } from '../../../cli/cluster/execute';
import type { Kubectl } from '../../../cli/cluster/kubectl';
import { write } from '../../../lib/output/files';
import { model } from '../hosted/environment';
import { distOf } from '../model';
import type { Suite } from '../step';
import { clusterSnippets, type Stage, scriptOf } from './trial';

/** Commands tried at once: some only wait, to show that they do not end. */
const AT_ONCE = 4;

/**
 * What a reader of the pages has already: a certificate for the site, and a context with a namespace. An
 * option instead would forbid commands that name another one in a file.
 */
const before = ({ context, namespace }: Stage): string => `set -e
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=e2e -keyout privkey.pem -out fullchain.pem
kubectl --context=${context} config view --raw --minify --flatten >kubeconfig
kubectl --kubeconfig=kubeconfig config set-context ${context} --namespace=${namespace}`;

export async function docs({ kubectl, report }: Suite): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'coped-docs-'));
  const bash = async (script: string): Promise<void> => {
    const inFolder = `cd ${folder}\n${script}`;
    const { code, stdout, stderr } = await executor()('bash', ['--norc', '-c', inFolder], { input: '' });
    if (code !== 0) throw new Error(`exit code ${code}\n${stderr || stdout}`);
  };
  try {
    write(join(folder, 'dist', model.environment.name), model.files);
    // Copied: kubectl does not look into a folder that is a link.
    for (const name of ['local', 'development'])
      cpSync(distOf(name), join(folder, 'dist', name), { recursive: true });
    const stage = await stageOn(kubectl);
    await bash(before(stage));
    const waiting = clusterSnippets();
    const work = async () => {
      for (let snippet = waiting.shift(); snippet; snippet = waiting.shift()) {
        const [{ page, line, text }] = snippet as [(typeof snippet)[number]];
        const script = `export KUBECONFIG=${folder}/kubeconfig\n${scriptOf(snippet, stage)}`;
        await report.check(`${page}:${line} ${text.split('\n')[0]}`, () => bash(script));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function stageOn(kubectl: Kubectl): Promise<Stage> {
  const scope = kubectl.in(model.namespace);
  const one = async (kind: string, component: string): Promise<string> =>
    (await scope.list(kind, `--selector=app.kubernetes.io/component=${component}`))[0]?.metadata.name ?? '';
  return {
    context: kubectl.context,
    namespace: model.namespace,
    pod: await one('pods', 'web'),
    job: await one('jobs', 'postgres-bootstrap'),
  };
}
