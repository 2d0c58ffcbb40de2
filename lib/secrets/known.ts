import { encoded } from './encodings';
import type { SecretValue } from './secret-value';

/** Whether a text holds one of some secrets, in any way of writing it. */
export type Recognizer = (text: string) => boolean;

const recognizers = new WeakMap<readonly SecretValue[], Recognizer>();

/** Recognizes these values. */
export function recognizer(values: readonly SecretValue[]): Recognizer {
  let recognizes = recognizers.get(values);
  if (!recognizes) {
    const texts = values.map((value) => value.reveal('recognize it elsewhere'));
    // Most texts hold not even a beginning; all the patterns of all the values are made only for those that do.
    const beginning = anyOf([...new Set(texts.map((text) => text.slice(0, 5)))]);
    let whole: RegExp | undefined;
    recognizes = (text) => {
      if (values.length === 0 || !beginning.test(text)) return false;
      whole ??= anyOf(texts);
      return whole.test(text);
    };
    recognizers.set(values, recognizes);
  }
  return recognizes;
}

const anyOf = (texts: readonly string[]): RegExp =>
  new RegExp([...new Set(texts.flatMap(encoded))].map((form) => form.replace(/\W/g, '\\$&')).join('|'));
