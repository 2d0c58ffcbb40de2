import { mermaid } from '../../../cli/picture/drawing/mermaid';
import { styleSheet } from '../../../cli/picture/drawing/style';
import { draw } from '../../../cli/picture/drawing/svg';
import { dark, light } from '../../../cli/picture/drawing/themes.json';
import { headingBetween, headingOf, summary } from '../../../cli/picture/drawing/words';
import { compare, isUnchanged } from '../../../cli/picture/graph/compare';
import { fact, type Graph, type Link, type Party } from '../../../cli/picture/graph/graph';

const party = (id: string, more: Partial<Party> = {}): Party => ({
  id,
  title: id,
  role: 'server',
  several: false,
  facts: [],
  change: 'same',
  ...more,
});
const link = (from: string, to: string, port: string, more: Partial<Link> = {}): Link => ({
  from,
  to,
  port,
  refused: false,
  change: 'same',
  ...more,
});
const graph = (parties: readonly Party[], links: readonly Link[] = []): Graph => ({
  environment: 'test',
  namespace: 'coped-test',
  parties,
  links,
  notes: [],
});
const drawn = (one: Graph) => draw(one, headingOf(one));

/** What changes about the one link from a to b. */
const linksBetween = (before: Partial<Link>, after: Partial<Link>) => {
  const [old, now] = [before, after].map((more) =>
    graph([party('a'), party('b')], [link('a', 'b', '80', more)]),
  ) as [Graph, Graph];
  return compare(old, now).links;
};

const BEFORE = graph(
  [party('old', { role: 'job' }), party('b', { facts: [fact('disk', 'a disk of 1Gi')] }), party('a')],
  [link('a', 'b', '80'), link('old', 'b', '80')],
);
const AFTER: Graph = {
  ...graph(
    [
      party('b', { facts: [fact('disk', 'a disk of 2Gi'), fact('x', 'more')], several: true, area: 'web' }),
      party('a'),
      party('new', { area: 'web' }),
    ],
    [
      link('a', 'b', '81', { via: '/api/' }),
      link('new', 'b', '80'),
      link('a', 'new', '2', { refused: true }),
    ],
  ),
  notes: [fact('n', 'Not *drawn*.')],
};
const BOTH = compare(BEFORE, AFTER);

describe('a comparison', () => {
  test('of two equal states has no change', () => {
    const same = compare(AFTER, AFTER);
    expect([isUnchanged(BOTH), isUnchanged(same)]).toEqual([false, true]);
    expect(summary(same)).toBe('no visible change');
  });

  test('another path to an open port opens nothing', () => {
    expect(linksBetween({ via: '/old/' }, { via: '/new/' })).toEqual([
      link('a', 'b', '80', { via: '/new/', change: 'added', routeOnly: true }),
      link('a', 'b', '80', { via: '/old/', change: 'removed', routeOnly: true }),
    ]);
  });

  test('a port that is refused now was closed', () => {
    expect(linksBetween({ via: '/' }, { via: '/', refused: true }).map(({ change }) => change)).toEqual([
      'added',
      'removed',
    ]);
  });
});

describe('an SVG', () => {
  test('has the same bytes, whatever was drawn before', async () => {
    const first = await drawn(AFTER);
    await drawn(graph([party('c')]));
    expect(await drawn(AFTER)).toBe(first);
  });

  test.each([
    ['nothing', graph([])],
    ['one', graph([party('a')])],
    ['two without a connection', graph([party('a'), party('b', { area: 'x' })])],
    ['a circle', graph([party('a'), party('b')], [link('a', 'b', '1'), link('b', 'a', '2')])],
    [
      'a job in the tier of its server',
      graph([party('a', { role: 'job', area: 'x' }), party('b', { area: 'x' })], [link('a', 'b', '1')]),
    ],
  ])('of %s', async (_, one) => {
    const svg = await drawn(one);
    expect(svg.match(/class="node/g) ?? []).toHaveLength(one.parties.length);
    expect(svg.match(/class="edge/g) ?? []).toHaveLength(one.links.length);
  });

  test('has no markup of SVG or Graphviz from a name', async () => {
    const odd = 'x\\\x1b[2J\u202e\0\n';
    const names = ['a"b', '<script>alert(1)</script>', odd, '&amp;', 'node', '}', 'a:b:c', '\\N'];
    const svg = await drawn(
      graph(
        names.map((name) => party(name, { area: name, facts: [fact('f', name)] })),
        names.map((name, i) => link(name, names[(i + 1) % names.length] ?? '', name, { via: name })),
      ),
    );
    expect(svg).not.toContain('<script');
    // Not even XML may have all of these signs.
    expect(svg).not.toMatch(/[^\P{C}\n]/u);
    expect(svg).toContain('>&lt;script&gt;alert(1)&lt;/script&gt;</text>');
    expect(svg.match(/<g class="node/g)).toHaveLength(names.length);
    expect(svg.match(/<g class="edge/g)).toHaveLength(names.length);
  });

  test('shows a difference by line, sign and word, and not by colours alone', async () => {
    const svg = await draw(BOTH, headingBetween(BOTH, 'v1.0.0'));
    for (const text of ['+ new', '− old', 'a disk of 1Gi → a disk of 2Gi', 'opened /api/ 81', 'closed 80']) {
      expect(svg).toContain(`>${text}</text>`);
    }
    expect(svg).toMatch(/\.removed path,\.removed polygon\{[^}]*stroke-dasharray/);
    expect(svg).toMatch(/\.added path,\.added polygon\{stroke-width:3/);
    expect(svg).toMatch(/<g class="edge removed">\n<title>closed: a to b at 80<\/title>/);
  });
});

describe('Mermaid', () => {
  test('shows a difference', () => {
    expect(`${summary(BOTH)}\n${mermaid(BOTH)}`).toMatchSnapshot();
  });

  test('has no markup of Mermaid, Markdown or HTML from a name', () => {
    const text = mermaid(graph([party('end "x"]\n```<script>`*_#35;|{}(1. - https://a.b\u202e')]));
    const [, label] = /n0\["<b>(.*)<\/b>"\]/.exec(text) ?? [];
    expect(label).toMatch(/^(?:[\w ,:/]|#\d+;)+$/);
    expect(label).toContain('end #34;x#34;#93;#10;#96;#96;#96;#60;script#62;');
    expect(text.match(/```/g)).toHaveLength(2);
    expect(text).not.toContain('8238');
  });
});

describe('colours', () => {
  /** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
  function luminance(colour: string): number {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  function contrast(one: string, other: string): number {
    const [dark = 0, light = 0] = [one, other].map(luminance).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  test('contrast is computed as by WCAG', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  test.each([
    ['light', light],
    ['dark', dark],
  ])('of the %s theme have enough contrast', (_, theme) => {
    const { paper, area, line, ...text } = theme;
    const pairs = [paper, area].flatMap((ground) => [
      ...Object.values(text).map((colour) => ({ colour, ground, least: 4.5 })),
      { colour: line, ground, least: 3 },
    ]);
    expect(pairs.filter(({ colour, ground, least }) => contrast(colour, ground) < least)).toEqual([]);
  });

  test('the style sheet has both themes, and light by default', () => {
    const sheets = styleSheet().split('@media(prefers-color-scheme:dark)');
    for (const [i, theme] of [light, dark].entries())
      for (const colour of Object.values(theme)) expect(sheets[i]).toContain(colour);
  });
});
