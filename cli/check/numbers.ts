/** Bounds in the schema of a custom resource may be any number. */
const ANY = /^(?:maximum|minimum|multipleOf)$/;
const NEGATIVE = /^(?:priority|value|tolerationSeconds)$/;
/** What has 64 bits; the other numbers of the API have 32. */
const LONG =
  /^(?:generation|observedGeneration|seconds|(?:activeDeadline|deletionGracePeriod|expiration|startingDeadline|terminationGracePeriod|toleration)Seconds|(?:max|min)(?:Items|Length|Properties))$/;
const LARGEST = 2 ** 31 - 1;

/** What is wrong with a number, by the field that has it; all of the API are whole ones. */
export function wrongNumber(value: number, field: string): string | undefined {
  if (ANY.test(field)) return undefined;
  if (!Number.isInteger(value)) return 'is not a whole number';
  if (Math.abs(value) > (LONG.test(field) ? 2 ** 63 : LARGEST)) {
    return `is too large: the field has 32 bits, so at most ${LARGEST}`;
  }
  if (/port$/i.test(field) && value > 65535) return 'is not a port: at most 65535';
  return value < 0 && !NEGATIVE.test(field) ? 'is negative' : undefined;
}
