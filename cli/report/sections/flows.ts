import { grouped } from '../../../checker/manifests/grouped';
import { workloads } from '../../../checker/manifests/workloads';
import { componentOf } from '../../../checker/reachability/matrix';
import { neighbours } from '../../picture/graph/neighbours';
import { doorOf, type Reached, reached } from '../../picture/graph/reach';
import { html, Markup, type Piece } from '../html';
import type { Pictures } from '../pictures';
import type { Seen } from '../seen';
import { row, table } from '../table';
import { lead, listed, type Section } from './section';

/** Who may talk to whom, once for all environments in which that is the same. */
export function flows(seen: readonly Seen[], pictures: Pictures): Section {
  const matrices = seen.map(matrixOf);
  const different = matrices.filter((one, i) => i === matrices.findIndex((other) => same(other, one)));
  return {
    id: 'flows',
    title: 'Who may talk to whom',
    body: html`${lead(
      'Computed from the NetworkPolicies that are written: what is not here is refused, in both directions. Ports are those of the containers. ',
      html`<span class="needs-script hint">Rest on a box or a row, or move to the row's button with the Tab key, to see both sides of one component; press it to keep it, Escape to let go.</span>`,
    )}${different.map((matrix, number) => {
      const names = matrices.filter((other) => same(other, matrix)).map(({ name }) => name);
      return show(matrix, names, drawn(names, pictures), `flows-${number}`);
    })}`,
  };
}

interface Matrix {
  readonly name: string;
  readonly parties: readonly string[];
  readonly open: readonly Reached[];
  readonly reasons: ReadonlyMap<string, string>;
}

const same = (a: Matrix, b: Matrix): boolean =>
  JSON.stringify([a.parties, a.open]) === JSON.stringify([b.parties, b.open]);

function matrixOf({ name, subject: { manifests, outsiders, flows = [] } }: Seen): Matrix {
  const open = reached(manifests, neighbours(outsiders, manifests));
  const ours = [...new Set(workloads(manifests).map(componentOf))];
  const callers = open.map(({ from }) => from).filter((from) => !ours.includes(from));
  const called = open.map(({ to }) => to).filter((to) => !ours.includes(to));
  const reasons = flows.flatMap(({ from, to, port, protocols = ['TCP'], why }) =>
    from.flatMap((sender) =>
      protocols.map(
        (protocol) => [keyOf({ from: sender, to, door: doorOf({ port, protocol }) }), why] as const,
      ),
    ),
  );
  return { name, parties: [...new Set([...callers, ...ours, ...called])], open, reasons: new Map(reasons) };
}

const keyOf = ({ from, to, door }: Reached): string => `${from} ${to} ${door}`;

/** The last of them, which is the largest. For the eye only: the table and the words say the same. */
function drawn(names: readonly string[], pictures: Pictures): Piece {
  const picture = pictures.get(names.at(-1) ?? '');
  return (
    picture &&
    html`<svg class="picture" viewBox="0 0 ${picture.width} ${picture.height}" width="${picture.width}" aria-hidden="true">
${new Markup(picture.shapes.join('\n'))}
</svg>
`
  );
}

function show(
  { parties, open, reasons }: Matrix,
  names: readonly string[],
  picture: Piece,
  id: string,
): Markup {
  const columns = parties.filter((party) => open.some(({ to }) => to === party));
  const number = (party: string) => parties.indexOf(party);
  const rows = parties.map((from) =>
    row(
      html`<button type="button" aria-pressed="false" data-party="${number(from)}" aria-describedby="${id}-${number(from)}">${from}</button>`,
      columns.map((to) => [to, doors(open, from, to, number(to))]),
    ),
  );
  const sentences = parties.map(
    (
      party,
    ) => html`<div id="${id}-${number(party)}" data-about="${number(party)}">${inWords(party, open, reasons)}</div>
`,
  );
  return html`<div class="flows">
<h3>${listed(names)}</h3>
${picture}${table(
  html`From each row to each column, in ${listed(names)}`,
  ['from', ...columns.map((to) => html`<span data-party="${number(to)}">${to}</span>`)],
  rows,
  'matrix',
)}<div class="words">${sentences}</div>
</div>
`;
}

const doors = (open: readonly Reached[], from: string, to: string, number: number): Piece => {
  const found = open.filter((one) => one.from === from && one.to === to);
  return found.length === 0
    ? undefined
    : html`<span data-to="${number}">${found.map(({ door }) => door).join(', ')}</span>`;
};

/** What one party may do, as sentences: what a row and a column say together. */
function inWords(party: string, open: readonly Reached[], reasons: Matrix['reasons']): Markup {
  const [calls, called] = [open.filter(({ from }) => from === party), open.filter(({ to }) => to === party)];
  return html`<p><b>${party}</b> may call${calls.length > 0 ? '' : ' nobody'}</p>
${list(calls, ({ to }) => to, reasons)}<p>and may be called by${called.length > 0 ? '' : ' nobody'}</p>
${list(called, ({ from }) => from, reasons)}`;
}

/** Those at the other end; with several of them in one line, where port and reason are the same. */
function list(
  flows: readonly Reached[],
  otherEnd: (flow: Reached) => string,
  reasons: Matrix['reasons'],
): Piece {
  const pairs = grouped(flows.map((flow) => [otherEnd(flow), flow]));
  const lines = grouped(
    [...pairs].map(([other, same]) => {
      const doors = listed(same.map(({ door }) => door));
      const why = [...new Set(same.flatMap((flow) => reasons.get(keyOf(flow)) ?? []))];
      return [`at ${doors}${why.length > 0 ? `: ${why.join('; ')}` : ''}`, other];
    }),
  );
  if (lines.size === 0) return undefined;
  return html`<ul>${[...lines].map(
    ([text, others]) => html`<li><b>${listed(others)}</b> ${text}</li>
`,
  )}</ul>
`;
}
