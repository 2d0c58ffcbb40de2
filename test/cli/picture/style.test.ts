import { DARK, LIGHT, styleSheet } from '../../../cli/picture/drawing/style';

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

test('the measure is the right one', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('in the %s', (_, theme) => {
  const { paper, area, ink, faint, line, hues, added, removed, changed } = theme;

  test.each([
    ...[paper, area].flatMap((ground) =>
      [ink, faint, ...hues, added, removed, changed].map((text) => [text, ground]),
    ),
  ])('text of %s can be read on %s', (text, ground) => {
    expect(contrast(text ?? '', ground ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  test.each([line, ...hues, added, removed, changed])('lines of %s can be seen', (colour) => {
    for (const ground of [paper, area]) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3);
  });
});

test('both themes are in the style sheet, the light one for who asks for none', () => {
  const [light, dark] = styleSheet().split('@media(prefers-color-scheme:dark)');
  for (const colour of Object.values(LIGHT).flat()) expect(light).toContain(colour);
  for (const colour of Object.values(DARK).flat()) expect(dark).toContain(colour);
});
