import { recommendations as all } from '../../../rules/recommendations';
import type { Answer, Recommendation } from '../../../rules/recommendations/recommendation';
import { bar } from '../bar';
import { html, inCode, type Markup, type Piece } from '../html';
import { row, table } from '../table';
import { linked } from './checks';
import { lead, type Section } from './section';

/** What the public guides recommend, and what becomes of it here. */
export function recommendations(): Section {
  const counts = KINDS.map(({ kind, ...texts }) => ({
    ...texts,
    count: all.filter(({ answer }) => kind in answer).length,
  }));
  const unfound = all.filter(({ noScanner }) => noScanner).length;
  return {
    id: 'recommendations',
    title: 'What the guides recommend',
    body: html`${lead(
      `Eight public guides give ${all.length} pieces of advice about manifests. Of ten public scanners none found ${unfound} of them: those have a star.`,
    )}${table(
      'Answers',
      ['Answer', 'How many', 'What it means'],
      counts.map(({ name, count, means }) =>
        row(name, [
          [
            'How many',
            html`<span class="number">${count}</span>${bar([{ label: name, value: count }], all.length)}`,
          ],
          ['What it means', means],
        ]),
      ),
      'cards answers',
    )}<details class="long"><summary>All ${all.length}, with their answers</summary>
${table('Recommendations and answers', ['', 'What is wanted', 'Answer'], all.map(show))}</details>
`,
  };
}

const KINDS = [
  { kind: 'checks', name: 'Check', means: 'A rule finds where it is not followed.' },
  { kind: 'proof', name: 'Proof', means: 'It cannot apply here, and a rule keeps that true.' },
  { kind: 'exception', name: 'Exception', means: 'We do otherwise, and say why.' },
] as const;

const show = ({ id, wants, answer, noScanner }: Recommendation): Markup =>
  row(noScanner ? html`${id} <span title="no public scanner finds it">★</span>` : id, [
    ['What is wanted', inCode(wants)],
    ['Answer', html`${describe(answer)}`],
  ]);

function describe(answer: Answer): Piece {
  if ('exception' in answer) return html`<b>Exception.</b> ${inCode(answer.exception)}`;
  if ('proof' in answer)
    return html`<b>Proof.</b> ${inCode(answer.proof)} Kept true by ${linked(answer.by)}.`;
  return html`${answer.checks.map((rule, i) => [i > 0 ? ', ' : '', linked(rule)])}${answer.but && html`. ${inCode(answer.but)}`}`;
}
