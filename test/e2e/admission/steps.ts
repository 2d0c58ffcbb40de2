import { production } from '../../../lib/environments/production';
import { staging } from '../../../lib/environments/staging';
import type { Step } from '../step';
import { checkAccepted } from './accepted';
import { immutableFields } from './immutable';
import { podSecurity } from './pod-security';

/** Staging and production cannot run on a laptop, but its API server can read them. */
export const admission: readonly Step[] = [
  ...[staging, production].map(
    (environment): Step => ({
      name: `admission-${environment.name}`,
      about: `dist/${environment.name} in a server-side dry run`,
      suite: 'core',
      why: 'needs no node, only an API server',
      lane: 'cluster',
      run: (suite) => checkAccepted(suite, environment),
    }),
  ),
  ...podSecurity,
  immutableFields,
];
