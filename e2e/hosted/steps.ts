import type { Step } from '../step';
import { backup } from './backup';
import { network } from './network';
import { reapply } from './reapply';
import { resilience } from './resilience';
import { site } from './site';
import { up } from './up';

export const hosted: readonly Step[] = [up, reapply, site, backup, network, resilience];
