/** A setting that is not as the schema wants it. */
export interface SettingProblem {
  /** Name of the environment. */
  readonly environment: string;
  /** Key of the setting: `postgres.storage`. */
  readonly where: string;
  /** What it is set to; absent when something is missing. */
  readonly value?: unknown;
  /** What is wrong with it, as the rest of a sentence: "is not a DNS name". */
  readonly wrong: string;
  /** What to do now. */
  readonly remedy: string;
}
