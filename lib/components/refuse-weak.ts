import { file } from '../kubernetes/config-files';

/** Shell script that refuses passwords that are easy to guess, before a server learns them. */
export const REFUSE_WEAK = file(__dirname, 'refuse-weak.sh');
