/** Colours of one theme. Text has a contrast of at least 4.5 with its background, lines of at least 3. */
interface Theme {
  readonly paper: string;
  readonly area: string;
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly hues: readonly string[];
  readonly added: string;
  readonly removed: string;
  readonly changed: string;
}

export const LIGHT: Theme = {
  paper: '#ffffff',
  area: '#eef2f7',
  ink: '#1f2328',
  faint: '#4d5661',
  line: '#57606a',
  hues: ['#0550ae', '#8a3a00', '#6639ba', '#0a6375'],
  added: '#116329',
  removed: '#b3161f',
  changed: '#7d4e00',
};

export const DARK: Theme = {
  paper: '#0d1117',
  area: '#1a212b',
  ink: '#e6edf3',
  faint: '#a9b4c0',
  line: '#97a3b0',
  hues: ['#79b8ff', '#f0a35e', '#c8a6ff', '#5cc8d8'],
  added: '#57d06b',
  removed: '#ff8f87',
  changed: '#e3b341',
};

/**
 * The style sheet inside a picture. It has its own background: a page may be dark where the system is light, and an
 * image cannot know that. Without support for media queries it is the light one.
 */
export const styleSheet = (): string =>
  'text{font-family:Arial,"Liberation Sans",Helvetica,sans-serif}.head{font-size:20px;font-weight:700}.fact,.node text,.cluster text{font-size:13px}' +
  '.node text:first-of-type{font-size:14px;font-weight:700}.edge text{font-size:12px}.cluster text{font-weight:700}' +
  '.edge path{fill:none;stroke-width:1.5}.node path,.node polygon{stroke-width:1.5}' +
  '.added path,.added polygon{stroke-width:3}.removed path,.removed polygon{stroke-width:2.5;stroke-dasharray:7 4}' +
  '.node.changed path,.node.changed polygon{stroke-width:3;stroke-dasharray:2 3}.refused path{stroke-dasharray:2 4}' +
  '.node polygon+polygon{fill:none!important}.edge polygon{stroke-dasharray:none;stroke-width:1}' +
  `${colours(LIGHT)}@media(prefers-color-scheme:dark){${colours(DARK)}}`;

const colours = ({ paper, area, ink, faint, line, hues, added, removed, changed }: Theme): string =>
  [
    `.paper,.node path,.node polygon{fill:${paper}}.node path,.node polygon,.edge path{stroke:${line}}.edge polygon{fill:${line}}`,
    `.cluster polygon{fill:${area};stroke:none}text{fill:${ink}}.fact,.cluster text{fill:${faint}}`,
    ...Object.entries({ ...hues.map((hue) => hue), added, removed, changed, refused: removed }).map(
      ([name, colour]) => {
        const of = /^\d/.test(name) ? `.h${name}` : `.${name}`;
        return `${of} path,${of}.node polygon,${of}.edge polygon{stroke:${colour}}${of}.edge polygon,${of}.edge text,text${of}{fill:${colour}}`;
      },
    ),
  ].join('');
