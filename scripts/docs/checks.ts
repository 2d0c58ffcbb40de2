import type { Rule } from '../../checker/rule';
import { table } from '../../cli/terminal/markdown-table';
import { rules } from '../../rules';
import { exceptions } from '../../rules/exceptions';

/** docs/checks.md: every rule, and what is excused. */
export const checksPage = (): string => `# What is checked before anything is written

${rules.length} rules read the emitted objects, in every \`npm run synth\` and in \`npx coped check\`. A finding names the environment,
the object and the path in it, the value given and what to do; all are reported at once and nothing is written.

${rules.map(section).join('\n')}
## exceptions

A rule that is right in general and wrong at one place has a line in \`rules/exceptions.ts\`, with its reason. An exception that
nothing needs any more is itself a finding, unless it is for one change since the last release.

${table(
  ['Rule', 'Object', 'Path', 'Why'],
  exceptions.map(({ rule, object, path, reason }) => [`[${rule}](#${rule})`, object, `\`${path}\``, reason]),
)}`;

const section = ({ id, what, why, remedy, link, needs }: Rule): string => `## ${id}

**${what}** ${why}

What to do: ${remedy}${
  needs.length > 0 ? " Needs what only COPED's own model knows: skipped for other folders." : ''
} [Read more](${link})
`;
