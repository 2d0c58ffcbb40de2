import { backup } from './backup/command';
import { check } from './check/command';
import { completion } from './completion/command';
import { deploy } from './deploy/command';
import { dev } from './dev/command';
import { diff } from './diff/command';
import { doctor } from './doctor/command';
import { down } from './down/command';
import { drill } from './drill/command';
import { images } from './images/command';
import { logs } from './logs/command';
import { manage } from './manage/command';
import { migrate } from './migrate/command';
import { open } from './open/command';
import type { AddCommand } from './options';
import { picture } from './picture/command';
import { plan } from './plan/command';
import { report } from './report/command';
import { restore } from './restore/command';
import { secrets } from './secrets/command';
import { shell } from './shell/command';
import { status } from './status/command';
import { up } from './up/command';

/** Every command, in the order of `coped --help`, by what it is for. */
export const commands: Readonly<Record<string, readonly AddCommand[]>> = {
  'On this machine:': [doctor, up, dev, open, down],
  'What runs:': [status, logs, shell, manage],
  'Release:': [check, plan, images, diff, deploy, migrate],
  'Secrets and data:': [secrets, backup, restore, drill],
  'Documentation:': [picture, report, completion],
};
