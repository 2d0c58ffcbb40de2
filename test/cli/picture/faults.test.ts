import { draw } from '../../../cli/picture/drawing/draw';
import { faultsOf } from '../../../cli/picture/drawing/faults';
import { headingOf } from '../../../cli/picture/drawing/heading';
import { fact } from '../../../cli/picture/graph/graph';
import { graph, link, party } from './small';

const good = graph(
  [
    party('upper', { area: 'front' }),
    party('middle', { area: 'front', facts: [fact('f', 'one pod')] }),
    party('lower', { area: 'back' }),
  ],
  [link('upper', 'middle', '80'), link('middle', 'lower', '5432'), link('upper', 'lower', '5432')],
);
let svg: string;
beforeAll(async () => {
  svg = await draw(good, headingOf(good));
});

/** The picture with something else in one place, where it has to be. */
function broken(pattern: RegExp, replacement: string): string[] {
  expect(svg).toMatch(pattern);
  return faultsOf(svg.replace(pattern, replacement));
}

const shape = (name: string): string =>
  new RegExp(`data-name="${name}">\n(<rect class="shape"[^>]*>)`).exec(svg)?.[1] ?? '';

test('finds nothing in a good one', () => {
  expect(faultsOf(svg)).toEqual([]);
});

test('finds boxes over boxes', () => {
  expect(faultsOf(svg.replace(shape('middle'), shape('upper')))).toContain(
    'upper and middle lie over each other',
  );
});

test('finds tiers without paper between them', () => {
  const [, upper, lower] =
    /<rect class="zone"[^>]* y="([^"]*)"[^>]*>\n<rect class="zone"[^>]* y="([^"]*)"/.exec(svg) ?? [];
  const height = Number(lower) - Number(upper) - 2;
  expect(broken(/(<rect class="zone"[^>]* height=)"[^"]*"/, `$1"${height}"`)).toContain(
    'the tiers front and back touch',
  );
});

test('finds text that is wider than its box', () => {
  expect(broken(/>one pod</, '>one pod, and so many more that nobody ever counted them all<')).toContainEqual(
    expect.stringMatching(/^middle: "one pod, and .*" does not fit into its box$/),
  );
  // A little is enough.
  const [, width = ''] = / width="([^"]*)"/.exec(shape('middle')) ?? [];
  expect(
    faultsOf(
      svg.replace(shape('middle'), shape('middle').replace(`width="${width}"`, `width="${+width - 30}"`)),
    ),
  ).toContain('middle: "one pod" does not fit into its box');
});

test('finds text off the paper', () => {
  expect(broken(/(class="head" x=)"20"/, '$1"-5"')).toEqual(['"COPED test" does not fit on the paper']);
});

test('finds text over text', () => {
  expect(broken(/(class="fact" x="[^"]*" y=)"[^"]*"( text-anchor="middle">one pod)/, '$1"0"$2')).not.toEqual(
    [],
  );
  expect(broken(/(class="fact" x="20" y=)"62"/, '$1"40"')).toContainEqual(
    expect.stringMatching(/^"COPED test" is written over "namespace/),
  );
});

test('finds lines through boxes', () => {
  const [, x, y, width, height] =
    / x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/.exec(shape('middle')) ?? [];
  const [left, right, down] = [
    Number(x) - 50,
    Number(x) + Number(width) + 50,
    Number(y) + Number(height) / 2,
  ];
  const across = `M${left},${down}C${left + 20},${down} ${right - 20},${down} ${right},${down}`;
  expect(broken(/(data-from="upper" data-to="lower">.*? d=)"[^"]*"/, `$1"${across}"`)).toContain(
    'the line from upper to lower runs through middle',
  );
});

test('finds lines through the name of a tier', () => {
  const [, x, y] = /<text class="area" x="([^"]*)" y="([^"]*)">back/.exec(svg) ?? [];
  const down = Number(y) - 5;
  const across = `M${Number(x) - 20},${down}C${x},${down} ${x},${down} ${Number(x) + 90},${down}`;
  expect(broken(/(data-from="upper" data-to="lower">.*? d=)"[^"]*"/, `$1"${across}"`)).toContain(
    'the line from upper to lower runs through "back"',
  );
});
