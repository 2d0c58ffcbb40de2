import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sample } from '../../lib/applications/sample';
import { rules } from '../../rules';
import { parseEnvironments } from '../../rules/environments';
import { calls } from '../../scripts/docs/environments';
import { externalSql } from '../../scripts/docs/external';
import { pages } from '../../scripts/docs/index';
import { section } from '../../scripts/docs/secrets';
import { external } from '../optional';
import { change, named } from '../support';

test.each(pages)('$path is what the sources say; if not, run `npm run docs`', ({ path, text }) => {
  expect(readFileSync(join(__dirname, '..', '..', path), 'utf8')).toBe(text());
});

test('without cert-manager, the page of secrets says how certificates get into the cluster', () => {
  const environment = change(named('production'), 'certificates', { source: 'existing' });
  const page = parseEnvironments([environment]).map(section).join('');
  expect(page).not.toContain('cert-manager');
  expect(page).toContain('k create secret tls ingress-tls --cert=tls.crt --key=tls.key\n');
  expect(page).toContain(
    'k create secret generic elasticsearch-tls --from-file=tls.crt --from-file=tls.key --from-file=ca.crt\n',
  );
});

test('what an application calls and excuses is on pages that the security review names', () => {
  const review = readFileSync(join(__dirname, '..', '..', 'docs', 'security-review.md'), 'utf8');
  expect(review).toContain('environments.md#what-reaches-the-internet');
  expect(review).toContain('checks.md#exceptions');
  const application = {
    ...sample,
    calls: [{ from: ['web', 'api'], to: 'internet', port: 443, why: 'sends mail' }],
  };
  expect(calls(parseEnvironments([{ ...named('production'), application }]))).toContain(
    '| production | web, api | 443 | sends mail |',
  );
});

test('of servers that someone else runs, the page says whom to ask', () => {
  const page = parseEnvironments([{ ...named('production'), ...external }])
    .map(section)
    .join('');
  expect(page).toContain(
    'k create secret generic postgres-owner --from-file=password # ask the administrator of db.example.net for it\n',
  );
  // No path of a container, and no program of one: it runs on a machine of the administrator.
  expect(externalSql().replace(/^--.*/gm, '')).not.toMatch(/\/run\/|\/bootstrap\/|`/);
});

test.each(rules.map((rule) => ({ ...rule })))('$id has a sentence for each part of its entry', (rule) => {
  for (const text of [rule.what, rule.why, rule.remedy]) expect(text).toMatch(/^[A-Z`].{15,}\.$/s);
  expect(rule.link).toMatch(/^https:\/\/\S+$/);
});

test('no two rules have the same id', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});
