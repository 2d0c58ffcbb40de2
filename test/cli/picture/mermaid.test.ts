import { mermaid } from '../../../cli/picture/drawing/mermaid';
import { compare } from '../../../cli/picture/graph/compare';
import { fact } from '../../../cli/picture/graph/graph';
import { graph, link, party } from './small';

test('says the same as the picture', () => {
  const before = graph([party('a'), party('job', { role: 'job' })], [link('job', 'a', '80')]);
  const after = {
    ...graph(
      [
        party('a', { facts: [fact('pods', 'Deployment, 2 pods')], several: true }),
        party('b', { area: 'web' }),
      ],
      [link('b', 'a', '80', { via: '/api/' }), link('a', 'b', '1'), link('a', 'b', '2', { refused: true })],
    ),
    notes: [fact('n', 'Not *drawn*.')],
  };
  expect(mermaid(compare(before, after))).toBe(`\`\`\`mermaid
flowchart TB
  n0[["<b>changed: a</b><br/>port 80<br/>added: Deployment, 2 pods"]]
  n2(["<b>removed: job</b>"])
  subgraph area0["web"]
    n1["<b>added: b</b>"]
  end
  n1 ==>|"/api/"| n0
  n0 ==>|"1"| n1
  n0 -.->|"2"| n1
  n2 -.-> n0
  linkStyle 0 stroke:#2da44e,stroke-width:3px
  linkStyle 1 stroke:#2da44e,stroke-width:3px
  linkStyle 2 stroke:#e5534b,stroke-width:2px,stroke-dasharray:6 4
  linkStyle 3 stroke:#e5534b,stroke-width:2px,stroke-dasharray:6 4
  classDef added stroke:#2da44e,stroke-width:3px
  class n1 added
  classDef removed stroke:#e5534b,stroke-width:2px,stroke-dasharray:6 4
  class n2 removed
  classDef changed stroke:#bf8700,stroke-width:3px
  class n0 changed
\`\`\`

added: Not \\*drawn\\*.
`);
});

test('nothing of a manifest means anything to Mermaid, Markdown or HTML', () => {
  const text = mermaid(graph([party('end "x"]\n```<script>`*_#35;|{}(1. - https://a.b')]));
  const [, label] = /n0\["<b>(.*)<\/b>"\]/.exec(text) ?? [];
  expect(label).toMatch(/^(?:[\w ,:/]|#\d+;)+$/);
  expect(label).toContain('end #34;x#34;#93;#10;#96;#96;#96;#60;script#62;');
  expect(text.match(/```/g)).toHaveLength(2);
});
