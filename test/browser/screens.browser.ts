import type { Page } from 'playwright-core';
import { seen } from '../cli/report/seen-once';
import { faint } from './contrast';
import { browser } from './opened';

const open = browser(seen);

const openAll = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });

test.each([
  320, 480, 800, 1000, 1280, 1920,
])('at %d pixels nothing leaves the screen, but YAML in its box', async (width) => {
  const { page } = await open({ viewport: { width, height: 800 } });
  await openAll(page);
  const outside = await page.evaluate(() => {
    const inBox = (element: Element) => element.closest('pre, .skip, .unseen, caption, [hidden]');
    return [...document.querySelectorAll('main *, header *, nav *')]
      .filter((element) => !inBox(element) && element.getBoundingClientRect().right > innerWidth + 0.5)
      .map((element) => element.outerHTML.slice(0, 100));
  });
  expect(outside).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});

test('texts do not lie on each other', async () => {
  for (const width of [320, 800, 1280]) {
    const { page } = await open({ viewport: { width, height: 800 } });
    const clashes = await page.evaluate(() =>
      [
        ...document.querySelectorAll('table:not(.matrix) tr, nav li, .figures li, .filters > *, summary'),
      ].flatMap((element) => {
        const next = element.nextElementSibling;
        const [a, b] = [element.getBoundingClientRect(), next?.getBoundingClientRect()];
        if (!b || b.width === 0 || a.width === 0) return [];
        const apart =
          a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
        return apart ? [] : [element.outerHTML.slice(0, 100)];
      }),
    );
    expect({ width, clashes }).toEqual({ width, clashes: [] });
  }
});

test('where a picture would be too small to read, the words about everybody are there instead', async () => {
  const shown = async (width: number) => {
    const { page } = await open({ viewport: { width, height: 800 } });
    return {
      pictures: await page.locator('.picture:visible').count(),
      words: await page.locator('.words > *:visible').count(),
    };
  };
  const [phone, screen] = [await shown(360), await shown(1280)];
  expect(phone).toEqual({ pictures: 0, words: expect.any(Number) });
  expect(phone.words).toBeGreaterThan(15);
  expect(screen).toEqual({ pictures: 2, words: 2 });
});

test.each(['light', 'dark'] as const)('every text can be read when it is %s', async (colorScheme) => {
  const { page } = await open({ colorScheme });
  await openAll(page);
  await page.locator('#flows button').nth(6).focus();
  expect(await page.evaluate(faint)).toEqual([]);
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(paper).toBe(colorScheme === 'dark' ? 'rgb(15, 20, 26)' : 'rgb(255, 255, 255)');
});

test('without a script everything can be read, and what would need one is not there', async () => {
  const { page } = await open({ javaScriptEnabled: false });
  expect(await page.locator('#words').isVisible()).toBe(false);
  expect(await page.getByText('pg_dump reads every table').first().isVisible()).toBe(true);
  await page.getByLabel('production').check();
  expect(await page.locator('.object[data-kind=Secret]').first().isVisible()).toBe(false);
  await page.locator('.object[data-kind=Ingress] summary').click();
  const yaml = await page.locator('.object[data-kind=Ingress] pre').innerText();
  expect(yaml).toContain('coped.example.org');
  expect(yaml).not.toContain('localhost');
});

test('on paper there is what is for reading', async () => {
  const { page } = await open();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  expect(await page.locator('nav').isVisible()).toBe(false);
  expect(await page.locator('.filters').isVisible()).toBe(false);
  expect(await page.locator('.words > *').first().isVisible()).toBe(true);
  expect(await page.locator('.words > *').nth(3).isVisible()).toBe(true);
  expect(await page.locator('#rule-probes').isVisible()).toBe(true);
  expect(await page.locator('pre').first().isVisible()).toBe(false);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  expect(await page.locator('#rule-probes').isVisible()).toBe(false);
});

test('headings make an outline, fields have names, and tables are tables on every screen', async () => {
  for (const width of [320, 1280]) {
    const { page } = await open({ viewport: { width, height: 800 } });
    const levels = await page
      .locator('h1, h2, h3, h4')
      .evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1)).toEqual([]);
    await expect(page.locator('main').ariaSnapshot()).resolves.toMatch(
      /searchbox "Search names and YAML"[\s\S]*combobox "Kind"[\s\S]*group "Environment"[\s\S]*radio "production"/,
    );
    expect(await page.getByRole('table', { name: 'Side by side' }).getByRole('row').count()).toBeGreaterThan(
      8,
    );
    expect(await page.getByRole('rowheader', { name: 'web', exact: true }).count()).toBeGreaterThan(0);
  }
});
