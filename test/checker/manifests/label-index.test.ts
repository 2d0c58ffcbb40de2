import { LabelIndex } from '../../../checker/manifests/label-index';
import { selects } from '../../../checker/manifests/label-selector';
import { fc } from '../../properties';
import { podSelector } from '../reachability/arbitrary';

test('an index of labels selects whatever the selector does, in the same order', () => {
  const things = fc.array(
    fc.dictionary(fc.constantFrom('app', 'tier'), fc.constantFrom('web', 'db', 'front')),
  );
  fc.assert(
    fc.property(things, fc.array(podSelector), (all, selectors) => {
      const index = new LabelIndex(all, (labels) => labels);
      // Twice, because it remembers: what it knows of one selector is no answer to another.
      for (const selector of [...selectors, ...selectors]) {
        expect(index.select(selector)).toEqual(all.filter((labels) => selects(selector, labels)));
      }
    }),
  );
});
