import { hostile, seen } from '../cli/report/seen-once';
import { browser } from './opened';

const open = browser(seen);
const openHostile = browser(hostile());

test('opened from the disk, it asks for nothing else and complains about nothing', async () => {
  const { page, said, asked, address } = await open();
  await page.locator('summary').first().click();
  await page.locator('#flows button').first().click();
  await page.locator('#words').fill('postgres');
  expect({ said, asked }).toEqual({ said: [], asked: [address] });
});

test('nothing that somebody smuggles in is run or loaded', async () => {
  const { page, asked, address } = await open();
  const after = await page.evaluate(async () => {
    const script = document.createElement('script');
    const image = document.createElement('img');
    image.src = 'https://example.org/a.png';
    let refused = false;
    try {
      script.textContent = 'document.title = "hacked"';
    } catch {
      refused = true;
    }
    document.body.append(script, image);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { title: document.title, refused };
  });
  expect(after).toEqual({ title: expect.stringContaining('COPED'), refused: true });
  expect(asked).toEqual([address]);
});

test('names that look like HTML are shown as they are', async () => {
  const { page, said } = await openHostile();
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).toContain('COPED');
  await expect(page.locator('#flows').innerText()).resolves.toContain('<img src=x onerror=');
  expect(said).toEqual([]);
});

test('nothing moves', async () => {
  const { page } = await open({ reducedMotion: 'reduce' });
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((element) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
        return transitionDuration !== '0s' || animationName !== 'none' || scrollBehavior !== 'auto';
      }).length,
  );
  expect(moving).toBe(0);
});
