import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn } from '../../copy';

const ROOT = join(__dirname, '..', '..', '..');

export interface Page {
  /** From the root of the repository: `docs/deploy.md`. */
  readonly path: string;
  readonly text: string;
}

/** Folders with pages in them. Those of test/ are there to be compared with. */
const FOLDERS = [
  'docs',
  '.github',
  'app',
  'checker',
  'cli',
  'crds',
  'examples',
  'formats',
  'lib',
  'local',
  'rules',
  'scripts',
  'test/e2e',
];

/** Every Markdown page of the repository. */
export const pages: readonly Page[] = [
  ...readdirSync(ROOT),
  ...filesIn(
    FOLDERS.filter((folder) => existsSync(join(ROOT, folder))),
    /\.md$/,
  ),
]
  .filter((path) => path.endsWith('.md'))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
