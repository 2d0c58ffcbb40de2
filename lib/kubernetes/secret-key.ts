/** One key of one Secret: where a value is kept, never what it is. */
export interface SecretKey {
  readonly secret: string;
  readonly key: string;
  /** Keys that exist besides it while it is being rotated; absent where no one chose the value, as with a certificate. */
  readonly rotation?: readonly RotationKey[];
  /** Name of the file that programs read it from. @default after the variable that names the file */
  readonly file?: string;
}

/** A key that exists only while the secret is being rotated: `coped secrets rotate` creates and removes it. */
export interface RotationKey extends SecretKey {
  readonly optional: true;
}

/** Holds the old value until no pod uses it any more. */
export const previous = ({ secret, key }: SecretKey): RotationKey => ({
  secret,
  key: `previous-${key}`,
  optional: true,
});

/** Holds the new value, which every pod must accept before any pod uses it. */
export const next = ({ secret, key }: SecretKey): RotationKey => ({
  secret,
  key: `next-${key}`,
  optional: true,
});
