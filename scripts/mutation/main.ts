import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { grouped } from '../../checker/manifests/grouped';
import { coped } from '../../lib/coped';
import { filesOf } from '../../lib/output/files';
import { type RuleId, runChecks } from '../../rules';
import { matcher } from '../../rules/differences';
import { parseEnvironments } from '../../rules/environments';
import { subjectOf } from '../../rules/subject';
import { operators } from './operators';

// `npm run mutate [-- examples/coped [production]]`: breaks the good manifests in every way that is listed, and asks the rules about
// each. What nothing catches is a hole in the rules, or harmless and explained.

const [folder = 'lib/environments', ...chosen] = process.argv.slice(2);
/** Staging would be caught by its likeness to production alone, which proves nothing about the other rules. */
const MUTATED = chosen.length > 0 ? chosen : ['development', 'production'];
/** Of others than ours, not everything that is explained is there to be broken. */
const whole = process.argv.length === 2;
const { environments } = require(
  join(__dirname, '..', '..', folder),
) as typeof import('../../lib/environments');

/** Any change to configuration would be caught by the hash that pods carry of it, which proves nothing about other rules either. */
const NOTICES: RuleId = 'restarts';

/** Why survivors may survive, and where, by the name of the operator. */
interface Explanation {
  readonly why: string;
  readonly where: Readonly<Record<string, readonly string[]>>;
}

/** Survivors that are explained. */
const written: Readonly<Record<string, readonly Explanation[]>> = parse(
  readFileSync(join(__dirname, 'explained.yaml'), 'utf8'),
);
const explanations = Object.entries(written).flatMap(([title, all]) =>
  all.flatMap(({ why, where: places }) =>
    Object.entries(places).flatMap(([operator, list]) =>
      list.map((where) => ({ title, operator, where, why })),
    ),
  ),
);

interface Verdict {
  readonly topic: string;
  readonly operator: string;
  readonly environment: string;
  readonly where: string;
  readonly rules: readonly string[];
}

const good = parseEnvironments(environments)
  .filter(({ name }) => MUTATED.includes(name))
  .map((environment) => ({
    environment,
    manifests: filesOf(coped(environment)).flatMap((file) => file.manifests),
  }));

const verdicts: Verdict[] = [];
for (const { environment, manifests } of good) {
  for (const [topic, list] of Object.entries(operators)) {
    for (const { name, mutants } of list) {
      if (process.stderr.isTTY) {
        process.stderr.write(`\r\x1b[K${environment.name}: ${name} (${verdicts.length} mutants checked)`);
      }
      for (const mutant of mutants(manifests)) {
        const problems = runChecks(subjectOf(environment, mutant.manifests, manifests)).filter(
          ({ check }) => check !== NOTICES || topic === 'schedules',
        );
        verdicts.push({
          topic,
          operator: name,
          environment: environment.name,
          where: mutant.where,
          rules: [...new Set(problems.map(({ check = '' }) => check))],
        });
      }
    }
  }
}
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
process.exitCode = report(verdicts);

function report(all: readonly Verdict[]): number {
  const patterns = explanations.map((entry) => ({ ...entry, matches: matcher(entry.where) }));
  const explained = ({ operator, where }: Verdict) =>
    patterns.find((entry) => entry.operator === operator && entry.matches(where));
  const survivors = all.filter(({ rules }) => rules.length === 0);
  const holes = survivors.filter((verdict) => !explained(verdict));
  const idle = Object.values(operators)
    .flat()
    .filter(({ name }) => !all.some(({ operator }) => operator === name));
  const needless = patterns.filter((entry) => !survivors.some((verdict) => explained(verdict) === entry));

  for (const [topic, list] of Object.entries(operators)) {
    console.log(`\n${topic}`);
    for (const { name } of list) {
      const own = all.filter((verdict) => verdict.topic === topic && verdict.operator === name);
      const caught = own.filter(({ rules }) => rules.length > 0);
      const rules = [...new Set(caught.flatMap(({ rules }) => rules))].join(', ');
      console.log(`  ${`${caught.length}/${own.length}`.padStart(9)}  ${name.padEnd(48)} ${rules}`);
    }
  }
  for (const [title, list] of grouped(explanations.map((entry) => [entry.title, entry])))
    print(
      `${title}:`,
      list.map(({ operator, where, why }) => `${operator}: ${where}\n    ${why}`),
    );
  print(
    'Not caught:',
    holes.map(({ environment, operator, where }) => `${environment}: ${operator}: ${where}`),
  );
  if (whole)
    print(
      'Explained, but caught or never tried; remove from scripts/mutation/explained.yaml:',
      needless.map(({ operator, where }) => `${operator}: ${where}`),
    );
  if (whole)
    print(
      'Found nothing to break; remove it, or let it find something:',
      idle.map(({ name }) => name),
    );

  const caught = all.length - survivors.length;
  console.log(
    `\n${all.length} mutants: ${caught} caught (${((100 * caught) / all.length).toFixed(1)} %), ${survivors.length - holes.length} explained, ${holes.length} not caught.`,
  );
  return holes.length + (whole ? needless.length + idle.length : 0) === 0 ? 0 : 1;
}

function print(title: string, lines: readonly string[]): void {
  if (lines.length > 0) console.log([`\n${title}`, ...lines.map((line) => `  ${line}`)].join('\n'));
}
