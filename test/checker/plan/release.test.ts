import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Manifest } from '../../../checker/manifests/manifest';
import { planOf } from '../../../checker/plan';
import type { Finding } from '../../../checker/problem';
import type { Subject } from '../../../checker/subject';
import { markdown } from '../../../cli/plan/markdown';
import { asText as terminal } from '../../../cli/plan/text';
import type { Paint } from '../../../cli/terminal';
import { conventions } from '../../../rules/plan';
import { documentsOf } from '../../yaml';

// A release with something of everything, and its plan: plan.txt in a terminal, plan.md in a pull
// request. The findings are made up: what the rules say is their own business.

const read = (name: string) => readFileSync(join(__dirname, 'release', name), 'utf8');
const subject: Subject = {
  environment: 'production',
  committed: documentsOf<Manifest>(__dirname, 'release', 'before.yaml'),
  manifests: documentsOf<Manifest>(__dirname, 'release', 'after.yaml'),
};
const secrets = ['canary-one', 'canary-two'].map((text) => Buffer.from(text).toString('base64'));
const refused: Finding = {
  where: 'StatefulSet/postgres spec.serviceName',
  value: 'db',
  wrong: 'can never change',
  remedy: 'Keep postgres',
};
const finding = {
  environment: 'production',
  check: 'probes',
  where: 'Deployment/web spec.template.spec.containers[web].startupProbe',
  wrong: 'is missing',
  remedy: 'Add one',
};
const plain: Paint = (_, text) => text;
const painted: Paint = (colour, text) => `\x1b[${colour === 'red' ? 31 : 1}m${text}\x1b[0m`;
const plan = planOf(subject, { conventions, history: [refused], problems: [finding] });

test('a whole plan in a terminal', () => {
  expect(terminal(plan, 'v1.0.0', plain)).toBe(read('plan.txt'));
});

test('a whole plan in a pull request', () => {
  expect(markdown(plan, 'v1.0.0')).toBe(read('plan.md'));
});

test('colours change nothing but the colours', () => {
  const coloured = terminal(plan, 'v1.0.0', painted);
  expect(coloured).toContain('\x1b[31m  ! \x1b[0m');
  expect(stripVTControlCharacters(coloured)).toBe(read('plan.txt'));
});

test('shows no value of a secret', () => {
  for (const text of [terminal(plan, 'v1.0.0', painted), markdown(plan, 'v1.0.0')]) {
    expect([...secrets, 'canary'].filter((value) => text.includes(value))).toEqual([]);
  }
});

test('nothing that a manifest says becomes markup', () => {
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } };
  const odd = { ...map, data: { 'a|b': '<img> *x* [y](z) `c` _d_\n\n# e' } };
  const text = markdown(
    planOf(
      { ...subject, committed: [{ ...map, data: {} }], manifests: [odd] },
      { conventions, history: [], problems: [] },
    ),
    'v1.0.0',
  );
  expect(text).not.toContain('\n# e');
  expect(text).toContain('data\\[a\\|b\\]: added: \\<img> \\*x\\* \\[y\\](z) \\`c\\` \\_d\\_');
});
