import { FAILSAFE_SCHEMA, Type } from 'js-yaml';

const scalar = (
  name: string,
  resolve: (text: string) => boolean,
  construct: (text: string) => unknown,
): Type =>
  new Type(`tag:yaml.org,2002:${name}`, {
    kind: 'scalar',
    resolve: (text: string | null) => resolve(text ?? ''),
    construct: (text: string | null) => construct(text ?? ''),
  });

const digits = (text: string): string => text.replaceAll('_', '');
const INTEGER = /^[-+]?(?:0b[01]+|0o?[0-7]+|0x[\da-f]+|0|[1-9]\d*)$/i;
const FLOAT = /^[-+]?(?:\.\d+|\d+\.?\d*)(?:e[-+]?\d+)?$/i;
/** The parser tries each type on each value, and most are words. */
const isNumber = (pattern: RegExp) => (text: string) => /^[-+.\d]/.test(text) && pattern.test(digits(text));

function integer(text: string): number {
  const [, sign, number = ''] = /^([-+]?)(.*)$/.exec(digits(text)) ?? [];
  const value = /^0[0-7]+$/.test(number) ? Number.parseInt(number, 8) : Number(number);
  return sign === '-' ? -value : value;
}

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
    scalar(
      'null',
      (text) => /^(?:~|null|Null|NULL)?$/.test(text),
      () => null,
    ),
    scalar(
      'bool',
      (text) =>
        /^(?:[yYnN]|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/.test(text),
      (text) => /^(?:y|t|on)/i.test(text),
    ),
    scalar('int', isNumber(INTEGER), integer),
    scalar('float', isNumber(FLOAT), (text) => Number(digits(text))),
    scalar(
      'merge',
      (text) => text === '<<',
      (text) => text,
    ),
  ],
});
