import type { Part, Plan } from '../../checker/plan';
import type { Entry } from '../../checker/plan/section';
import { oneLine } from '../../formats/visible';
import { table } from '../terminal/markdown-table';

/** A plan for the description or a comment of a pull request. */
export const markdown = ({ environment, summary, parts }: Plan, from: string): string =>
  [
    `## Release plan for ${environment}\n`,
    `**${escaped(summary)}** From \`${from}\` to the sources as they are now.\n`,
    ...parts.map(ofPart),
  ].join('\n');

function ofPart({ section, entries }: Part): string {
  const commands = entries.flatMap(({ command }) => command ?? []);
  const body = [
    `${escaped(section.explanation)}\n`,
    table(['What', 'What happens'], entries.map(row)),
    ...(commands.length > 0 ? [`\`\`\`sh\n${commands.map(oneLine).join('\n')}\n\`\`\`\n`] : []),
  ].join('\n');
  return section.reference
    ? `<details>\n<summary>${section.title} (${entries.length})</summary>\n\n${body}\n</details>\n`
    : `### ${section.title}\n\n${body}`;
}

const row = ({ about, what, details = [], danger = false }: Entry): string[] => [
  `${danger ? ':warning: ' : ''}\`${about.replaceAll('`', "'")}\``,
  [what, ...details.map((detail) => `- ${detail}`)].map(escaped).join('<br>'),
];

/** Nothing of what a manifest says may become markup. The table takes care of its own bars. */
const escaped = (text: string): string => text.replace(/[\\`*_<&~[\]]/g, '\\$&');
