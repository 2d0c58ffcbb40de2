import type { Finding } from '../problem';
import { withoutSecrets } from '../problem';
import type { Rule } from '../rule';
import { rules } from '../rules';
import type { Subject } from '../subject';
import type { Entry } from './section';

/** Rules that compare with what was there: what they find is no mistake in the YAML, but a step that fails or loses data. */
const HISTORY = (rules as readonly Rule[]).filter(({ needs }) => needs.includes('committed'));

/** Found by comparing with what was there, excused or not: an excuse does not make it happen. */
export const historyOf = (subject: Subject): Finding[] =>
  subject.committed ? HISTORY.flatMap((rule) => rule.find(subject)) : [];

/** Whether a finding is not among those above. */
export const isOfTheObjects = ({ check }: { readonly check?: string }): boolean =>
  !HISTORY.some(({ id }) => id === check);

/** Claims, what makes claims, how many servers share the data, who founds a database, and which server has to read its files. */
const OWNS_DATA =
  /^PersistentVolumeClaim\/|^StatefulSet\/\S+ (?:metadata\.|spec\.replicas|spec\.volumeClaimTemplates|.*\.image$)|\[INITIAL_MASTER_NODES\]/;

/** About something that owns data, unless the finding says that none is at stake. */
export const isAboutData = ({ where, wrong }: Finding): boolean =>
  OWNS_DATA.test(where) && !wrong.includes('at stake: nothing');

/** A finding as a line of the plan: the object, and the path in it. */
export function entryOf(finding: Finding): Entry {
  const { where, value, wrong, remedy } = withoutSecrets({ environment: '', ...finding });
  const [about = where, ...path] = where.split(' ');
  const given = value === undefined ? '' : ` ${JSON.stringify(value)}`;
  const place = path.length > 0 ? `${path.join(' ')}:` : '';
  return { about, what: `${place}${given} ${wrong}`.trim(), details: [remedy], danger: true };
}
