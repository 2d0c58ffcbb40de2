import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../rules';
import { distinct } from '../../rules/subject';
import { styleSheet } from '../picture/drawing/style';
import { html, inCode, Markup, table } from './html';
import { budgets } from './sections/budgets';
import { environments } from './sections/environments';
import { flows } from './sections/flows';
import { objects } from './sections/objects';
import type { Pictures, Seen } from './seen';

/**
 * The whole page: one file that needs nothing else. Its policy lets a browser run and load only what is in it, so a name that
 * contains a script would not run either.
 */
export function page(seen: readonly Seen[], pictures: Pictures): string {
  const sections = [
    ['environments', 'Environments', environments(seen)],
    ['flows', 'Allowed connections', flows(seen, pictures)],
    ['budgets', 'Budgets', budgets(seen)],
    ['checks', 'Checks', checks(seen)],
    ['objects', 'Objects', objects(seen)],
  ] as const;
  const style = `.picture{${styleSheet()}}\n${read('page.css')}`;
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
<header><h1>COPED on Kubernetes</h1>
<p>Made by <code>npm run report</code> from the objects in <code>dist/</code>. No rule has found anything; otherwise the page is not written.</p>
</header>
<nav aria-label="Sections">${sections.map(([id, title]) => html`<a href="#${id}">${title}</a> `)}</nav>
<main>
${sections.map(
  ([id, title, body]) => html`<section id="${id}"><h2>${title}</h2>
${body}</section>
`,
)}</main>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}

const read = (name: string): string => readFileSync(join(__dirname, 'browser', name), 'utf8');

const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Every rule, and what is excused. */
const checks = (
  seen: readonly Seen[],
): Markup => html`<p>${rules.length} rules read all objects before anything is written.</p>
${rules.map(
  ({ id, what, why, remedy, link }) => html`<details><summary><code>${id}</code> ${inCode(what)}</summary>
<p>${inCode(why)}</p>
<p><b>What to do:</b> ${inCode(remedy)} <a href="${link}" rel="noreferrer">Read more</a></p>
</details>
`,
)}<h3>Exceptions</h3>
${table(
  ['Rule', 'Object', 'Place', 'Why'],
  distinct(seen.flatMap(({ subject }) => subject.exceptions ?? [])).map(({ rule, object, path, reason }) => [
    rule,
    object,
    html`<code>${path}</code>`,
    inCode(reason),
  ]),
)}`;
