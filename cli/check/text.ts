import { readFileSync } from 'node:fs';

/** The text of a file, or the first line that is none. */
type Read = { readonly text: string } | { readonly line: number; readonly wrong: string };

/**
 * What YAML does not allow, and kubectl refuses: control characters, but for a tab and the ends of lines.
 * @see https://yaml.org/spec/1.2.2/#51-character-set
 */
const CONTROL = /[^\P{Cc}\t\n\r\x85]/u;

/** Reads a file as kubectl does: UTF-8, whatever the system is set to. */
export function readText(file: string): Read {
  const bytes = readFileSync(file);
  const text = bytes.toString();
  const lineAt = (index: number): number => text.slice(0, index).split('\n').length;
  // Each byte that is no text has become this sign; a file may hold it as a sign of its own as well.
  if (!isUtf8(bytes)) {
    return { line: lineAt(text.indexOf('\ufffd')), wrong: 'is not text in UTF-8: save it as such' };
  }
  const control = CONTROL.exec(text);
  return control
    ? { line: lineAt(control.index), wrong: 'has a control character, which YAML does not allow: remove it' }
    : { text };
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
