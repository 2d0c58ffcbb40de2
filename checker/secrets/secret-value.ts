/** What a secret's text is needed for. Each purpose has exactly one place: test/checker/secrets/secret-value.test.ts. */
export type Purpose =
  | 'recognize it elsewhere'
  | 'check whether it is good enough'
  | 'write it to the standard input of a program';

/**
 * The value of a secret, which nothing shows by accident: it fits nowhere where a text is wanted, is printed as
 * "[secret]", and stops the synth when it is forced into a manifest.
 */
export class SecretValue {
  // The language's own privacy: no listing, copy, debugger's print or serializer finds it.
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. */
  reveal(_purpose: Purpose): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): never {
    throw new Error(
      'a secret value must not be written anywhere; refer to the Secret that holds it: lib/components/secrets.ts',
    );
  }

  /** cdk8s asks this of everything that it is about to write, and adds which object it is writing. */
  resolve(): never {
    return this.toJSON();
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}
