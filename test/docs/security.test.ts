import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../lib/environments';
import { rules } from '../../rules';
import { steps } from '../e2e/steps';
import { manifestsOf } from '../support';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'security.md'), 'utf8');
const rows = [...page.matchAll(/^\| ([A-Z]+-\d+).*$/gm)].map(([line, id = '']) => {
  const [, , heldBy = '', onCluster = '', note = ''] = line
    .split('|')
    .slice(1)
    .map((cell) => cell.trim());
  const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  return { id, heldBy, rules: quoted(heldBy), steps: quoted(onCluster), note };
});

test('every recommendation has one row, and the numbers at the top count them', () => {
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  const held = rows.filter(({ rules }) => rules.length > 0).length;
  expect(page).toContain(`together ${rows.length} recommendations`);
  expect(page.replace(/\s+/g, ' ')).toContain(
    `${held} of them are held by rules, in every \`npm run synth\` and in \`npx coped check\`; ${rows.length - held} are not`,
  );
});

test.each(rows)('$id names rules and steps that exist, or says why it is not followed', (row) => {
  const known = rules.map(({ id }): string => id);
  expect(row.rules.filter((name) => !known.includes(name))).toEqual([]);
  expect(row.steps.filter((name) => !steps.some((step) => step.name === name))).toEqual([]);
  if (row.rules.length === 0)
    expect([row.heldBy, row.note]).toEqual(['no', expect.stringMatching(/^[A-Z].+\.$/)]);
});

test('no environment has a role or a binding, as the page says', () => {
  const kinds = environments.flatMap(manifestsOf).map(({ kind }) => kind);
  expect(kinds.filter((kind) => /^(Cluster)?Role(Binding)?$/.test(kind))).toEqual([]);
});
