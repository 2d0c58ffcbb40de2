import type { Environment } from '../../lib/environments/environment';
import { RefusedError } from '../terminal/errors';

/** @throws RefusedError where people rely on what is there */
export function refuseHosted({ name, kind }: Environment): void {
  if (kind === 'local') return;
  throw new RefusedError(
    `${name} is not a local environment`,
    `Deploy it with \`npx coped deploy ${name}\`; no command takes it down`,
  );
}
