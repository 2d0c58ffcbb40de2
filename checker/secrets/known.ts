import { encoded } from './encodings';
import type { SecretValue } from './secret-value';

/** Whether a text holds one of some secrets, in any way of writing it. */
export type Recognizer = (text: string) => boolean;

/** Environments know mostly the same values. */
let latest: { readonly texts: readonly string[]; readonly recognizes: Recognizer } | undefined;

/** Recognizes these values. The same values have the same recognizer, so that others can keep what it has found. */
export function recognizer(values: readonly SecretValue[]): Recognizer {
  const texts = values.map((value) => value.reveal('recognize it elsewhere'));
  if (latest?.texts.length !== texts.length || texts.some((text, i) => text !== latest?.texts[i])) {
    latest = { texts, recognizes: recognizerOf(texts) };
  }
  return latest.recognizes;
}

function recognizerOf(texts: readonly string[]): Recognizer {
  if (texts.length === 0) return () => false;
  // Most texts hold not even a beginning; all the patterns of all the values are made only for those that do.
  const beginning = anyOf([...new Set(texts.map((text) => text.slice(0, 5)))]);
  let whole: RegExp | undefined;
  return (text) => {
    if (!beginning.test(text)) return false;
    whole ??= anyOf(texts);
    return whole.test(text);
  };
}

const anyOf = (texts: readonly string[]): RegExp =>
  new RegExp([...new Set(texts.flatMap(encoded))].map((form) => form.replace(/\W/g, '\\$&')).join('|'));
