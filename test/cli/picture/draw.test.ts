import { draw } from '../../../cli/picture/drawing/draw';
import { faultsOf } from '../../../cli/picture/drawing/faults';
import { headingBetween, headingOf, summary } from '../../../cli/picture/drawing/heading';
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
    expect(faultsOf(await drawn(one))).toEqual([]);
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
  expect(svg).toContain('>&#60;script&#62;alert(1)&#60;/script&#62;</text>');
  expect(svg.match(/<g class="box/g)).toHaveLength(names.length);
  expect(svg.match(/class="link"/g)).toHaveLength(names.length);
});

test('a long name makes a wider box', async () => {
  expect(
    faultsOf(await drawn(graph([party('W'.repeat(60), { facts: [fact('f', 'm'.repeat(90))] })]))),
  ).toEqual([]);
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
    expect(faultsOf(svg)).toEqual([]);
    for (const told of ['+ new', '− old', 'a disk of 1Gi → 2Gi', 'opened', 'closed']) {
      expect(svg).toContain(`>${told}</text>`);
    }
    expect(svg).toMatch(/\.removed \.link,\.removed \.shape\{[^}]*stroke-dasharray/);
    expect(svg).toMatch(/\.added \.link,\.added \.shape\{stroke-width:3/);
    expect(svg).toMatch(/<g class="removed" data-from="a" data-to="b"><title>closed: a to b at 80<\/title>/);
  });

  test('lies over what is the same, also where arrows end at one port', async () => {
    const wider = compare(before, graph(before.parties, [link('old', 'b', '81'), ...before.links]));
    const svg = await draw(wider, headingBetween(wider, 'v1.0.0'));
    expect([...svg.matchAll(/<g class="(\w+)" data-from/g)].map(([, fate]) => fate)).toEqual([
      'same',
      'same',
      'added',
    ]);
  });

  test('is counted', () => {
    expect(summary(both)).toBe(
      '2 connections opened, 2 connections closed, 1 component added, 1 component removed, 1 component changed',
    );
    expect(summary(compare(after, after))).toBe('nothing that is drawn here');
  });
});
