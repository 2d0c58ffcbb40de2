import { seen } from '../cli/report/seen-once';
import { browser } from './opened';

const open = browser(seen);

/** The element that has the focus: its place among all that can have it, and whether that can be seen. */
const focused = () => {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return undefined;
  const box = element.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return {
    name: (element.getAttribute('aria-label') ?? element.innerText ?? '').trim() || element.id,
    place: [...document.querySelectorAll('*')].indexOf(element),
    marked: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
    inView:
      box.width > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth,
  };
};

test('the Tab key leads through the whole page in its order, visibly, and out again', async () => {
  const { page, said } = await open();
  const path: NonNullable<ReturnType<typeof focused>>[] = [];
  for (let presses = 0; presses < 400; presses += 1) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(focused);
    if (!now) break;
    path.push(now);
  }
  expect(path.length).toBeGreaterThan(100);
  expect(path.length).toBeLessThan(400);
  expect(path[0]?.name).toBe('To the contents');
  expect(path.filter(({ marked, inView }) => !marked || !inView)).toEqual([]);
  const places = path.map(({ place }) => place);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(said).toEqual([]);

  // And back: the last one is not the end of the way.
  await page.keyboard.press('Shift+Tab');
  expect((await page.evaluate(focused))?.place).toBe(places.at(-1));
  await page.keyboard.press('Shift+Tab');
  expect((await page.evaluate(focused))?.place).toBe(places.at(-2));
});

test('the first key press leads past the links, if somebody wants that', async () => {
  const { page } = await open();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect((await page.evaluate(focused))?.name).toBe('ingress-controller');
});

test('an object is opened, scrolled and left', async () => {
  const { page } = await open();
  const object = page.locator('.object[data-kind=StatefulSet]').first();
  await object.locator('summary').focus();
  await page.keyboard.press('Enter');
  expect(await object.getAttribute('open')).not.toBeNull();
  await page.keyboard.press('Tab');
  expect((await page.evaluate(focused))?.name).toMatch(/^YAML of StatefulSet/);
  await page.keyboard.press('End');
  await page.waitForFunction(() => (document.activeElement?.scrollTop ?? 0) > 0);
  await page.keyboard.press('Tab');
  expect((await page.evaluate(focused))?.name).not.toMatch(/^YAML/);
});
