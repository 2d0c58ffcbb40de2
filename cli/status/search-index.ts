import { started } from '../../lib/components/django/scripts/scripts';
import { administratorOf, isExternal } from '../../lib/components/elsewhere';
import type { Environment } from '../../lib/environments/environment';
import { mainOf } from '../cluster/api-object';
import type { Kubectl } from '../cluster/kubectl';
import { complaint } from '../cluster/pod-shell';
import { brief } from '../cluster/rollout/diagnosis';
import { type Counted, countedIn, typed } from '../manage/application-commands';
import { type Facts, newestServing, podsOf } from './facts';
import { type Findings, problem, warning } from './status';

interface SearchIndex extends Findings {
  readonly searchIndex?: Counted | null;
}

/** The part of all rows that an index has to have: what was saved a moment ago may be on its way. */
const ENOUGH = 0.9;
const UNKNOWN: SearchIndex = { concerns: [], searchIndex: null };
const ABOUT = 'search index';

/** Whether the search finds what is in the database: the application is asked, which knows both. */
export async function searchIndex(
  kubectl: Kubectl,
  facts: Facts,
  environment: Environment,
): Promise<SearchIndex> {
  const { counted, index } = environment.application;
  if (!counted || !index || !environment.elasticsearch) return { concerns: [] };
  const web = facts.find('Deployment', 'web');
  const pod = web && newestServing(podsOf(facts, web));
  if (!pod) return UNKNOWN;
  const command = [
    'exec',
    pod.metadata.name,
    `--container=${mainOf(pod).name}`,
    '--',
    ...started(counted, environment.application),
  ];
  const { code, stdout, stderr } = await kubectl.attempt(command, { within: 30 });
  if (code !== 0) {
    const why = failureIn(complaint(stderr));
    if (why === undefined) return UNKNOWN;
    const logs = kubectl.typed('logs', 'statefulset/elasticsearch', '--tail=20');
    const next = isExternal(environment.elasticsearch)
      ? `Ask ${administratorOf(environment.elasticsearch)} whether it runs and accepts the password`
      : `Check that Elasticsearch runs and accepts the password: \`${logs}\``;
    return { ...UNKNOWN, concerns: [problem(ABOUT, { reason: brief(why), next })] };
  }
  const found = countedIn(stdout);
  if (!found) return UNKNOWN;
  const { rows, documents } = found;
  const next = `Build it: \`${typed({ kubectl, environment }, index)}\``;
  if (rows > 0 && !documents) {
    const reason = `${documents === null ? 'is not there' : 'is empty'}: none of ${rows} is found`;
    return { searchIndex: found, concerns: [problem(ABOUT, { reason, next })] };
  }
  const isShort = documents !== null && documents < rows * ENOUGH;
  const reason = `has ${documents} of ${rows}: the rest is not found`;
  return { searchIndex: found, concerns: isShort ? [warning(ABOUT, { reason, next })] : [] };
}

/** Why Django's command has failed. Undefined where none did: the release has none, or the user may not run commands in pods. */
const failureIn = (text: string): string | undefined =>
  /^CommandError: (.*)/m.exec(text)?.[1] ?? (/^Traceback /m.test(text) ? text.split('\n').at(-1) : undefined);
