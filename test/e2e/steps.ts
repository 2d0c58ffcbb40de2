import { production } from '../../lib/environments/production';
import { staging } from '../../lib/environments/staging';
import { yamlOf } from '../yaml';
import { checkAccepted } from './admission/accepted';
import { immutableFields } from './admission/immutable';
import { checkSame } from './admission/pod-security';
import * as application from './applications/steps';
import { checkInterruptions } from './cli/deploy/interruptions';
import { checkOutages } from './cli/deploy/outages';
import { checkRelease } from './cli/deploy/release';
import { withSmall } from './cli/deploy/small';
import { liveLoop, liveLoopFaults } from './cli/dev';
import {
  doctor,
  doctorOfApplication,
  downWithData,
  fromNothing,
  upAndDown,
  upFromNothing,
} from './cli/laptop';
import { rotation, rotationUnderLoad } from './cli/rotation';
import * as development from './development/steps';
import { docs } from './docs/step';
import * as hosted from './hosted/steps';
import { up } from './hosted/up';
import { play, scenarioOf } from './scenario';
import type { Lane, Step } from './step';

/** What steps do that have no file in scenarios/. */
export const runs: Readonly<Record<string, Step['run']>> = {
  'development-up': development.up,
  'development-reapply': development.reapply,
  'development-pod-security': development.podSecurity,
  'development-site': development.site,
  'development-application-tests': development.applicationTests,
  'development-live-code': development.liveCode,
  'development-data-survives': development.dataSurvives,
  'development-network': development.network,
  // Staging and production cannot run on a laptop, but its API server can read them.
  'admission-staging': (suite) => checkAccepted(suite, staging),
  'admission-production': (suite) => checkAccepted(suite, production),
  'admission-pod-security': (suite) => checkSame(suite, (versions) => versions.slice(-1)),
  'admission-pod-security-versions': (suite) => checkSame(suite, (versions) => versions.slice(0, -1)),
  'admission-immutable': immutableFields,
  'hosted-images': hosted.images,
  'hosted-up': up,
  'hosted-reapply': hosted.reapply,
  'hosted-site': hosted.site,
  'hosted-backup': hosted.backup,
  'hosted-network': hosted.network,
  'hosted-resilience': hosted.resilience,
  'hosted-down': hosted.down,
  'application-images': application.images,
  'application-network': application.network,
  'coped-deploy': checkRelease,
  'coped-deploy-interruptions': (suite) => withSmall(suite, checkInterruptions),
  'coped-deploy-outages': (suite) => withSmall(suite, checkOutages),
  'coped-doctor': doctor,
  'coped-doctor-application': doctorOfApplication,
  'coped-secrets-rotation': rotation,
  'coped-secrets-rotation-load': rotationUnderLoad,
  'coped-dev': liveLoop,
  'coped-dev-faults': liveLoopFaults,
  'coped-up-down': upAndDown,
  'coped-down-data': downWithData,
  'coped-up-from-nothing': upFromNothing,
  'development-from-nothing': fromNothing,
  'docs-commands': docs,
};

/** The step that brings the environment of a lane up: the others of the lane need it. */
const FIRST: Partial<Record<Lane, string>> = {
  development: 'development-up',
  hosted: 'hosted-up',
  application: 'application-up',
};

type Entry = Omit<Step, 'name' | 'suite' | 'why' | 'run'> & {
  readonly core?: string;
  readonly deep?: string;
};

const played = (name: string): Step['run'] => {
  const scenario = scenarioOf(name);
  return (suite) => play(suite, scenario);
};

/** The whole suite, in the order of steps.yaml. */
export const steps: readonly Step[] = Object.entries(
  yamlOf<Readonly<Record<string, Entry>>>(__dirname, 'steps.yaml'),
).map(([name, { core, deep = '', ...entry }]) => {
  const first = FIRST[entry.lane];
  const run = runs[name] ?? played(name);
  const suite = core === undefined ? 'deep' : 'core';
  return { needs: first ? [first] : [], ...entry, name, suite, why: core ?? deep, run };
});
