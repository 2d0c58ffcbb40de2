import type { Step } from '../step';
import { backup } from './backup';
import { images } from './images';
import { network } from './network';
import { reapply } from './reapply';
import { resilience } from './resilience';
import { site } from './site';
import { up } from './up';

export const hosted: readonly Step[] = [images, up, reapply, site, backup, network, resilience];
