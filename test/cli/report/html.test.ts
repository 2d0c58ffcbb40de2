import { html, inCode } from '../../../cli/report/html';

const HOSTILE = `<img src=x onerror="alert('1')">&amp;`;
const SAFE = '&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;amp;';

test('every value in a template is text', () => {
  expect(html`<b title="${HOSTILE}">${HOSTILE}</b>`.text).toBe(`<b title="${SAFE}">${SAFE}</b>`);
  expect(html`${[HOSTILE, [html`<i>${HOSTILE}</i>`]]}`.text).toBe(`${SAFE}<i>${SAFE}</i>`);
  expect(html`${inCode('run `a <b>` now')}`.text).toBe('run <code>a &#60;b&#62;</code> now');
});

test('nothing is no text, and zero is one', () => {
  expect(html`a${undefined}b${0}c${''}d${[]}`.text).toBe('ab0cd');
});
