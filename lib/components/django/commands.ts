import { z } from 'zod';
import { integer, objectName, resources, schedule } from '../../kubernetes/values';
import { component, everywhere } from '../component';
import { django } from './django';
import { scheduled } from './scheduled';

/** A CronJob's name has 52 characters, because Kubernetes ends its Jobs' names with a time. */
const LONGEST = 52 - 'command-'.length;

const name = objectName.refine((text) => text.length <= LONGEST, {
  error: `is too long for its CronJob, command-<name>, which has at most 52 characters; write at most ${LONGEST}`,
});

/** Which commands of the application run at set times: `{ crawl: { schedule: '0 3 * * 0', deadline: 3600 } }`. */
export const commands = component({
  name: 'commands',
  tier: 'operations',
  software: 'django',
  configuration: true,
  settings: everywhere(
    z
      .record(
        name,
        z.strictObject({
          /** When, as a cron expression in UTC. */
          schedule,
          /** Seconds after which a run is given up. */
          deadline: integer(10, 86400),
          resources: resources({ cpu: '100m', memory: '256Mi', memoryLimit: '512Mi' }),
        }),
      )
      .refine((all) => Object.keys(all).length > 0, { error: 'names no command; remove the key' })
      .optional(),
  ),
  build: ({ settings }) => settings,
});

/** Their CronJobs. */
export const command = component({
  name: 'command',
  partOf: 'commands',
  tier: 'operations',
  software: 'django',
  image: django,
  build({ scope, identity, environment: { application }, use }) {
    // A name that the application does not have is refused: see combinations.ts.
    for (const [name, when] of Object.entries(use(commands) ?? {}))
      scheduled(scope, identity, use(django), { ...when, name, command: application.commands?.[name] ?? [] });
  },
});
