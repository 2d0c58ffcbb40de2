import { escaped, html, inCode } from '../../../cli/report/html';
import { fc } from '../../properties';

const HOSTILE = `<img src=x onerror="alert('1')">&amp;`;

test('whatever is put into a template is text', () => {
  expect(html`<b title="${HOSTILE}">${HOSTILE}</b>`.text).not.toMatch(/<img|="alert|&amp;>/);
  expect(html`${[HOSTILE, [html`<i>${HOSTILE}</i>`]]}`.text).toBe(
    `${escaped(HOSTILE)}<i>${escaped(HOSTILE)}</i>`,
  );
});

test('nothing is no text, and zero is one', () => {
  expect(html`a${undefined}b${0}c${''}d${[]}`.text).toBe('ab0cd');
});

test('escaped text has no character that means something, and says the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', ';') }), (text) => {
      const safe = escaped(text);
      expect(safe).not.toMatch(/[<>"']/);
      const back = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
      expect(safe.replace(/&[^;]+;/g, (entity) => back[entity as keyof typeof back])).toBe(text);
    }),
  );
});

test('code between backticks is escaped, too', () => {
  expect(html`${inCode('run `a <b>` now')}`.text).toBe('run <code>a &lt;b&gt;</code> now');
});
