import { table } from '../../cli/terminal/markdown-table';
import { recommendations } from '../../rules/recommendations';
import type { Answer } from '../../rules/recommendations/recommendation';
import { GENERATED } from './markdown';

/** docs/security.md: what the public guides recommend, and what becomes of each recommendation here. */
export const securityPage = (): string => `${GENERATED}
# What the guides recommend

Eight public guides say how to run Kubernetes safely: those of CIS, NSA and CISA, DISA, BSI and PCI, Microsoft's threat matrix,
Kubernetes' own checklists and the OWASP cheat sheet. A comparison of them ([arXiv 2606.24438](https://arxiv.org/abs/2606.24438),
with a [benchmark](https://github.com/dynatrace-oss/Kalm-Benchmark)) puts together ${recommendations.length} recommendations that manifests
can follow or break. Each has one of three answers here:

- **Check** (${count('checks')}): a rule finds where it is not followed, in every \`npm run synth\` and in \`npm run check\`. A test breaks
  each of these recommendations in a good environment, and the rule has to find it.
- **Proof** (${count('proof')}): it can't apply, and a rule keeps that true.
- **Exception** (${count('exception')}): we do otherwise, and say why.

The benchmark ran ten public scanners. ${recommendations.filter(({ noScanner }) => noScanner).length} recommendations were found by none of them, and carry a star.

No environment here has a Role or a binding; the rules about them are for other people's folders, and for the day when one is added.

${table(
  ['', 'What is wanted', 'Answer'],
  recommendations.map(({ id, wants, answer, noScanner }) => [
    noScanner ? `${id} ★` : id,
    wants,
    describe(answer),
  ]),
)}`;

const count = (kind: 'checks' | 'proof' | 'exception'): number =>
  recommendations.filter(({ answer }) => kind in answer).length;

const link = (rule: string): string => `[\`${rule}\`](checks.md#${rule})`;

function describe(answer: Answer): string {
  if ('exception' in answer) return `**Exception.** ${answer.exception}`;
  if ('proof' in answer) return `**Proof.** ${answer.proof} Kept true by ${link(answer.by)}.`;
  return `${answer.checks.map(link).join(', ')}${answer.but ? `. ${answer.but}` : ''}`;
}
