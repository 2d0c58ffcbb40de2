import type { Environment } from '../../lib/environments/environment';
import { RefusedError } from '../terminal/errors';

/** @throws RefusedError where people rely on what is there */
export function refuseHosted({ name, kind }: Environment): void {
  if (kind === 'local') return;
  throw new RefusedError(
    `${name} does not live on a laptop: people rely on it`,
    `A release of it is brought out with \`npx coped deploy ${name}\`; nothing here takes it down`,
  );
}
