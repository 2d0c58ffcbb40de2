import type { ApiObject } from '../cluster/kubectl';
import type { Live } from './live-objects';

/** Programs with which people change objects past the sources; `kubectl apply` is not one of them. */
const PEOPLE =
  /^(kubectl-(?!client-side-apply|rollout|create|last-applied)|kubectl$|Mozilla|node-fetch|dashboard|k9s|lens|OpenLens)/i;

/** Fields that only a person's program has set, and that a deploy therefore leaves alone: `ServiceAccount/web imagePullSecrets`. */
export const keptByHand = (live: Live): string[] =>
  [...live.values()].flatMap((object) => {
    const { kind, metadata } = object;
    const entries: ApiObject[] = metadata.managedFields ?? [];
    const people = entries.filter(({ manager, subresource }) => !subresource && PEOPLE.test(manager ?? ''));
    const others = entries
      .filter((entry) => !people.includes(entry))
      .flatMap(({ fieldsV1 }) => leaves(fieldsV1));
    return people.flatMap(({ manager, time, fieldsV1 }) =>
      leaves(fieldsV1)
        .filter((path) => !others.includes(path))
        .map(
          (path) =>
            `${kind}/${metadata.name} ${path} (${manager}, ${(time ?? '').slice(0, 16).replace('T', ' ')})`,
        ),
    );
  });

/** The paths in what the API server notes of a manager: `spec.template.spec.containers[web].env[X].value`. */
function leaves(fields: ApiObject, path = ''): string[] {
  const keys = Object.keys(fields ?? {}).filter((key) => key !== '.');
  if (keys.length === 0) return path === '' ? [] : [path];
  return keys.flatMap((key) => leaves(fields[key], step(path, key)));
}

function step(path: string, key: string): string {
  if (key.startsWith('f:')) return path === '' ? key.slice(2) : `${path}.${key.slice(2)}`;
  const item = key.startsWith('k:') ? Object.values(JSON.parse(key.slice(2)))[0] : key.replace(/^[a-z]:/, '');
  return `${path}[${item}]`;
}
