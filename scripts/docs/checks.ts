import { type Check, fileChecks } from '../../cli/check/found';
import { table } from '../../cli/terminal/markdown-table';
import { coped } from '../../lib/coped';
import { environments } from '../../lib/environments';
import { filesOf } from '../../lib/output/files';
import { rules } from '../../rules';
import { parseEnvironments } from '../../rules/environments';
import { distinct, exceptionsIn } from '../../rules/subject';

/** docs/checks.md: every rule, and what is excused. */
export const checksPage = (): string => `# What is checked before anything is written

${rules.length} rules read the emitted objects, in every \`npm run synth\` and in \`npx coped check\`. A finding names the environment,
the object and the path in it, the value given and what to do; all are reported at once and nothing is written.

An error is what Kubernetes refuses, what never works, or a secret that is given away; a warning is a risk or a matter of taste.
The exit code is 1 for either, 0 where nothing is found, and 2 where nothing could be checked.

In other folders, files that are no Kubernetes objects are noted, and the rest is checked. For a script, \`npx coped check --json\`
prints one object; fields may be added to it, and \`version\` changes where one changes or goes:

| Field | What |
| --- | --- |
| \`version\` | 1 |
| \`targets\` | what was checked: \`name\`, number of \`objects\` (absent for an environment with findings) and of \`rules\`, and the \`skipped\` rules |
| \`findings\` | \`target\`, \`rule\` (a heading below, or \`settings\` for a value of an environment), \`severity\`, \`object\` such as \`Deployment/web\` and \`path\` in it (empty where there is none), \`message\`, \`remedy\`, and where they are known \`value\`, \`file\`, \`line\` and \`link\` |
| \`notes\` | what was not checked, or only in part: \`file\`, \`line\`, \`message\` |

For code scanning on GitHub, \`npx coped check <folder> --format sarif\` prints SARIF 2.1.0, with paths relative to where it runs: run it
in the folder of the repository.

${[...rules, ...fileChecks].map(section).join('\n')}
## exceptions

A rule that is right in general and wrong at one place has a line in \`rules/exceptions.ts\`, with its reason. An exception that
nothing needs any more is itself a finding, unless it is for one change since the last release.

${table(
  ['Rule', 'Object', 'Path', 'Why'],
  excused().map(({ rule, object, path, reason }) => [`[${rule}](#${rule})`, object, `\`${path}\``, reason]),
)}`;

/** In any environment. */
const excused = () =>
  distinct(
    parseEnvironments(environments).flatMap((environment) =>
      exceptionsIn(
        environment,
        filesOf(coped(environment)).flatMap(({ manifests }) => manifests),
      ),
    ),
  );

const section = ({ id, severity, what, why, remedy, link, needs = [] }: Check): string => `## ${id}

**${what}** ${why}

What to do: ${remedy}${
  needs.length > 0 ? " Needs what only COPED's own model knows: skipped for other folders." : ''
} ${severity === 'error' ? 'An error.' : 'A warning.'} [Read more](${link})
`;
