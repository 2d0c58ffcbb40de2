import { chromium as driver, type Page } from 'playwright-core';
import type { Site } from './site';

/** A page in a browser. */
export interface Opened {
  readonly page: Page;
  /** The site's own address, as a user types it. */
  readonly origin: string;
  /** What went wrong, whether it shows or not: errors of scripts, answers that are errors. A good page has none. */
  readonly faults: readonly string[];
}

/** Milliseconds for what needs no patience: a click, a field that is there. */
const PROMPT = 15_000;

/** Opens a browser that finds the site under its own name, wherever on this machine it is served. */
export async function withBrowser<T>(
  { address, host }: Site,
  executablePath: string,
  task: (opened: Opened) => Promise<T>,
): Promise<T> {
  const { protocol, hostname, host: place } = new URL(address);
  const own = hostname === host;
  const origin = own ? address : `${protocol}//${host}`;
  const running = await driver.launch({
    executablePath,
    args: ['--no-proxy-server', ...(own ? [] : [`--host-resolver-rules=MAP ${host} ${place}`])],
  });
  try {
    // Who has signed the certificate is checked without a browser, which would need to know the authority.
    const context = await running.newContext({ ignoreHTTPSErrors: true });
    context.setDefaultTimeout(PROMPT);
    const faults: string[] = [];
    context.on('weberror', (error) => faults.push(error.error().message));
    context.on('response', (response) => {
      const [status, url] = [response.status(), response.url()];
      // Browsers ask for the icon whether a page names one or not.
      if (status >= 400 && url.startsWith(origin) && !url.endsWith('/favicon.ico'))
        faults.push(`${status} ${url}`);
    });
    return await task({ page: await context.newPage(), origin, faults });
  } finally {
    await running.close();
  }
}

/** @throws Error if anything went wrong, whether it shows or not */
export function faultless({ faults }: Opened): void {
  if (faults.length > 0) throw new Error(faults.join('\n'));
}
