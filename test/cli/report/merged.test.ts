import { blocks, merged } from '../../../cli/report/merged';
import { fc } from '../../properties';

const text = fc.array(fc.constantFrom('a', 'b', '  c', ''), { minLength: 1, maxLength: 12 });

test('each version can be read again, line by line', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (versions) => {
      const lines = blocks(merged(versions.map((lines) => `${lines.join('\n')}\n`)));
      versions.forEach((version, i) => {
        const own = lines.filter(({ of }) => of.includes(i)).map(({ text }) => text);
        expect(own.join('\n')).toBe(version.join('\n'));
      });
    }),
  );
});

test('what all have in common is there once', () => {
  const [same] = blocks(merged(['a\nb\n', 'a\nb\n', undefined, 'a\nb\n']));
  expect(same).toEqual({ text: 'a\nb', of: [0, 1, 3] });
  expect(merged(['a\nx\nc\n', 'a\ny\nc\n'])).toEqual([
    { text: 'a', of: [0, 1] },
    { text: 'x', of: [0] },
    { text: 'y', of: [1] },
    { text: 'c', of: [0, 1] },
  ]);
});
