import { stale, unexcused } from './exceptions';
import { type Finding, type Problem, withoutSecrets } from './problem';
import { applies, type Rule } from './rule';
import type { Subject } from './subject';

/** Everything that these rules find wrong; empty when the objects may be written. */
export function check<S extends Subject>(rules: readonly Rule<S>[], subject: S): Problem[] {
  const { environment } = subject;
  const found = new Map(
    rules.filter((rule) => applies(rule, subject)).map((rule) => [rule.id, rule.find(subject)]),
  );
  const problems = (id: string, findings: readonly Finding[]): Problem[] =>
    findings.map((finding) => withoutSecrets({ environment, check: id, ...finding }));
  return [
    ...[...found].flatMap(([id, findings]) => problems(id, unexcused(id, findings, subject))),
    ...problems('exceptions', stale(found, subject)),
  ];
}
