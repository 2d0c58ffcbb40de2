import type { Manifest } from '../manifests/check';
import { again, type Field } from './field';

const external = ({ spec }: Manifest): boolean => spec?.type === 'ExternalName';
const balanced = ({ spec }: Manifest): boolean => spec?.type === 'LoadBalancer';
const exposed = (service: Manifest): boolean => service.spec?.type === 'NodePort' || balanced(service);

const address = ({ spec }: Manifest): string | undefined =>
  spec?.clusterIP || spec?.clusterIPs?.[0] || undefined;
const headless = (service: Manifest): boolean => address(service) === 'None';

/** An ExternalName has no address: on the way there or back, everything may change. */
const addressed = (before: Manifest, after: Manifest): boolean => !external(before) && !external(after);

const cutOff = {
  stake: 'no data, but clients that know the old address are cut off until they look up the name again',
  way: again,
};

export const serviceFields: readonly Field[] = [
  {
    ...cutOff,
    path: 'spec.clusterIP',
    of: address,
    // An address that is not written any more is kept.
    fixed: (before, after) => addressed(before, after) && address(after) !== undefined,
    answer: 'may not change once set',
  },
  {
    ...cutOff,
    path: 'spec.clusterIP',
    of: address,
    fixed: (before, after) =>
      headless(before) && address(after) === undefined && addressed(before, after) && !exposed(after),
  },
  {
    ...cutOff,
    path: 'spec.type',
    fixed: (before, after) =>
      headless(before) && exposed(after) && (address(after) === undefined || headless(after)),
    answer: "may not be set to 'None'",
  },
  {
    ...cutOff,
    path: 'spec.ipFamilies',
    of: ({ spec }) => spec?.ipFamilies?.[0],
    fixed: (before, after) =>
      addressed(before, after) && !!before.spec?.ipFamilies && !!after.spec?.ipFamilies,
    answer: 'as indicated by `ipFamilies[0]`',
  },
  {
    ...cutOff,
    path: 'spec.loadBalancerClass',
    fixed: (before, after) => balanced(before) && balanced(after),
    answer: 'may not change once set',
  },
];
