import type { Operator } from '../mutant';
import { data } from './data';
import { identity } from './identity';
import { network } from './network';
import { ports } from './ports';
import { programs } from './programs';
import { references } from './references';
import { resources } from './resources';
import { schedules } from './schedules';
import { security } from './security';
import { servers } from './servers';

/** Every mistake that is tried, by what it is about. */
export const operators: Readonly<Record<string, readonly Operator[]>> = {
  network,
  security,
  references,
  programs,
  servers,
  ports,
  resources,
  schedules,
  data,
  identity,
};
