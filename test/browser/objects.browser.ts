import type { Page } from 'playwright-core';
import { seen } from '../cli/report/seen-once';
import { browser } from './opened';

const open = browser(seen);

const shown = (page: Page) => page.locator('.object:visible .name').allInnerTexts();
const count = (page: Page) => page.locator('#count').innerText();

test('words, kind, component, tier and environment lead to an object', async () => {
  const { page } = await open();
  expect(await count(page)).toBe(`${(await shown(page)).length} objects`);
  await page.getByLabel('Kind').selectOption('NetworkPolicy');
  await page.getByLabel('Component').selectOption('postgres');
  expect(await shown(page)).toEqual(['postgres']);
  expect(await count(page)).toBe('1 object');
  await page.getByLabel('Tier').selectOption('web');
  expect(await shown(page)).toEqual([]);
  expect(await page.locator('#no-object').isVisible()).toBe(true);
  await page.getByLabel('Tier').selectOption('network');
  expect(await page.locator('#no-object').isVisible()).toBe(false);
});

test('words are looked for in the YAML, and Escape forgets them', async () => {
  const { page } = await open();
  const all = await shown(page);
  await page.getByLabel('Search names and YAML').fill('MAX_CONNECTIONS statefulset');
  expect(await shown(page)).toEqual(['postgres']);
  await page.getByLabel('Search names and YAML').press('Escape');
  expect(await shown(page)).toEqual(all);
});

test('whoever chooses an environment reads its file, and copies it', async () => {
  const { page } = await open();
  await page.getByLabel('production').check();
  expect(await count(page)).toBe(`${seen[2]?.subject.manifests.length} objects`);
  const object = page.locator('.object[data-kind=Ingress]');
  await object.locator('summary').click();
  const document = seen[2]?.files.find(({ name }) => name.includes('edge'))?.text.split(/^---\n/m) ?? [];
  const ingress = document.find((text) => text.includes('kind: Ingress\n'))?.replace(/^#.*\n/, '');
  expect(await object.locator('pre').innerText()).toBe(ingress);
  await page.getByLabel('all, compared').check();
  await expect(object.locator('pre').innerText()).resolves.toContain('staging.coped.example.org');
});

test('a link to a rule opens it', async () => {
  const { page } = await open();
  const rule = page.locator('details', { has: page.locator('#rule-probes') });
  expect(await rule.getAttribute('open')).toBeNull();
  await page.locator('#checks a[href="#rule-probes"]').click();
  expect(await rule.getAttribute('open')).not.toBeNull();
  expect(await page.locator('#rule-probes').isVisible()).toBe(true);
});
