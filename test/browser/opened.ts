import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium as driver, type Page } from 'playwright-core';
import type { Seen } from '../../cli/report/seen';
import { whole } from '../cli/report/seen-once';
import { chromium } from './chromium';

/** A page in a browser, and whatever it said or asked for. */
export interface Opened {
  readonly page: Page;
  /** Messages on the console, errors of scripts, refusals by its own policy: a good page is silent. */
  readonly said: string[];
  /** Addresses that were asked for. */
  readonly asked: string[];
  /** Where it lies on the disk. */
  readonly address: string;
}

/** Opens the page from the disk, as somebody does who was sent the file. Closes everything after the tests of a file. */
export function browser(seen: readonly Seen[]) {
  const folder = mkdtempSync(join(tmpdir(), 'coped-browser-'));
  const file = join(folder, 'report.html');
  let running: Browser | undefined;

  beforeAll(async () => {
    writeFileSync(file, await whole(seen));
    running = await driver.launch({ executablePath: chromium() });
  });
  afterAll(async () => {
    await running?.close();
    rmSync(folder, { recursive: true });
  });

  return async (options: BrowserContextOptions = {}): Promise<Opened> => {
    const page = await running?.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    if (!page) throw new Error('the browser did not start');
    const address = pathToFileURL(file).href;
    const [said, asked]: [string[], string[]] = [[], []];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('dialog', (dialog) => said.push(dialog.message()));
    page.on('request', (request) => asked.push(request.url()));
    // What its own policy refuses is announced, and never sent.
    page.on('requestfailed', (request) => {
      if (request.failure()?.errorText === 'csp') asked.splice(asked.indexOf(request.url()), 1);
    });
    await page.goto(address);
    return { page, said, asked, address };
  };
}
