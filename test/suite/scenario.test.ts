import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kubectl } from '../../cli/cluster/kubectl';
import { Report } from '../e2e/report';
import { FOLDER, play, scenarioOf } from '../e2e/scenario';
import type { Suite } from '../e2e/step';

const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));

/** What an action may say: a word that is misspelt would be no expectation at all. */
const KEYS = new Set(
  'coped sh release ready without load unchanged do code codes says lacks keep within input interrupt environment kubeconfig add only'
    .split(' ')
    .concat('days later'),
);

/** What a scenario prints and fails with, where no action needs a cluster. */
async function played(checks: Parameters<typeof play>[1]['checks'], end?: string): Promise<string> {
  const lines: string[] = [];
  const line = (text: string) => void lines.push(text.replaceAll(/\(\d+\.\d s\)/g, '(0.0 s)'));
  const report = new Report({ line, progress: () => {} });
  const settings = { secureIngress: 'https://localhost' };
  const suite = { report, kubectl: new Kubectl('kind-coped'), settings } as Suite;
  await play(suite, { environment: 'e2e', checks, finally: end }).catch(({ message }: Error) =>
    line(message),
  );
  return lines.join('\n');
}

test('an action has the exit code and the words that are expected of it, or the check fails', async () => {
  const said = await played(
    {
      'what is kept has a name later': [
        { sh: 'echo wrote "a dump"', keep: { dump: 'wrote (.*)' } },
        { sh: 'echo again: "$dump"', says: '^again: $dump$' },
      ],
      'words are missing': [{ sh: 'echo one', says: ['one', 'two'] }],
      'words that must not be': [{ sh: 'echo secret >&2', lacks: 'sec' }],
      'another exit code': [{ sh: 'same 1 2' }, { sh: 'touch never' }],
      'an expected one': [{ sh: 'fail no', code: 1, says: '^no$' }],
      'a folder of its own, and what was not done': [{ sh: '[ ! -f never ]' }],
      'repeated until it is so': [{ sh: 'echo . >>tries; same "$(wc -l <tries | tr -d " ")" 2', within: 20 }],
      'two at once': [{ sh: 'mkdir once', codes: [0, 1] }],
      'a command in this process': [{ coped: 'deploy elsewhere', code: 2, says: 'elsewhere' }],
      'a command in one of its own': [{ coped: 'manage elsewhere -- x', code: 2, says: 'elsewhere' }],
    },
    'echo the end; same 3 4',
  );
  expect(said).toMatchSnapshot();
});

test.each(names)('%s: its patterns and scripts can be read', (name) => {
  const { checks, finally: end = '' } = scenarioOf(name);
  const actions = Object.values(checks).flat(2);
  expect(actions.length).toBeGreaterThan(0);
  const inner = actions.flatMap((action) => ('do' in action ? action.do : [action]));
  expect(new Set([...actions, ...inner].flatMap(Object.keys).filter((key) => !KEYS.has(key)))).toEqual(
    new Set(),
  );
  for (const action of inner) {
    if (!('coped' in action || 'sh' in action || 'release' in action)) continue;
    const { says = [], lacks = [], keep = {} } = action;
    for (const text of [says, lacks, Object.values(keep)].flat())
      expect(() => new RegExp(text)).not.toThrow();
  }
  const prelude = readFileSync(join(FOLDER, 'prelude.sh'), 'utf8');
  const scripts = inner.flatMap((action) => ('sh' in action ? [action.sh] : []));
  for (const script of [...scripts, end]) {
    const { stderr } = spawnSync('bash', ['-n'], { input: `${prelude}\n${script}`, encoding: 'utf8' });
    expect(stderr).toBe('');
  }
});
