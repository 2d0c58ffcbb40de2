import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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
  ...FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  ),
]
  .filter((path) => path.endsWith('.md') && !/(^|\/)(node_modules|\.venv)\//.test(path))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
