import { explained } from '../../../scripts/docs/explained';
import { html, inCode, type Markup } from '../html';
import type { Seen } from '../seen';
import { lead, type Section } from './section';

/** What an environment has of its own where it is a smaller copy of another one, and why. */
export function differences(seen: readonly Seen[]): Section {
  const pairs = seen.flatMap((own) =>
    seen.filter(({ name }) => name === own.shapeOf).map((model) => ({ own, model })),
  );
  return {
    id: 'differences',
    title: 'What differs, and why',
    body: html`${pairs.map(
      ({ own, model }) =>
        html`${lead(
          `On ${own.name} a release is tried before it comes to ${model.name}. So everything is the same there, down to the last field, apart from what is in this table, the names of the environment and its host. A star stands for any characters.`,
        )}${show(own, model)}`,
    )}`,
  };
}

/** A table with a heading for each reason; cards where it is narrow. */
const show = (own: Seen, model: Seen): Markup =>
  html`<table role="table" class="cards reasons"><caption>${own.name} and ${model.name}</caption>
<thead role="rowgroup"><tr role="row">${['Where', own.name, model.name].map(
    (heading) => html`<th role="columnheader" scope="col">${heading}</th>`,
  )}</tr></thead>
${explained(own.subject.manifests, model.subject.manifests).map(
  ({ why, places }) => html`<tbody role="rowgroup">
<tr role="row" class="why"><th role="rowheader" scope="rowgroup" colspan="3">${inCode(why)}</th></tr>
${places.map(
  (
    one,
  ) => html`<tr role="row"><th role="rowheader" scope="row"><code>${one.place}</code></th><td role="cell" data-head="${own.name}">${one.own}</td><td role="cell" data-head="${model.name}">${one.model}</td></tr>
`,
)}</tbody>
`,
)}</table>
`;
