import type { Flow } from '../../lib/network/flows';
import type { CopedSubject } from '../../rules/rule';
import type { Manifest } from '../manifest';
import { good } from './fixture';

const SHARED = ['Namespace', 'ResourceQuota', 'LimitRange'];
const COMPONENT = /"app\.kubernetes\.io\/component":"([^"]+)"/g;

/** The good environment many times over in one namespace, each copy with names, labels and flows of its own. */
export function many(copies: number): CopedSubject {
  const subject = good();
  const isShared = ({ kind, metadata }: Manifest) =>
    SHARED.includes(kind) || metadata.name === 'default-deny';
  const own = JSON.stringify(subject.manifests.filter((manifest) => !isShared(manifest)));
  const components = new Set([...own.matchAll(COMPONENT)].map(([, component]) => component as string));
  const ours = (name: string) => components.has(name);
  const outsiders = Object.keys(subject.outsiders ?? {});

  const manifests = subject.manifests.filter(isShared);
  const flows: Flow[] = [];
  for (let i = 0; i < copies; i++) {
    for (const manifest of JSON.parse(own.replace(COMPONENT, `"app.kubernetes.io/component":"$1-${i}"`))) {
      manifest.metadata.name += `-${i}`;
      manifests.push(manifest);
    }
    const renamed = (name: string) => (ours(name) ? `${name}-${i}` : name) as Flow['to'];
    for (const { from, to, ...flow } of subject.flows ?? []) {
      const present = from.filter((name) => ours(name) || outsiders.includes(name));
      if (ours(to) || outsiders.includes(to))
        flows.push({ ...flow, from: present.map(renamed), to: renamed(to) });
    }
  }
  return { ...subject, manifests, flows, exceptions: [] };
}
