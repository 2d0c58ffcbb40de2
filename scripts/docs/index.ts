import { checksPage } from './checks';
import { environmentsPage } from './environments';
import { externalSql } from './external';
import { secretsPage } from './secrets';

const made = (path: string, page: () => string) => ({
  path,
  text: () => `<!-- Made by \`npm run docs\`. Change the sources it names, not this page. -->\n\n${page()}`,
});

/** Every page of the documentation that is made from the sources, and how. */
export const pages: readonly { readonly path: string; readonly text: () => string }[] = [
  made('docs/checks.md', checksPage),
  made('docs/environments.md', environmentsPage),
  made('docs/secrets.md', secretsPage),
  { path: 'docs/external-postgres.sql', text: externalSql },
];
