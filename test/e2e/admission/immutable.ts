import type { Finding } from '../../../checker/problem';
import { immutable } from '../../../checker/rules/data/immutable';
import type { Kubectl } from '../../../cli/cluster/kubectl';
import type { Manifest } from '../../manifest';
import type { Report } from '../report';
import type { Suite } from '../step';
import { established, withObjects } from './cluster-state';
import {
  allAccepted,
  allRefused,
  type Case,
  ignored,
  NAMESPACE,
  objects,
  surroundings,
} from './immutable/cases';

/** The rule says what an API server would answer. Here one answers; the objects stay as they are. */
export async function immutableFields({ kubectl, report }: Suite): Promise<void> {
  const cases = [...allRefused, ...allAccepted, ...ignored];
  await withObjects(kubectl, [...surroundings, ...Object.values(objects)], async () => {
    await settled(report, kubectl);
    for (const object of new Set(cases.map(({ object }) => object))) {
      const changes = cases.filter((one) => one.object === object);
      await report.check(`changes of ${object} get the same answer`, () => compare(kubectl, changes));
    }
  });
}

/** Only a claim that has a volume can grow, and only a definition that is served is fixed. */
async function settled(report: Report, kubectl: Kubectl): Promise<void> {
  const { claim, definition } = objects;
  const scope = kubectl.in(NAMESPACE);
  await scope.run(['wait', `pvc/${claim?.metadata.name}`, '--for=jsonpath={.status.phase}=Bound']);
  await established(report, kubectl, `crd/${definition?.metadata.name}`);
}

async function compare(kubectl: Kubectl, cases: readonly Case[]): Promise<string> {
  const wrong: string[] = [];
  for (const { what, before, after } of cases) {
    const [finding] = immutable.find({ environment: 'e2e', manifests: [after], committed: [before] });
    const answer = await answerTo(kubectl, after);
    if (!agree(finding, answer))
      wrong.push(`${what}\n  rule: ${finding?.wrong ?? 'nothing'}\n  API server: ${answer}`);
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return `${cases.length}`;
}

/** Where the rule quotes nothing, it says that Kubernetes accepts the change and keeps the old value. */
function agree(finding: Finding | undefined, answer: string): boolean {
  if (finding === undefined) return answer.startsWith(ACCEPTED);
  const [, quoted] = /\("(.+)"\)/.exec(finding.wrong) ?? [];
  if (quoted) return answer.includes(quoted);
  const [, kept = ''] = /keeps (\S+);/.exec(finding.wrong) ?? [];
  const key = finding.where.split('.').at(-1);
  return answer.startsWith(ACCEPTED) && answer.includes(`"${key}": ${kept}`);
}

const ACCEPTED = 'accepted: ';

/** What an apply is answered; nothing is stored. */
async function answerTo(kubectl: Kubectl, object: Manifest): Promise<string> {
  const apply = ['apply', '--filename=-', '--dry-run=server', '--output=json'];
  const { code, stdout, stderr } = await kubectl.attempt(apply, { input: JSON.stringify(object) });
  return code === 0 ? ACCEPTED + stdout : stderr;
}
