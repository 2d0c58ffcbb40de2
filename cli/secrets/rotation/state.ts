import { previous } from '../../../lib/kubernetes/secret-key';
import { isSharedKey } from '../accounts';
import type { Key } from '../keys';
import type { StoredSecret } from '../stored';

/** On a Secret while its value changes in several steps; the value is the moment when that began. */
export const ROTATION = 'coped.org/rotation';

/** On a Secret whose value was changed by `coped secrets rotate`: when. */
export const ROTATED_AT = 'coped.org/rotated-at';

/** Whether somebody has begun to change a secret and has not finished. Of Django's key the one before may stay. */
export const rotating = (key: Key, secret: StoredSecret): boolean =>
  isSharedKey(key) ? ROTATION in secret.annotations : secret.keys.includes(previous(key).key);
