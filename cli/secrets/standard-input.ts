import { randomBytes } from 'node:crypto';
import { SecretValue } from '../../checker/secrets/secret-value';

/**
 * What is written to the standard input of a program: the only way on which a secret leaves this process. Arguments can be
 * read by every other process, and files stay.
 */
export const standardInput = (
  values: readonly SecretValue[],
  write: (...texts: string[]) => string,
): string => write(...values.map((value) => value.reveal('write it to the standard input of a program')));

/** 256 bits that nobody has chosen, in letters that no program misreads. */
export const random = (): SecretValue => new SecretValue(randomBytes(32).toString('hex'));
