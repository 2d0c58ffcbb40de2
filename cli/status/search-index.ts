import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { complaint } from '../cluster/pod-shell';
import { brief, type Diagnosis } from '../cluster/rollout/diagnosis';
import { type Facts, newestServing, podsOf } from './facts';
import { type Findings, NOTHING, type SearchIndexStatus } from './status';

interface SearchIndex extends Findings {
  readonly searchIndex: SearchIndexStatus | null;
}

/** The part of all rows that an index has to have: what was saved a moment ago may be on its way. */
const ENOUGH = 0.9;
const UNKNOWN = { ...NOTHING, searchIndex: null };

/** Whether the search finds what is in the database: the application is asked, which knows both. */
export async function searchIndex(kubectl: Kubectl, facts: Facts, environment: string): Promise<SearchIndex> {
  const web = facts.find('Deployment', 'web');
  const pod = web && newestServing(podsOf(facts, web));
  if (!pod) return UNKNOWN;
  const [container] = pod.spec.containers;
  const command = ['exec', pod.metadata.name, `--container=${container.name}`, '--'];
  const check = ['python', 'manage.py', 'search_index', '--check'];
  const { code, stdout, stderr } = await kubectl.attempt([...command, ...check], { within: 30 });
  const rebuild = `npx coped manage ${environment} -- search_index`;
  if (code !== 0) {
    // Unknown: the release has no such check, or the user may not run commands in pods.
    const why = /CommandError: (The search index .*)/.exec(complaint(stderr))?.[1];
    return why ? { ...UNKNOWN, problems: [{ about: ABOUT, ...unanswered(why, kubectl) }] } : UNKNOWN;
  }
  const found = counted(stdout);
  if (!found) return UNKNOWN;
  const { rows, documents } = found;
  const next = `Build it: \`${rebuild}\``;
  const concern = (reason: string) => ({ about: ABOUT, reason, next });
  if (rows > 0 && !documents) {
    const state = documents === null ? 'is not there' : 'is empty';
    return { searchIndex: found, problems: [concern(`${state}: none of ${rows} is found`)], warnings: [] };
  }
  const short = documents !== null && documents < rows * ENOUGH;
  const warnings = short ? [concern(`has ${documents} of ${rows}: the rest is not found`)] : [];
  return { searchIndex: found, problems: [], warnings };
}

const ABOUT = 'search index';

const unanswered = (why: string, kubectl: Kubectl): Diagnosis => ({
  reason: brief(why),
  next: `Does Elasticsearch run, and take the password? \`${kubectl.typed('logs', 'statefulset/elasticsearch', '--tail=20')}\``,
});

/** The last line of what the command prints. */
function counted(text: string): SearchIndexStatus | undefined {
  try {
    const { rows, documents }: ApiObject = JSON.parse(text.trim().split('\n').at(-1) ?? '');
    return Number.isInteger(rows) ? { rows, documents: documents ?? null } : undefined;
  } catch {
    return undefined;
  }
}
