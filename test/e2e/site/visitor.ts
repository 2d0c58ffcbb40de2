import { chromium as driver, type Page } from 'playwright-core';
import type { Report } from '../report';
import { list } from './projects';
import type { Site } from './site';

/** Milliseconds. Starting a kernel and loading a plotting library takes its time. */
const KERNEL = 90_000;
/** Pixels. Smaller is no plot. */
const WIDE = 100;

/** What a visitor does: looks at the site, searches for a project, opens it, and looks at a dashboard. */
export const checkVisit = (report: Report, site: Site, chromium: string, title: string): Promise<void> =>
  withBrowser(site, chromium, async (opened) => {
    await report.check('a browser shows the start page with its style', () => startPage(opened));
    await report.check('a search that is typed finds a project, and a click opens it', () =>
      searched(opened, title),
    );
    await report.check('the dashboards are listed, and one draws what the API returns', () =>
      dashboard(opened, site),
    );
  });

async function startPage(opened: Opened): Promise<void> {
  const { page, origin } = opened;
  await page.goto(origin);
  await page.getByRole('link', { name: 'COPED', exact: true }).waitFor();
  // As text: there is no document in this process.
  const rules = await page.evaluate<number>(
    '[...document.styleSheets].flatMap((s) => [...s.cssRules]).length',
  );
  if (rules === 0) throw new Error('no stylesheet is applied');
  faultless(opened);
}

async function searched(opened: Opened, title: string): Promise<void> {
  const { page } = opened;
  await page.getByRole('searchbox').fill(title);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: title }).first().click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  faultless(opened);
}

/** The notebook runs in a kernel, reads the API from inside the cluster and draws what it read. */
async function dashboard(opened: Opened, site: Site): Promise<string> {
  const { page } = opened;
  const count = (await list(site)).length;
  await page.getByRole('link', { name: 'Dashboards' }).click({ timeout: KERNEL });
  await page.getByRole('heading', { name: 'Dashboards' }).waitFor();
  await page.getByRole('link', { name: 'Projects', exact: true }).click();
  await page.getByText(`${count} projects`).waitFor({ timeout: KERNEL });
  const plots = page.locator('.jp-OutputArea-output').locator('img, svg');
  await plots.first().waitFor({ timeout: KERNEL });
  const boxes = await Promise.all((await plots.all()).map((plot) => plot.boundingBox()));
  const drawn = boxes.filter((box) => box !== null && box.width > WIDE).length;
  if (drawn === 0) throw new Error(`there is no plot, but ${boxes.length} small images`);
  faultless(opened);
  return `${drawn} plots of ${count} projects`;
}

/** A page in a browser. */
interface Opened {
  readonly page: Page;
  /** The site's own address, as a user types it. */
  readonly origin: string;
  /** What went wrong, whether it shows or not: errors of scripts, answers that are errors, requests to other sites. A good page has none. */
  readonly faults: readonly string[];
}

/** Milliseconds for what needs no patience: a click, a field that is there. */
const PROMPT = 15_000;

/** Opens a browser that finds the site under its own name, wherever on this machine it is served. */
async function withBrowser<T>(
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
      if (status >= 400 && url.startsWith(origin)) faults.push(`${status} ${url}`);
    });
    // Neither fonts nor scripts: no other site learns of a visitor, and the site works without the internet.
    context.on('request', (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      if (/^https?:$/.test(protocol) && asked !== new URL(origin).origin)
        faults.push(`asks ${request.url()}`);
    });
    return await task({ page: await context.newPage(), origin, faults });
  } finally {
    await running.close();
  }
}

/** @throws Error if anything went wrong, whether it shows or not */
function faultless({ faults }: Opened): void {
  if (faults.length > 0) throw new Error(faults.join('\n'));
}
