import { checksPage } from './checks';
import { environmentsPage } from './environments';
import { secretsPage } from './secrets';

/** Every page of the documentation that is made from the sources, and how. */
export const pages: readonly { readonly path: string; readonly text: () => string }[] = [
  { path: 'docs/checks.md', text: checksPage },
  { path: 'docs/environments.md', text: environmentsPage },
  { path: 'docs/secrets.md', text: secretsPage },
];
