import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from '../../cli/terminal/markdown-table';
import { GENERATED } from './markdown';

const FOLDER = join(__dirname, '..', '..', 'docs', 'decisions');

/** docs/decisions/README.md: every record, by its number and its title. */
export const decisionsPage = (): string => `${GENERATED}
# Decisions

Why things are as they are, half a page each: what the question was, what was decided, what it costs, and what would change our
mind. A record changes with its decision. A new one takes the next number; then \`npm run docs\` adds it here.

${table(
  ['', 'Decision'],
  records().map(({ file, number, title }) => [number, `[${title}](${file})`]),
)}`;

const records = () =>
  readdirSync(FOLDER)
    .filter((file) => /^\d{4}-/.test(file))
    .sort()
    .map((file) => {
      const [, number = '', title = ''] =
        /^# (\d+)\. (.+)$/m.exec(readFileSync(join(FOLDER, file), 'utf8')) ?? [];
      return { file, number, title };
    });
