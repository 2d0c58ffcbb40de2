import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../rules';
import { styleSheet } from '../picture/drawing/style';
import { html, Markup } from './html';
import type { Pictures } from './pictures';
import { budgets } from './sections/budgets';
import { checks } from './sections/checks';
import { differences } from './sections/differences';
import { environments } from './sections/environments';
import { flows } from './sections/flows';
import { objects } from './sections/objects';
import { type Section, show } from './sections/section';
import type { Seen } from './seen';

/**
 * The whole page: one file that needs nothing else. It says itself that a browser must not run or load anything that is not in
 * it, so a name that somebody managed to make into a script would not run either.
 */
export function page(seen: readonly Seen[], pictures: Pictures): string {
  const sections: Section[] = [
    environments(seen),
    flows(seen, pictures),
    budgets(seen),
    differences(seen),
    checks(),
    objects(seen),
  ];
  const style = `.picture{${styleSheet()}}\n${STYLES.map(read).join('')}${chosen(seen)}`;
  const script = read('page.js');
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>COPED on Kubernetes: what runs, and what is checked</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#main">To the contents</a>
<header>
<h1>COPED on Kubernetes</h1>
<p>What runs, who may talk to whom, what it takes, and what is checked. Made by <code>npm run report</code> from the objects that are written to <code>dist/</code>.</p>
<ul class="figures">${figures(seen).map(
    ([number, what]) => html`<li><b>${number}</b> ${what}</li>
`,
  )}</ul>
</header>
<nav aria-label="Sections"><ul>${sections.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>
`,
  )}</ul></nav>
<main id="main" tabindex="-1">
${sections.map(show)}</main>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}

const figures = (seen: readonly Seen[]): [number, string][] => [
  [seen.length, 'environments'],
  [seen.reduce((total, { subject }) => total + subject.manifests.length, 0), 'objects'],
  [rules.length, 'rules over all of them'],
  [0, 'findings'],
];

const STYLES = ['page.css', 'sections.css', 'flows.css', 'objects.css', 'screens.css'];

const read = (name: string): string => readFileSync(join(__dirname, 'browser', name), 'utf8');

const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Whoever chooses an environment sees its objects and its lines alone. */
const chosen = (seen: readonly Seen[]): string =>
  seen
    .map((_, i) => {
      const page = `main:has(#show-e${i}:checked)`;
      return `${page} .object:not(.e${i}),${page} .only:not(.e${i}),${page} .names>:not(.e${i}){display:none}\n${page} .only{all:unset}\n${page} .only::before,${page} .names>*::before{content:none}\n`;
    })
    .join('');
