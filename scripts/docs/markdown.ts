/** First line of every page that is made. */
export const GENERATED = '<!-- Made by `npm run docs`. Change the sources it names, not this page. -->\n';
