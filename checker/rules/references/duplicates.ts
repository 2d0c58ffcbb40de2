import { nameOf } from '../../manifests/workloads';
import { rule } from '../../rule';

export const duplicates = rule({
  id: 'duplicates',
  what: 'One object is written twice.',
  why: '`kubectl apply` takes both without a word, and the last one wins.',
  remedy: 'Give one of them another name, or remove it.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  find: ({ manifests }) => {
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
        wrong: `names two objects of kind ${manifest.kind}`,
        remedy: 'Give one of them another name, or remove it',
      };
    });
  },
});
