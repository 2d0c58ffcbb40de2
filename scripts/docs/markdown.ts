/** First line of every page that is made. */
export const GENERATED = '<!-- Made by `npm run docs`. Change the sources it names, not this page. -->\n';

/** A Markdown table; a bar inside a cell would end it. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`)
    .join('');
