import { containers, workloads } from '../../checker/manifests/workloads';
import type { Application, Command } from '../../lib/application';
import { sample } from '../../lib/applications/sample';
import { fakeValue, secretsIn } from '../../lib/components/secrets';
import { development } from '../../lib/environments/development';
import { production } from '../../lib/environments/production';
import type { Known } from '../../lib/known';
import { synthesize } from '../../rules/synthesize';
import { SECRETS, tracesIn } from '../checker/secrets/canary';
import { synth } from '../checker/secrets/synth';
import { runs } from '../counts';
import { optional, room } from '../optional';
import { fc } from '../properties';

const plain = fc.stringMatching(/^[A-Z]{2,9}(_[A-Z]{2,9}){0,2}$/);
/** Names of any secret; but not one that another has during a rotation. */
const names = fc.uniqueArray(plain, { minLength: 9, maxLength: 9 });
const objectName = fc.stringMatching(/^[a-z]([a-z-]{0,20}[a-z])?$/);
const word = fc.stringMatching(/^[a-z][a-z' "$`\\]{0,12}$/);
const command = fc.tuple(word, word, word) as fc.Arbitrary<Command>;

/** What is different from the sample: all names, all programs, and how secrets arrive. */
const application = fc
  .record({
    names,
    commands: fc.dictionary(objectName, command, { minKeys: 1, maxKeys: 3 }),
    credentials: fc.dictionary(objectName, objectName, { minKeys: 1, maxKeys: 3 }),
    program: command,
    delivery: fc.constantFrom(
      { secrets: 'files', rotates: 'without a gap', uses: (): Command => ['true'] } as const,
      { secrets: 'files', rotates: 'with a restart' } as const,
      { secrets: { variables: 'It reads no files.' }, rotates: 'with a restart' } as const,
    ),
  })
  .map(({ names, commands, credentials, program, delivery }): Application => {
    const [user = '', host = '', key = '', sql = '', search = '', queue = '', ...others] = names;
    const { uses: _, secrets: __, rotates: ___, ...facts } = sample;
    return {
      ...facts,
      ...delivery,
      migrate: [program],
      migrated: program,
      index: program,
      worker: () => program,
      beat: program,
      commands,
      variables: ({ signingKey, postgres, elasticsearch, redis, hosts }: Known) => ({
        [user]: postgres.user,
        [host]: hosts.join(' '),
        [`${key}_KEY`]: signingKey,
        [`${sql}_SECRET`]: postgres.password,
        ...(elasticsearch && { [search]: elasticsearch.password }),
        ...(elasticsearch?.authority && { [`${search}_CA`]: elasticsearch.authority }),
        ...(redis && { [`${queue}_PASSWORD`]: redis.password }),
      }),
      credentials: Object.fromEntries(
        Object.entries(credentials).map(([secret, key], i) => [
          `${others[i % others.length]}_${i}`,
          { secret: `their-${secret}`, key, purpose: 'For something.', from: 'someone' },
        ]),
      ),
    };
  });

/** An environment with all that an application may have. */
const having = (application: Application) =>
  [development, production].map((environment) => {
    const commands = Object.fromEntries(
      Object.keys(application.commands ?? {}).map((name) => [name, optional.commands.crawl]),
    );
    return { ...environment, ...optional, ...room, static: undefined, commands, application };
  });

test('each program has its own login and the secrets of its application, no other has them, and their values are nowhere', () => {
  const property = fc.property(application, (application) => {
    for (const input of having(application)) {
      const manifests = synthesize([input]).flatMap(({ files }) => files.flatMap((file) => file.manifests));
      const theirs = Object.values(application.credentials ?? {}).map(({ secret }) => secret);
      const foreign = secretsIn(input).flatMap(({ secret, user }) =>
        user !== undefined && secret !== 'elasticsearch-application' ? [secret] : [],
      );
      for (const workload of workloads(manifests)) {
        for (const { spec } of containers(workload)) {
          const mounted = (spec.volumeMounts ?? []).map(({ name }) => name);
          const volumes = (workload.pod.volumes ?? []).filter(({ name }) => mounted.includes(name));
          const secrets = volumes
            .flatMap(({ projected, secret }) => [
              secret?.secretName,
              ...(projected?.sources ?? []).map((source) => source.secret?.name),
            ])
            .flatMap((name) => name ?? []);
          const place = `${input.name} ${workload.name} ${spec.name}`;
          if (spec.image !== input.images.django || secrets.length === 0) {
            expect([place, secrets.filter((name) => theirs.includes(name))]).toEqual([place, []]);
            continue;
          }
          const owns = workload.name === 'CronJob/migrate' || spec.name === 'flush-and-migrate';
          const logins = secrets.filter((name) => name.startsWith('postgres'));
          expect([place, new Set(logins)]).toEqual([
            place,
            new Set([`postgres-${owns ? 'owner' : 'application'}`]),
          ]);
          const rest = new Set(secrets.filter((name) => !name.startsWith('postgres')));
          expect([place, [...rest].filter((name) => foreign.includes(name))]).toEqual([place, []]);
          expect([place, theirs.filter((name) => !rest.has(name))]).toEqual([place, []]);
        }
      }
      const text = JSON.stringify(manifests.filter(({ kind }) => kind !== 'Secret'));
      for (const value of secretsIn(input).map(fakeValue)) {
        expect(text).not.toContain(value);
        expect(text).not.toContain(Buffer.from(value).toString('base64'));
      }
      if (input.kind === 'hosted') expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    }
  });
  fc.assert(property, { numRuns: runs(0.05) });
});

/** Every place where someone may write a secret into an application by mistake. */
const places: Readonly<Record<string, (text: string, usual: Application) => Partial<Application>>> = {
  variables: (text, { variables }) => ({ variables: (known) => ({ ...variables(known), PLAIN: text }) }),
  'the name of a variable': (text, { variables }) => ({
    variables: (known) => ({ ...variables(known), [text]: '1' }),
  }),
  settings: (text) => ({ settings: text }),
  web: (text, { web }) => ({ web: { ...web, command: () => ['serve', text] } }),
  'web.live': (text, { web }) => ({ web: { ...web, live: `/${text}` } }),
  migrate: (text) => ({ migrate: [['migrate', text]] }),
  migrated: (text) => ({ migrated: ['migrate', text] }),
  index: (text) => ({ index: ['index', text] }),
  worker: (text) => ({ worker: () => ['work', text] }),
  alive: (text) => ({ alive: { file: text, within: 60 } }),
  commands: (text, { commands }) => ({
    commands: Object.fromEntries(Object.keys(commands ?? {}).map((name) => [name, ['run', text]])),
  }),
  calls: (why) => ({ calls: [{ from: ['web'], to: 'internet', port: 443, why }] }),
  secrets: (variables) => ({ secrets: { variables }, rotates: 'with a restart', uses: undefined }),
  ...Object.fromEntries(
    (['secret', 'key', 'purpose', 'from'] as const).map((field) => [
      `credentials.${field}`,
      (text: string) => ({
        credentials: {
          ANY: { secret: 'any', key: 'any', purpose: 'For something.', from: 'someone', [field]: text },
        },
      }),
    ]),
  ),
};

test('a secret that is written into an application is refused, and shown nowhere', () => {
  const place = fc.constantFrom(...Object.keys(places));
  const secret = fc.constantFrom(...Object.values(SECRETS));
  const property = fc.property(application, place, secret, (usual, place, secret) => {
    const [, input] = having({ ...usual, ...places[place]?.(secret, usual) } as Application);
    const { text, refused } = synth(input ?? {});
    expect([place, tracesIn(text), refused]).toEqual([place, [], true]);
  });
  fc.assert(property, { numRuns: runs(0.12) });
});
