import type { ComponentName } from '../../../lib/network/flows';
import type { Needs, SoftwareNeeds } from '../../analysis/needs';
import { dashboards } from './needs/dashboards';
import { django } from './needs/django';
import { elasticsearch } from './needs/elasticsearch';
import { postgres } from './needs/postgres';

/**
 * What each image expects, by component and container. Only the running program would say that something is missing; and
 * an image with a `VOLUME` line gets an anonymous directory where the mount is misspelt, works, and loses its data.
 */
export const softwareNeeds: SoftwareNeeds = {
  ...django,
  ...dashboards,
  ...postgres,
  ...elasticsearch,
} satisfies Readonly<Record<ComponentName, Readonly<Record<string, Needs>>>>;
