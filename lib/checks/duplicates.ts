import type { Check } from './check';
import { nameOf } from './workloads';

/**
 * No object is written twice. `kubectl apply` would take both without a word and the last would win;
 * the API version does not make them different, only its group does.
 */
export const duplicates: Check = ({ manifests }) => {
  const seen = new Set<string>();
  return manifests.flatMap((manifest) => {
    const group = manifest.apiVersion.includes('/') ? manifest.apiVersion.split('/')[0] : '';
    const identity = [group, nameOf(manifest), manifest.metadata.namespace].join(' ');
    if (!seen.has(identity)) {
      seen.add(identity);
      return [];
    }
    return {
      where: `${nameOf(manifest)} metadata.name`,
      value: manifest.metadata.name,
      rule: `names two objects of kind ${manifest.kind}`,
      remedy: 'Give one of them another name, or remove it',
    };
  });
};
