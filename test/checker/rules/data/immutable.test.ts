import { immutable } from '../../../../checker/rules/data/immutable';
import { allAccepted, allRefused, type Case, ignored } from '../../../e2e/admission/immutable/cases';

const find = ({ before, after }: Pick<Case, 'before' | 'after'>) =>
  immutable.find({ environment: 'test', manifests: [after], committed: [before] });
const named = (cases: readonly Case[]) => cases.map((one) => [`${one.object}: ${one.what}`, one] as const);

// An API server is asked about the same changes by `npm run e2e -- --only admission-immutable`.
test.each(named([...allRefused, ...ignored]))('finds %s', (_, one) => {
  const { kind, metadata } = one.before;
  expect(find(one).map(({ where }) => where)).toEqual([`${kind}/${metadata.name} ${one.finds}`]);
});

test.each(named(allAccepted))('accepts %s', (_, one) => {
  expect(find(one)).toEqual([]);
});
