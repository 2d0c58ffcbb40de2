import { FAILSAFE_SCHEMA, Type } from 'js-yaml';

/** An empty value is null to the parser. */
type Text = string | null;

const scalar = (
  name: string,
  { test }: { readonly test: (text: string) => boolean },
  construct: (text: string) => unknown,
): Type =>
  new Type(`tag:yaml.org,2002:${name}`, {
    kind: 'scalar',
    resolve: (text: Text) => test(text ?? ''),
    construct: (text: Text) => construct(text ?? ''),
  });

const word = (...words: readonly string[]) => {
  const known = new Set(words);
  return { test: (text: string) => known.has(text) };
};
const digits = (text: string): string => text.replaceAll('_', '');
/** The parser tries each type on each value, and most are words. */
const number = (pattern: RegExp) => ({
  test: (text: string) => /^[-+.\d]/.test(text) && pattern.test(digits(text)),
});

function integer(text: string): number {
  const [, sign, digit = ''] = /^([-+]?)(.*)$/.exec(digits(text)) ?? [];
  const value = /^0[0-7]+$/.test(digit) ? Number.parseInt(digit, 8) : Number(digit);
  return sign === '-' ? -value : value;
}

const NULL = ['', '~', 'null', 'Null', 'NULL'];
const TRUE = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const FALSE = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];
const INTEGER = number(/^[-+]?(?:0b[01]+|0o?[0-7]+|0x[\da-f]+|0|[1-9]\d*)$/i);
const FLOAT = number(/^[-+]?(?:\.\d+|\d+\.?\d*)(?:e[-+]?\d+)?$/i);

/** What kubectl does not know it takes as if it had no tag. */
const unknownTags = ['!', 'tag:'].flatMap((tag) =>
  (['scalar', 'sequence', 'mapping'] as const).map(
    (kind) => new Type(tag, { kind, multi: true, construct: (value) => value }),
  ),
);

/**
 * YAML's types as kubectl reads them: those of version 1.1, but 2001-12-14 and 12:30 are texts.
 * @see https://pkg.go.dev/sigs.k8s.io/yaml
 */
export const KUBERNETES = FAILSAFE_SCHEMA.extend({
  explicit: unknownTags,
  implicit: [
    scalar('null', word(...NULL), () => null),
    scalar('bool', word(...TRUE, ...FALSE), (text) => TRUE.includes(text)),
    scalar('int', INTEGER, integer),
    scalar('float', FLOAT, (text) => Number(digits(text))),
    scalar('merge', word('<<'), (text) => text),
  ],
});
