import type { ObjectOf } from '../manifests/kubernetes';
import { again, type Field } from './field';

type Service = ObjectOf<'Service'>;

const external = ({ spec }: Service): boolean => spec?.type === 'ExternalName';
const balanced = ({ spec }: Service): boolean => spec?.type === 'LoadBalancer';
const exposed = (service: Service): boolean => service.spec?.type === 'NodePort' || balanced(service);

const address = ({ spec }: Service): string | undefined =>
  spec?.clusterIP || spec?.clusterIPs?.[0] || undefined;
const headless = (service: Service): boolean => address(service) === 'None';

/** An ExternalName has no address: on the way there or back, everything may change. */
const addressed = (before: Service, after: Service): boolean => !external(before) && !external(after);

const cutOff = {
  stake: 'no data, but clients that know the old address are cut off until they look up the name again',
  way: again,
};

export const serviceFields: readonly Field<Service>[] = [
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
