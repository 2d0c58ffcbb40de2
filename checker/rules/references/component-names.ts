import { nameOf } from '../../manifests/workloads';
import { rule } from '../../rule';

const COMPONENT = 'app.kubernetes.io/component';

/** Kinds of which a component has one, called like it. Its Services and configuration may be several. */
const ONE_EACH = [
  'CronJob',
  'Deployment',
  'HorizontalPodAutoscaler',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'StatefulSet',
];

export const componentNames = rule({
  id: 'component-names',
  what: 'An object is not called like the component it belongs to.',
  why: 'People find things by their name, as in `kubectl logs deployment/web`. And `kubectl apply` deletes nothing: under a new name a second one starts, and the first one goes on.',
  remedy:
    'Call it like its component. To rename a component, delete the old objects after the deploy; `npm run plan` lists them.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/',
  needs: ['own'],
  find: ({ manifests }) =>
    manifests.flatMap((manifest) => {
      const { kind, metadata } = manifest;
      const component = metadata.labels?.[COMPONENT];
      if (component === undefined) return [];
      // A Job's name ends with a hash of what it does: lib/output/stamp.ts.
      const name = kind === 'Job' ? metadata.name.replace(/-[0-9a-f]{10}$/, '') : metadata.name;
      if (name === component || !(kind === 'Job' || ONE_EACH.includes(kind))) return [];
      return {
        where: `${nameOf(manifest)} metadata.name`,
        value: metadata.name,
        wrong: `is not the name of its component, ${component}`,
        remedy: `Call it ${component}${kind === 'Job' ? ' and a hash' : ''}`,
      };
    }),
});
