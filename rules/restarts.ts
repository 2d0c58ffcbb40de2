import { workloads } from '../checker/manifests/workloads';
import { CONFIG_ANNOTATION, stampOf } from '../lib/output/stamp';
import { rule } from './rule';

export const restarts = rule({
  id: 'restarts',
  what: 'A pod would not be restarted when its configuration changes.',
  why: 'Kubernetes restarts nothing when a ConfigMap or a Secret changes. The pods carry a hash of theirs, so that another configuration is another pod; with a hash that is gone or fixed, a change is applied and does nothing.',
  remedy: `Leave the annotation ${CONFIG_ANNOTATION} to lib/output/stamp.ts.`,
  link: 'https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically',
  // Others have other ways, or restart by hand.
  needs: ['flows'],
  find: ({ manifests }) => {
    const wanted = stampOf(manifests);
    return workloads(manifests).map(({ pod, podPath, annotations }) => {
      const [given, right] = [annotations[CONFIG_ANNOTATION], wanted(pod)];
      return (
        given !== right && {
          where: `${podPath.replace(/spec$/, 'metadata')}.annotations[${CONFIG_ANNOTATION}]`,
          value: given,
          wrong: right
            ? 'is not the hash of the configuration that the pod uses'
            : 'is the hash of a configuration, and the pod uses none',
          remedy: right ? `Set it to ${right}; lib/output/stamp.ts does that` : 'Leave it out',
        }
      );
    });
  },
});
