import type { Environment } from '../../lib/environments/environment';
import { RefusedError } from '../terminal/errors';

/** @throws RefusedError for what `coped up` is for */
export function hostedOnly({ name, kind }: Environment): void {
  if (kind === 'hosted') return;
  throw new RefusedError(
    `${name} is not deployed: it is brought up, with images that are built on the way`,
    `\`npx coped up ${name}\``,
  );
}
