import type { IncomingMessage, ServerResponse } from 'node:http';
import { Report } from '../e2e/report';
import { checkVisit } from '../e2e/site/visitor';
import { withSite } from '../suite/fake-site';
import { chromium } from './chromium';

// What the end-to-end suite does with a browser, on a site that is sound, and on sites with one fault each.

type Answer = (request: IncomingMessage, response: ServerResponse) => string;

const page = (body: string): Answer => {
  const head =
    '<link rel="stylesheet" href="/a.css"><a href="/">COPED</a><a href="/dashboards/">Dashboards</a>';
  const form = '<form action="/search/"><input type="search" name="q"></form>';
  return of('text/html', `<!doctype html>${head}${form}${body}`);
};
const of =
  (type: string, body: string): Answer =>
  (_, response) => {
    response.setHeader('Content-Type', type);
    return body;
  };
const plot = (width: number) =>
  `<div class="jp-OutputArea-output"><svg width="${width}" height="50"><rect width="9" height="9"/></svg></div>`;

const sound: Readonly<Record<string, Answer>> = {
  '/': page(''),
  '/a.css': of('text/css', 'body { color: green }'),
  '/search/?q=Wind': page('<a href="/1/">Wind</a>'),
  '/1/': page('<h1>Wind</h1>'),
  '/dashboards/': page('<h1>Dashboards</h1><a href="/render">Projects</a>'),
  '/render': page(`2 projects ${plot(500)}`),
  '/api/projects/?page=1': () => JSON.stringify({ next: null, results: [{ title: 'a' }, { title: 'b' }] }),
};

async function failed(change: Readonly<Record<string, Answer>> = {}): Promise<string[]> {
  const report = new Report({ line: () => {}, progress: () => {} }, 'site');
  await withSite({ ...sound, ...change }, (site) => checkVisit(report, site, chromium(), 'Wind'));
  return report.failures.map(({ check, end }) => `${check}: ${end.split('\n')[0]}`);
}

test('a sound site passes', async () => expect(await failed()).toEqual([]));

test.each<[string, Record<string, Answer>, RegExp]>([
  [
    'a stylesheet that is sent as a page',
    { '/a.css': of('text/html', 'body { color: green }') },
    /start page.*no stylesheet is applied/,
  ],
  ['a script that fails', { '/': page('<script>nothing()</script>') }, /start page.*nothing is not defined/],
  [
    'an address that is not there',
    { '/': page('<script src="/gone.js"></script>') },
    /start page.*404 .*gone\.js/,
  ],
  [
    'a script of another site',
    { '/': page('<script src="http://127.0.0.1:9/font.js"></script>') },
    /start page.*asks http:\/\/127\.0\.0\.1:9\/font\.js/,
  ],
  ['a list that is empty', { '/search/?q=Wind': page('') }, /search.*Timeout/],
  ['dashboards that are not listed', { '/dashboards/': page('') }, /dashboards.*Timeout/],
  ['a plot that is none', { '/render': page(`2 projects ${plot(10)}`) }, /no plot, but 1 small/],
])('%s', async (_, change, failure) => {
  expect((await failed(change)).join('\n')).toMatch(failure);
});
