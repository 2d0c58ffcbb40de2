import { postgres } from '../../../lib/components/postgres/postgres';
import { secretsOf } from '../../../lib/components/secrets';
import type { ApiObject } from '../../cluster/kubectl';
import { oneOffPod } from '../../cluster/one-off-pod';
import { CLAIM, DEADLINE, IDLE, idleTemplate } from '../claim-pod';

/** First part of the name of the pod that restores, and what it is labelled with. */
export const RESTORE = 'restore';

/**
 * A pod like the backup's, so it may talk to PostgreSQL. Besides the dumps, which it only reads, it has the passwords of the
 * superuser, who makes and renames databases, and of the owner of the tables, who fills them.
 */
export function restorePod(cronJob: ApiObject): ApiObject {
  const template = idleTemplate(cronJob, [CLAIM, 'tmp', 'secrets']);
  const { superuser, owner } = secretsOf(postgres);
  const passwords = {
    name: 'secrets',
    projected: {
      defaultMode: 0o440,
      sources: [file(superuser, 'superuser-password'), file(owner, 'owner-password')],
    },
  };
  const volumes = template.spec.volumes.map((volume: ApiObject) =>
    volume.name === passwords.name ? passwords : volume,
  );
  return oneOffPod({
    name: RESTORE,
    template: { ...template, spec: { ...template.spec, volumes } },
    labels: template.metadata.labels,
    command: IDLE,
    deadline: DEADLINE,
  });
}

const file = ({ secret, key }: { secret: string; key: string }, path: string) => ({
  secret: { name: secret, items: [{ key, path }] },
});
