import { environmentSchema } from '../../../lib/environments/environment';
import { synthesize } from '../../../rules/synthesize';
import { inputsOf } from '../../checker/secrets/inputs';
import { synth } from '../../checker/secrets/synth';
import { change, named } from '../../support';

// The only values that are written, and published: development's.

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe("development's own values", () => {
  const development = named('development');
  const paths = inputsOf(environmentSchema)
    .map(({ path }) => path)
    .filter((path) => path.startsWith('secrets.values.'));
  const value = (i: number) => `fake-canary-number-${i}`;
  const settings = paths.reduce<object>((result, path, i) => change(result, path, value(i)), development);

  test('stand in their Secrets, once each, and nowhere else', () => {
    const [{ files } = { files: [] }] = synthesize([settings]);
    const objects = files.flatMap(({ manifests }) => manifests);
    for (const i of paths.keys()) {
      const places = objects
        .map((object) => JSON.stringify(object))
        .filter((text) => text.includes(base64(value(i))) || text.includes(value(i)));
      expect(places).toHaveLength(1);
      expect(places[0]).toMatch(/^{"apiVersion":"v1","kind":"Secret",/);
      expect(places[0]).not.toContain(value(i));
    }
  });

  test('are in no message when something else is wrong', () => {
    const { text } = synth(
      change(settings, 'ingress', { annotations: { a: value(0), b: base64(value(1)) } }),
    );
    expect(text).toContain('Ingress/ingress metadata.annotations[a]');
    expect(text).toContain('Ingress/ingress metadata.annotations[b]');
    expect(text).not.toContain('canary-number');
    expect(text).not.toContain(base64(value(1)));
  });

  test.each(['staging', 'production'])('are refused in %s, where no Secret is written at all', (name) => {
    const own = development.secrets?.source === 'fake' ? development.secrets.values : {};
    const texts = Object.values<string>(own).flatMap((secret) => [
      secret,
      base64(secret),
      encodeURIComponent(base64(`x${secret}`)),
      `see ${secret}.`,
    ]);
    expect(texts.length).toBeGreaterThan(20);
    const annotations = Object.fromEntries(texts.map((text, i) => [`a${i}`, text]));
    const { text: told } = synth(change(named(name), 'ingress', { annotations }));
    for (const [key, text] of Object.entries(annotations)) {
      expect(told).toContain(
        `Ingress/ingress metadata.annotations[${key}]: contains what looks like a fake secret's value`,
      );
      expect(told).not.toContain(text);
    }
  });
});
