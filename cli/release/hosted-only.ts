import type { Environment } from '../../lib/environments/environment';
import { RefusedError } from '../terminal/errors';

/** @throws RefusedError for what `coped up` is for */
export function hostedOnly({ name, kind }: Environment): void {
  if (kind === 'hosted') return;
  throw new RefusedError(
    `${name} is a local environment, which is not deployed`,
    `Start it with \`npx coped up ${name}\``,
  );
}
