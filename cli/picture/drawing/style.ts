import type { Font } from '../layout/text-width';

/** The kinds of text in a picture, by the class that the SVG gives them. */
export const FONTS = {
  /** The name of the picture. */
  head: { size: 20, bold: true },
  /** A component's name. */
  name: { size: 15, bold: true },
  /** What is said about it. */
  fact: { size: 13 },
  /** A port or a path. */
  door: { size: 12 },
  /** A tier's name. */
  area: { size: 13, bold: true },
  /** What has become of a connection. */
  mark: { size: 12, bold: true },
} as const satisfies Record<string, Font>;
export type TextClass = keyof typeof FONTS;

/** Colours of one theme. Whatever carries meaning has a contrast of 4.5 at least (lines: 3) with what it stands on. */
interface Theme {
  readonly paper: string;
  readonly area: string;
  readonly box: string;
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  /** One for each door that lines lead to, and again from the start: they are easier to follow, and mean nothing else. */
  readonly hues: readonly string[];
  readonly door: string;
  readonly added: string;
  readonly removed: string;
  readonly changed: string;
}

export const LIGHT: Theme = {
  paper: '#ffffff',
  area: '#eef2f7',
  box: '#ffffff',
  ink: '#1f2328',
  faint: '#4d5661',
  line: '#57606a',
  hues: ['#0550ae', '#8a3a00', '#6639ba', '#0a6375'],
  door: '#dbe7f6',
  added: '#116329',
  removed: '#b3161f',
  changed: '#7d4e00',
};

export const DARK: Theme = {
  paper: '#0d1117',
  area: '#1a212b',
  box: '#0d1117',
  ink: '#e6edf3',
  faint: '#a9b4c0',
  line: '#97a3b0',
  hues: ['#79b8ff', '#f0a35e', '#c8a6ff', '#5cc8d8'],
  door: '#24405f',
  added: '#57d06b',
  removed: '#ff8f87',
  changed: '#e3b341',
};

/** How many colours lines have. */
export const HUES = LIGHT.hues.length;

/**
 * The style sheet inside a picture. It brings its own paper: a page may be dark where the system is light, and nothing
 * inside an image knows about the page. Without support for media queries it is the light one.
 */
export const styleSheet = (): string =>
  `text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}` +
  Object.entries(FONTS)
    .map(
      ([name, { size, ...font }]) =>
        `.${name}{font-size:${size}px${'bold' in font ? ';font-weight:700' : ''}}`,
    )
    .join('') +
  `.link,.shape,.ghost{fill:none;stroke-width:1.5}` +
  `.added .link,.added .shape{stroke-width:3}` +
  `.removed .link,.removed .shape{stroke-width:2.5;stroke-dasharray:7 4}` +
  `.changed .shape{stroke-width:3;stroke-dasharray:2 3}.refused .link{stroke-dasharray:2 4}` +
  colours(LIGHT) +
  `@media(prefers-color-scheme:dark){${colours(DARK)}}`;

const colours = ({
  paper,
  area,
  box,
  ink,
  faint,
  line,
  hues,
  door,
  added,
  removed,
  changed,
}: Theme): string =>
  [
    `.paper{fill:${paper}}.zone{fill:${area}}.shape,.ghost{fill:${box};stroke:${line}}`,
    `text{fill:${ink}}.fact,.area{fill:${faint}}.link{stroke:${line}}.tip{fill:${line}}.plate{fill:${door}}`,
    ...hues.map((hue, i) => `.h${i} .link{stroke:${hue}}.h${i} .tip{fill:${hue}}`),
    ...Object.entries({ added, removed, changed, refused: removed }).map(
      ([fate, colour]) =>
        `.${fate} .link,.${fate} .shape{stroke:${colour}}.${fate} .tip,.${fate} .mark,text.${fate}{fill:${colour}}`,
    ),
  ].join('');
