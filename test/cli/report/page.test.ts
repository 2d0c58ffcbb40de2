import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { matrix } from '../../../checker/reachability/matrix';
import { html, inCode } from '../../../cli/report/html';
import { allowances } from '../../../cli/report/sections/budgets';
import { withoutValues } from '../../../cli/report/sections/objects';
import { seenNow } from '../../../cli/report/seen';
import { quantity } from '../../../formats/quantity';
import { toYaml } from '../../../lib/output/yaml';
import { rules } from '../../../rules';
import { exceptions } from '../../../rules/exceptions';
import { publishedSecrets } from '../../../rules/published-secrets';
import { copedElsewhere, copedIn, refuses } from '../in-folder';
import { temporaryFolder } from '../temporary';
import { hostile, page, readable, section, seen, whole } from './seen-once';

let text: string;
beforeAll(async () => {
  text = await whole(seen);
});

test('is small enough for an e-mail', () => {
  expect(Buffer.byteLength(text)).toBeLessThan(700_000);
});

test('the same sources give the same bytes', async () => {
  expect(await whole(seenNow(join(__dirname, '..', '..', '..')))).toBe(text);
  expect(text).not.toContain(process.cwd());
});

test('needs no other file, and allows none', () => {
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text) ?? [];
  const hash = (tag: string) => {
    const [body = ''] = (text.split(`<${tag}>`)[1] ?? '').split(`</${tag}>`);
    return `'sha256-${createHash('sha256').update(body).digest('base64')}'`;
  };
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${hash('script')}`,
    `style-src ${hash('style')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ]);
  expect(text.match(/<script|<style/g)).toHaveLength(2);
  expect(text).not.toMatch(
    /<(img|link|iframe|object|embed|form|base)\b|\ssrc=|\sstyle=|\son\w+=|url\(|@import/,
  );
  // Links lead to places in the page, and to what the rules say is worth reading.
  const links = [...text.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
  expect(links.filter((href) => !/^(#[\w-]+|https:\/\/[\w./#?=&;%-]+)$/.test(href))).toEqual([]);
  for (const href of links.filter((one) => one.startsWith('#')))
    expect(text).toContain(`id="${href.slice(1)}"`);
});

test('its pictures are those of docs/', () => {
  for (const name of ['development', 'production']) {
    const svg = readFileSync(`${__dirname}/../../../docs/pictures/${name}.svg`, 'utf8');
    const [, shapes = ''] = /<\/style>\n([\s\S]*)\n<\/svg>/.exec(svg) ?? [];
    expect(shapes).toContain('postgres');
    expect(text).toContain(shapes);
  }
});

test('no value of a secret is in it, not even a fake one', () => {
  expect(publishedSecrets.length).toBeGreaterThan(5);
  for (const secret of publishedSecrets) {
    const value = secret.reveal('recognize it elsewhere');
    expect(text).not.toContain(value);
    expect(text).not.toContain(Buffer.from(value).toString('base64'));
  }
});

test('names are text, whatever they are', async () => {
  const odd = await whole(hostile());
  expect(odd).toContain('&#60;img src=x onerror=');
  expect(odd).not.toContain('<img');
  expect(odd).not.toMatch(/[^\P{C}\n\t]/u);
  expect(odd).not.toMatch(/<[^>]*\sonerror="/);
});

const HOSTILE = `<img src=x onerror="alert('1')">&amp;`;
const SAFE = '&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;amp;';

test('every value in a template is text', () => {
  expect(html`<b title="${HOSTILE}">${HOSTILE}</b>`.text).toBe(`<b title="${SAFE}">${SAFE}</b>`);
  expect(html`${[HOSTILE, [html`<i>${HOSTILE}</i>`]]}`.text).toBe(`${SAFE}<i>${SAFE}</i>`);
  expect(html`${inCode('run `a <b>` now')}`.text).toBe('run <code>a &#60;b&#62;</code> now');
});

test('nothing is no text, and zero is one', () => {
  expect(html`a${undefined}b${0}c${''}d${[]}`.text).toBe('ab0cd');
});

const folder = temporaryFolder();

test('writes report.html in the current folder, the same wherever it is made', async () => {
  const { status, stdout } = copedElsewhere(folder(), 'report');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^report\.html: \d+ KB\. /);
  expect(readdirSync(folder())).toEqual(['report.html']);
  expect(readFileSync(folder('report.html'), 'utf8')).toBe(await whole(seen));
});

test('or to --out', async () => {
  expect((await copedIn({ folder: folder() }, 'report', '--out', 'other.html')).status).toBe(0);
  expect(readdirSync(folder())).toEqual(['other.html']);
});

test('refuses a folder that does not exist, with what to do', () =>
  refuses(
    folder(),
    'report --out no/such/folder.html',
    /folder.html cannot be written: the folder is not there .*\n {2}Name a file in a/,
  ));

test('does not write through a link', async () => {
  symlinkSync(folder('mine'), folder('report.html'));
  await refuses(folder(), 'report', /a link is there.*\(ELOOP/);
  expect(readdirSync(folder())).toEqual(['report.html']);
});

test('Git ignores it', () => {
  const ignored = readFileSync(join(__dirname, '..', '..', '..', '.gitignore'), 'utf8');
  expect(ignored).toMatch(/^\/report\.html$/m);
});

const [development, , production] = seen;

/** The rows of the tables of a section, as text. */
const rowsOf = (id: string): string[][] =>
  [...section(id).matchAll(/<tr><th scope="row">([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    row
      .split(/<\/th>|<\/td>/)
      .slice(0, -1)
      .map(readable),
  );

test('each environment has a column with its pods, disks, images and addresses', () => {
  const rows = new Map(rowsOf('environments').map(([name = '', ...cells]) => [name, cells]));
  expect(rows.get('web')).toEqual([
    expect.stringContaining('Deployment, 1 pod'),
    expect.stringContaining('Deployment, 2–4 pods'),
    expect.stringContaining('Deployment, 3–10 pods'),
  ]);
  expect(rows.get('postgres')?.[2]).toMatch(/a disk of 50Gi[\s\S]*docker\.io\/library\/postgres:17/);
  expect(rows.get('Ingress')?.[2]).toContain('coped.example.org');
  expect(rows.get('backup')?.[0]).toBe('not here');
  expect(rows.get('objects')?.[2]).toContain('8 are expected in the cluster');
});

test('of a digest the start is shown, and the whole of it in the YAML', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  const pinned: typeof seen = JSON.parse(JSON.stringify(seen), (key, value) =>
    key === 'image' && value.includes('/postgres:') ? `${value}@${digest}` : value,
  );
  const text = page(pinned);
  const cells = readable(section('environments', text).replaceAll('<wbr>', ''));
  expect(cells).toMatch(/\/postgres:[\w.-]+@sha256:0123456789ab…\n?/);
  expect(cells).not.toContain(digest);
  expect(section('objects', text)).toContain(`@${digest}`);
});

test('allowed connections are those of the policies, with the reasons of the flow table', () => {
  const rows = rowsOf('flows');
  expect(rows).toContainEqual(['api', 'postgres', '5432', 'Django keeps its data there']);
  const titles = [...section('flows').matchAll(/<h3>(.*?)<\/h3>/g)].map(([, title]) => title);
  expect(titles).toEqual(['development', 'staging, production']);
  const pairs = [development, production].flatMap((one) => {
    const known = Object.entries(one?.subject.outsiders ?? {}).flatMap(([name, peers]) =>
      peers?.[0] ? [[name, peers[0]] as const] : [],
    );
    return matrix(one?.subject.manifests ?? [], Object.fromEntries(known));
  });
  const shown = rows.flatMap(([from, to, ports = '']) =>
    ports.split(', ').map((port) => `${from} -> ${to}:${port}`),
  );
  expect(shown.sort()).toEqual(pairs.map((one) => one.replace('/TCP', '')).sort());
});

test('a peer that only a policy allows is shown', () => {
  const opened = seen.map((one) => ({
    ...one,
    subject: {
      ...one.subject,
      manifests: one.subject.manifests.map((manifest) =>
        manifest.kind === 'NetworkPolicy' && manifest.metadata.name === 'postgres'
          ? { ...manifest, spec: { ...Object(manifest['spec']), ingress: [{}] } }
          : manifest,
      ),
    },
  }));
  expect(readable(section('flows', page(opened)))).toContain('the internet');
});

test('budgets are those that the rules check: what fits exactly is full', () => {
  for (const one of seen) {
    const found = allowances(one);
    expect(found.length).toBeGreaterThan(8);
    for (const { used, allowed } of found) expect(used).toBeLessThanOrEqual(allowed);
    const cpu = found.find(({ resource }) => resource === 'cpu');
    const exact = { ...one.subject, budget: { cpu: String(cpu?.used), memory: '100Gi' } };
    const less = { ...exact, budget: { ...exact.budget, cpu: String((cpu?.used ?? 0) - 0.001) } };
    const budget = rules.find(({ id }) => id === 'budget');
    expect(budget?.find(exact)).toEqual([]);
    expect(budget?.find(less)).toHaveLength(1);
  }
  const [storage] = seen
    .slice(-1)
    .flatMap(allowances)
    .filter(({ resource }) => resource === 'requests.storage');
  expect(storage).toMatchObject({ used: quantity('250Gi'), allowed: quantity('300Gi') });
});

test('every object of every environment is there, as in dist', () => {
  const shown = readable(section('objects'));
  for (const { files } of seen) {
    for (const manifest of files.flatMap(({ manifests }) => manifests)) {
      if (manifest.kind !== 'Secret') expect(shown).toContain(toYaml(manifest));
    }
  }
});

test('of a Secret the keys are shown', () => {
  for (const field of ['data', 'stringData']) {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, [field]: { key: 'value' } };
    expect(withoutValues(secret)[field]).toEqual({ key: '(not shown here)' });
  }
});

test('every rule and exception is there, with what, why and what to do', () => {
  const text = readable(section('checks'));
  for (const { id, what, why, remedy } of rules) {
    for (const said of [id, what, why, remedy]) expect(text).toContain(said.replaceAll('`', ''));
  }
  for (const { reason, path } of exceptions) {
    expect(text).toContain(reason);
    expect(text).toContain(path);
  }
});
