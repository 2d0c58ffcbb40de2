import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium as driver } from 'playwright-core';
import { hostile, seen, whole } from '../cli/report/seen-once';
import { chromium } from './chromium';

const folder = mkdtempSync(join(tmpdir(), 'coped-browser-'));
let running: Browser;
beforeAll(async () => {
  writeFileSync(join(folder, 'report.html'), await whole(seen));
  writeFileSync(join(folder, 'hostile.html'), await whole(hostile()));
  running = await driver.launch({ executablePath: chromium() });
});
afterAll(async () => {
  await running?.close();
  rmSync(folder, { recursive: true });
});

/** Opens a page from the disk: what it says on the console, and what it asks for besides itself. */
async function open(file = 'report.html', options: BrowserContextOptions = {}) {
  const page = await running.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const address = pathToFileURL(join(folder, file)).href;
  const [said, asked]: [string[], string[]] = [[], []];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(address);
  return { page, said, asked: () => asked.filter((one) => one !== address) };
}

test('needs nothing else, and complains about nothing', async () => {
  const { page, said, asked } = await open();
  await page.locator('summary').first().click();
  await page.locator('#words').fill('postgres');
  expect({ said, asked: asked() }).toEqual({ said: [], asked: [] });
});

test('objects are found by words and environment', async () => {
  const { page } = await open();
  const shown = () => page.locator('.object:visible').count();
  const all = await shown();
  await page.locator('#environment').selectOption('production');
  const production = await shown();
  await page.locator('#words').fill('elasticsearch tls');
  expect(await page.locator('#count').innerText()).toBe(`${await shown()} objects`);
  expect(production).toBeLessThan(all);
  expect(await shown()).toBeLessThan(production);
  await page.locator('#words').fill('no such words');
  expect(await page.locator('#count').innerText()).toBe('0 objects');
});

test('its policy refuses scripts and images that are not its own', async () => {
  const { page } = await open();
  const title = await page.evaluate(async () => {
    const script = document.createElement('script');
    try {
      script.textContent = 'document.title = "hacked"';
    } catch {}
    document.body.append(script);
    return document.title;
  });
  expect(title).toContain('COPED');
});

test('names that look like HTML are shown as they are', async () => {
  const { page, said } = await open('hostile.html');
  expect(await page.locator('img').count()).toBe(0);
  await expect(page.locator('#flows').innerText()).resolves.toContain('<img src=x onerror=');
  expect(said).toEqual([]);
});

test.each(['light', 'dark'] as const)('fits on a phone, in %s', async (colorScheme) => {
  const { page } = await open('report.html', { viewport: { width: 390, height: 800 }, colorScheme });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
});

test('without a script everything can be read', async () => {
  const { page } = await open('report.html', { javaScriptEnabled: false });
  expect(await page.locator('search').isVisible()).toBe(false);
  await page.locator('.object summary').first().click();
  expect(await page.locator('.object pre').first().innerText()).toContain('kind: ');
});
