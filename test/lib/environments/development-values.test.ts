import { fakeValue, secrets, secretsIn } from '../../../lib/components/secrets';
import { parseEnvironments } from '../../../rules/environments';
import { synth } from '../../checker/secrets/synth';
import { change, manifestsOf, named } from '../../support';

// The only values that are written, and published: a laptop's.

const base64 = (text: string) => Buffer.from(text).toString('base64');
const published = secrets.map(fakeValue);

test('are obviously fake, and each is another', () => {
  expect(published.filter((value) => !/^fake-[a-z0-9-]{8,}$/.test(value))).toEqual([]);
  expect(new Set(published).size).toBe(published.length);
});

test('are in their Secrets, once each, and nowhere else', () => {
  const objects = manifestsOf(named('development')).map((object) => JSON.stringify(object));
  for (const value of parseEnvironments([named('development')])
    .flatMap(secretsIn)
    .map(fakeValue)) {
    const places = objects.filter((text) => text.includes(`"${base64(value)}"`) || text.includes(value));
    expect(places).toHaveLength(1);
    expect(places[0]).toMatch(/"kind":"Secret"/);
    expect(places[0]).not.toContain(value);
  }
});

test.each(['staging', 'production'])('are refused in %s, where no Secret is written at all', (name) => {
  const texts = published.flatMap((secret) => [
    secret,
    base64(secret),
    encodeURIComponent(base64(`x${secret}`)),
    `see ${secret}.`,
  ]);
  expect(texts.length).toBeGreaterThan(20);
  const annotations = Object.fromEntries(texts.map((text, i) => [`a${i}`, text]));
  const { text: message } = synth(change(named(name), 'ingress', { annotations }));
  expect(message).toContain("contains what looks like a fake secret's value");
  for (const [key, text] of Object.entries(annotations)) {
    expect(message).toContain(`Ingress/ingress metadata.annotations[${key}]`);
    expect(message).not.toContain(text);
  }
});
