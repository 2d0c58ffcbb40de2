import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { parseImage } from '../../formats/image';
import type * as k8s from './k8s';

/** What a component is, for people and for selectors. */
export interface Identity {
  /** Its name in COPED: the name of its objects. */
  readonly component: string;
  /** The software that runs in it, e.g. `postgresql`. */
  readonly software: string;
  /** The image of its main container; its tag becomes the version label. */
  readonly image: string;
}

/**
 * The labels that find a component's pods: as few as possible, because Kubernetes never lets a
 * workload change its selector.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates
 */
export const selectorLabels = (component: string): Record<string, string> => ({
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/part-of': 'coped',
});

/** Name and labels of every object that belongs to one component. */
export const metadata = (component: string): k8s.ObjectMeta => ({
  name: component,
  labels: selectorLabels(component),
});

/** What people call an image: its tag; empty if it has none. */
export const versionOf = (image: string): string => parseImage(image)?.tag ?? '';

/** The labels that every pod carries; the tier's chart adds its own to the objects around it. */
export const labels = ({ component, software, image }: Identity): Record<string, string> => {
  // A label holds 63 characters, a tag up to 128.
  const version = versionOf(image);
  return {
    ...selectorLabels(component),
    'app.kubernetes.io/name': software,
    ...(version !== '' && version.length <= 63 && { 'app.kubernetes.io/version': version }),
  };
};

/** Adds name and version to every object of a component, so that `kubectl get all -l app.kubernetes.io/name=…` finds it. */
export const labelObjects = (scope: Construct, identity: Identity): void => {
  const added = Object.entries(labels(identity));
  for (const node of scope.node.findAll()) {
    if (!ApiObject.isApiObject(node)) continue;
    for (const [key, value] of added) node.metadata.addLabel(key, value);
  }
};

/** Labels of every object of a tier. */
export const tierLabels = (environment: string, tier: string): Record<string, string> => ({
  'app.kubernetes.io/part-of': 'coped',
  'app.kubernetes.io/instance': environment,
  'app.kubernetes.io/managed-by': 'cdk8s',
  'coped.org/tier': tier,
});
