import type { Page } from 'playwright-core';
import { seen } from '../cli/report/seen-once';
import { browser } from './opened';

const open = browser(seen);

/** What is pointed out in the last matrix: staging's and production's. */
const shown = (page: Page) =>
  page
    .locator('.flows')
    .last()
    .evaluate((flows) => ({
      calls: [...flows.querySelectorAll('td .calls')].map(
        (port) => `${port.closest('td')?.dataset['head']} ${port.textContent}`,
      ),
      called: [...flows.querySelectorAll('td .called')].map(
        (port) => `${port.closest('tr')?.querySelector('button')?.textContent} ${port.textContent}`,
      ),
      words: [...flows.querySelectorAll<HTMLElement>('[data-about]')]
        .filter((words) => getComputedStyle(words).visibility === 'visible')
        .map((words) => words.innerText.split('\n')[0]),
    }));

const API = {
  calls: ['postgres 5432', 'elasticsearch 9200', 'dns 53/UDP, 53'],
  called: ['ingress-controller 8000', 'dashboards 8000'],
  words: ['api may call'],
};
const FIRST = {
  calls: ['web 8000', 'api 8000', 'dashboards 8866'],
  called: [],
  words: ['ingress-controller may call'],
};
const POSTGRES = {
  calls: [],
  called: ['postgres-bootstrap 5432', 'web 5432', 'api 5432', 'migrate 5432', 'backup 5432'],
  words: ['postgres may call nobody'],
};

const button = (page: Page, name: string) =>
  page.locator('.flows').last().getByRole('button', { name, exact: true });

test('a component that a mouse rests on shows whom it may call, and who may call it', async () => {
  const { page } = await open();
  await button(page, 'api').locator('xpath=ancestor::tr').hover();
  expect(await shown(page)).toEqual(API);
  await page.locator('.flows').last().locator('thead').getByText('postgres').hover();
  expect(await shown(page)).toEqual(POSTGRES);
  await page.locator('h1').hover();
  expect(await shown(page)).toEqual(FIRST);
});

test('so does the focus; pressed, it stays until Escape', async () => {
  const { page } = await open();
  await button(page, 'api').focus();
  expect(await shown(page)).toEqual(API);
  await page.keyboard.press('Space');
  expect(await button(page, 'api').getAttribute('aria-pressed')).toBe('true');
  await page.locator('#words').focus();
  expect(await shown(page)).toEqual(API);
  await button(page, 'postgres').focus();
  expect(await shown(page)).toEqual(POSTGRES);
  await page.keyboard.press('Escape');
  expect(await shown(page)).toEqual(FIRST);
  expect(await button(page, 'api').getAttribute('aria-pressed')).toBe('false');
});

/** What is pointed out in the last picture. */
const drawn = (page: Page) =>
  page
    .locator('.picture')
    .last()
    .evaluate((picture) => {
      const ends = (kind: string, end: 'from' | 'to') =>
        [...picture.querySelectorAll<SVGElement>(`g.${kind}`)].map(({ dataset }) => dataset[end]).sort();
      const others = picture.querySelector('[data-from]:not(.calls, .called)');
      return {
        about: [...picture.querySelectorAll<SVGElement>('.box.about')].map(({ dataset }) => dataset['name']),
        calls: ends('calls', 'to'),
        called: ends('called', 'from'),
        othersStepBack: others !== null && Number(getComputedStyle(others).opacity) < 0.5,
      };
    });

test('the picture points out the same, and can be pointed at itself', async () => {
  const { page } = await open();
  const api = {
    about: ['api'],
    calls: ['elasticsearch', 'postgres'],
    called: ['dashboards', 'ingress-controller'],
    othersStepBack: true,
  };
  await page.locator('.picture').last().locator('[data-name=api]').hover();
  expect(await drawn(page)).toEqual(api);
  expect(await shown(page)).toEqual(API);
  await page.locator('h1').hover();
  expect(await drawn(page)).toEqual({
    about: ['ingress-controller'],
    calls: ['api', 'dashboards', 'web'],
    called: [],
    othersStepBack: false,
  });
  await button(page, 'api').focus();
  expect(await drawn(page)).toEqual(api);
});

test('while somebody points, the words are on the screen', async () => {
  const { page } = await open({ viewport: { width: 1280, height: 700 } });
  for (const name of ['ingress-controller', 'postgres', 'backup']) {
    await page.locator('.picture').last().locator(`[data-name=${name}]`).hover();
    const { top, bottom } = await page
      .locator('.flows')
      .last()
      .locator('.words')
      .evaluate((words) => words.getBoundingClientRect());
    expect({ name, seen: top >= 0 && bottom <= 700 }).toEqual({ name, seen: true });
  }
});

test('those who listen are told the same', async () => {
  const { page } = await open();
  const description = await button(page, 'backup').evaluate(
    (element) => document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent,
  );
  expect(description?.replace(/\s+/g, ' ')).toContain(
    'backup may call postgres at 5432: pg_dump reads every table',
  );
});

test('nothing moves while somebody looks around', async () => {
  const { page } = await open();
  const heights = new Set<number>();
  for (const name of ['dns', 'postgres', 'web', 'backup']) {
    await button(page, name).focus();
    heights.add(await page.evaluate(() => document.documentElement.scrollHeight));
  }
  expect(heights.size).toBe(1);
});
