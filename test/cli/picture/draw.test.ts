import { headingBetween, headingOf, summary } from '../../../cli/picture/drawing/heading';
import { draw } from '../../../cli/picture/drawing/svg';
import { compare } from '../../../cli/picture/graph/compare';
import { fact, type Graph } from '../../../cli/picture/graph/graph';
import { graph, link, party } from './small';

const drawn = (one: Graph) => draw(one, headingOf(one));

test('draws the same bytes, whatever was drawn before', async () => {
  const one = graph([party('a', { area: 'x' }), party('b', { area: 'y' })], [link('a', 'b', '80')]);
  const first = await drawn(one);
  await drawn(graph([party('c')]));
  expect(await drawn(one)).toBe(first);
});

test('draws what is empty, alone, unreachable and in a circle', async () => {
  for (const one of [
    graph([]),
    graph([party('a')]),
    graph([party('a'), party('b', { area: 'x' })]),
    graph([party('a'), party('b')], [link('a', 'b', '1'), link('b', 'a', '2')]),
    graph([party('a', { role: 'job', area: 'x' }), party('b', { area: 'x' })], [link('a', 'b', '1')]),
  ]) {
    const svg = await drawn(one);
    expect(svg.match(/class="node/g) ?? []).toHaveLength(one.parties.length);
    expect(svg.match(/<path fill/g) ?? svg.match(/class="edge/g) ?? []).toHaveLength(one.links.length);
  }
});

test('takes nothing for markup, neither of SVG nor of Graphviz', async () => {
  const names = ['a"b', '<script>alert(1)</script>', 'x\\', '&amp;', 'node', '}', 'a:b:c', '\\N'];
  const svg = await drawn(
    graph(
      names.map((name) => party(name, { area: name, facts: [fact('f', name)] })),
      names.map((name, i) => link(name, names[(i + 1) % names.length] ?? '', name, { via: name })),
    ),
  );
  expect(svg).not.toContain('<script');
  expect(svg).toContain('>&lt;script&gt;alert(1)&lt;/script&gt;</text>');
  expect(svg.match(/<g class="node/g)).toHaveLength(names.length);
  expect(svg.match(/<g class="edge/g)).toHaveLength(names.length);
});

describe('a difference', () => {
  const before = graph(
    [party('a'), party('b', { facts: [fact('disk', 'a disk of 1Gi')] }), party('old')],
    [link('a', 'b', '80'), link('old', 'b', '80')],
  );
  const after = graph(
    [party('a'), party('b', { facts: [fact('disk', 'a disk of 2Gi')] }), party('new')],
    [link('a', 'b', '81'), link('new', 'b', '80')],
  );
  const both = compare(before, after);

  test('is told by line, sign and word, and not by colours alone', async () => {
    const svg = await draw(both, headingBetween(both, 'v1.0.0'));
    for (const told of ['+ new', '− old', 'a disk of 1Gi → 2Gi', 'opened 81', 'closed 80']) {
      expect(svg).toContain(`>${told}</text>`);
    }
    expect(svg).toMatch(/\.removed path,\.removed polygon\{[^}]*stroke-dasharray/);
    expect(svg).toMatch(/\.added path,\.added polygon\{stroke-width:3/);
    expect(svg).toMatch(/<g class="edge removed">\n<title>closed: a to b at 80<\/title>/);
  });

  test('is counted', () => {
    expect(summary(both)).toBe(
      '2 connections opened, 2 connections closed, 1 component added, 1 component removed, 1 component changed',
    );
    expect(summary(compare(after, after))).toBe('nothing that is drawn here');
  });
});
