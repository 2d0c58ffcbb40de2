import { widthOf } from '../../../cli/picture/layout/text-width';

test('the width grows with letters, size and weight', () => {
  expect(widthOf('', { size: 10 })).toBe(0);
  expect(widthOf('iii', { size: 10 })).toBeLessThan(widthOf('WWW', { size: 10 }));
  expect(widthOf('abc', { size: 20 })).toBeCloseTo(2 * widthOf('abc', { size: 10 }));
  expect(widthOf('abc', { size: 10, bold: true })).toBeGreaterThan(widthOf('abc', { size: 10 }));
});

// Measured in a browser with DejaVu Sans, plain and bold, at 100 pixels.
test.each([
  ['elasticsearch-bootstrap', 1175.1, 1339.1],
  ['Deployment, 3–10 pods', 1188.1, 1319.3],
])('%s never takes more room than it is given', (text, plain, bold) => {
  expect(widthOf(text, { size: 100 })).toBeGreaterThanOrEqual(plain - 0.5);
  expect(widthOf(text, { size: 100, bold: true })).toBeGreaterThanOrEqual(bold - 0.5);
});
