import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Report } from '../e2e/report';
import { checkPages } from '../e2e/site/pages';
import { visit } from '../e2e/site/site';
import { AT_ONCE, underLoad } from '../e2e/site/steady-load';
import { withSite } from './fake-site';

test('asks for the name, not for the address; another status is an error with the answer in it', () =>
  withSite({ '/': ({ headers }) => `asked for ${headers.host}` }, async (site) => {
    expect((await visit(site, '/')).body).toBe('asked for coped.example.org');
    await expect(visit(site, '/x')).rejects.toThrow(/answered 404 instead of 200\nnot found/);
    expect((await visit(site, '/x', { status: 404 })).body).toBe('not found');
  }));

test('a page that is not ours, or has no stylesheet, is a failure', async () => {
  const page = () => 'COPED <link rel="stylesheet" href="/a.css">';
  const served = (type: string) => (_: unknown, response: ServerResponse) => {
    response.setHeader('Content-Type', type);
    return 'body {}';
  };
  const failures = async (answers: Parameters<typeof withSite>[0]) => {
    const report = new Report({ line: () => {}, progress: () => {} });
    await withSite(answers, (site) => checkPages(report, site));
    return report.failures.length;
  };
  expect(await failures({ '/': page, '/a.css': served('text/css; charset="utf-8"') })).toBe(0);
  expect(await failures({ '/': page, '/a.css': served('text/html') })).toBe(1);
  expect(await failures({ '/': page })).toBe(1);
  expect(await failures({ '/': () => 'COPED' })).toBe(1);
  expect(await failures({ '/': () => 'Welcome to nginx!' })).toBe(2);
});

describe('under load', () => {
  const loaded = (answers: Parameters<typeof withSite>[0], perSecond: number) =>
    withSite(answers, async (site) => {
      await underLoad(site, '/', perSecond, () => setTimeout(100));
    });

  test('every request counts, and no request at all shows nothing', async () => {
    await expect(loaded({ '/': () => '' }, 100)).resolves.toBeUndefined();
    await expect(loaded({}, 100)).rejects.toThrow(/of (\d+) requests\n\1 × status 404/);
    await expect(loaded({}, 1)).rejects.toThrow('nothing was asked');
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
      expect(load).toMatch(new RegExp(`^${AT_ONCE} requests `));
    } finally {
      server.close();
    }
  });
});
