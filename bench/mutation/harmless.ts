/** Mutants that nothing catches because nothing is wrong with them. */
export interface Harmless {
  /** The operator's name. */
  readonly operator: string;
  /** Where, with `*` for any characters. */
  readonly where: string;
  /** Why it does no harm, or why manifests alone cannot tell: a sentence for the report. */
  readonly why: string;
}

/** Every survivor that is explained. One that is caught after all is a mistake in this list. */
export const harmless: readonly Harmless[] = [];
