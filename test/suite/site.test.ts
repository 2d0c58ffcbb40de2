import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Report } from '../e2e/report';
import { checkPages } from '../e2e/site/pages';
import { list } from '../e2e/site/projects';
import { request, type Site, visit } from '../e2e/site/site';
import { AT_ONCE, allAnswered, underLoad } from '../e2e/site/steady-load';
import { withSite } from './fake-site';

const report = () => new Report({ line: () => {}, progress: () => {} });
const projects = (...titles: string[]) => titles.map((title, id) => ({ id, title }));

test('asks for the name, not for the address', () =>
  withSite({ '/': ({ headers }) => `asked for ${headers.host}` }, async (site) => {
    expect((await visit(site, '/')).body).toBe('asked for coped.example.org');
  }));

test('another status than the expected one is an error with the answer in it', () =>
  withSite({}, async (site) => {
    await expect(visit(site, '/')).rejects.toThrow(/answered 404 instead of 200\nnot found/);
    expect((await visit(site, '/', { status: 404 })).body).toBe('not found');
    expect((await request(site, '/')).status).toBe(404);
  }));

test('the list goes on until the last page', () => {
  const page =
    (next: string | null, ...titles: string[]) =>
    () =>
      JSON.stringify({ next, results: projects(...titles) });
  const pages = { '/api/projects/?page=1': page('…', 'a', 'b'), '/api/projects/?page=2': page(null, 'c') };
  return withSite(pages, async (site) => {
    expect((await list(site)).map(({ title }) => title)).toEqual(['a', 'b', 'c']);
  });
});

describe('a page', () => {
  const page = () => 'COPED <link rel="stylesheet" href="/a.css">';
  const stylesheet =
    (type: string) => (_: unknown, response: { setHeader(name: string, value: string): void }) => {
      response.setHeader('Content-Type', type);
      return 'body {}';
    };
  const failures = async (answers: Parameters<typeof withSite>[0]) => {
    const it = report();
    await withSite(answers, (site) => checkPages(it, site));
    return it.failures.length;
  };

  test('has a stylesheet', async () => {
    expect(await failures({ '/': page, '/a.css': stylesheet('text/css; charset="utf-8"') })).toBe(0);
    expect(await failures({ '/': page, '/a.css': stylesheet('text/html') })).toBe(1);
    expect(await failures({ '/': page })).toBe(1);
    expect(await failures({ '/': () => 'COPED' })).toBe(1);
    expect(await failures({ '/': () => 'Welcome to nginx!' })).toBe(2);
  });
});

describe('under load', () => {
  const loaded = async (answers: Parameters<typeof withSite>[0]) => {
    let load = { requests: 0, seconds: 0, failures: {} };
    const task = () => setTimeout(100);
    await withSite(answers, async (site: Site) => {
      load = await underLoad(site, '/', 100, task);
    });
    return load;
  };

  test('every request counts', async () => {
    expect(allAnswered(await loaded({ '/': () => '' }))).toMatch(
      /^\d+ requests \(\d+ a second\), none failed$/,
    );
    const broken = await loaded({});
    expect(broken.failures).toEqual({ 'status 404': broken.requests });
    expect(() => allAnswered(broken)).toThrow(/× status 404/);
  });

  test('a site that cannot keep up is not asked more and more', async () => {
    const waiting: ServerResponse[] = [];
    const server = createServer((_, response) => void waiting.push(response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const site = { address: `http://127.0.0.1:${port}`, host: 'coped.example.org' };
    try {
      const load = await underLoad(site, '/', 1000, async () => {
        while (waiting.length < AT_ONCE) await setTimeout(10);
        await setTimeout(100);
        for (const response of waiting) response.end();
      });
      expect(load).toMatchObject({ requests: AT_ONCE, failures: {} });
    } finally {
      server.close();
    }
  });

  test('no request at all shows nothing', () => {
    expect(() => allAnswered({ requests: 0, seconds: 1, failures: {} })).toThrow('nothing was asked');
  });
});
