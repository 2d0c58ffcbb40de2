import { type Case, ofContainers, ofPods } from './case';
import { containerRows } from './containers';
import { contexts } from './contexts';
import { userNamespacePods, windowsPods } from './kinds-of-pods';
import { podRows } from './pods';
import { volumeRows } from './volumes';

/** Pods that break each control in each way, in each place, and pods that only just do not. */
export const cases: readonly Case[] = [
  ...ofPods(podRows),
  ...ofPods(volumeRows),
  ...ofContainers(containerRows),
  ...contexts,
  ...windowsPods,
  ...userNamespacePods,
];
