import type { Kubectl } from '../../../cli/cluster/kubectl';
import type { Suite } from '../step';
import { coped, expectEnd } from './program/in-process';

/** An environment of which nothing is deployed. */
const EMPTY = 'e2e-empty';

/** `coped secrets` where there is nothing yet. */
export async function secretsFromNothing({ kubectl, report }: Suite): Promise<void> {
  const scope = kubectl.in(`coped-${EMPTY}`);
  const secrets = (...words: string[]) => ['secrets', EMPTY, ...words];
  const remove = () => kubectl.run(['delete', 'namespace', `coped-${EMPTY}`, '--ignore-not-found']);
  try {
    await report.check('nothing is there, and check says so', async () =>
      expectEnd(await coped(secrets('check')), 1, /django\/secret-key +is missing/),
    );
    await report.check('init makes the namespace and every secret', async () =>
      expectEnd(await coped(secrets('init')), 0, /made {2}elasticsearch-application\/password/),
    );
    await report.check('a second init changes nothing', async () => {
      const versions = await resourceVersions(scope);
      expectEnd(await coped(secrets('init')), 0, /kept {2}django\/secret-key/);
      if ((await resourceVersions(scope)) !== versions) throw new Error('it did');
    });
    await report.check('check asks for the certificates, and for nothing else', async () => {
      const ended = await coped(secrets('check', '--json'));
      const wrong = JSON.parse(ended.output).secrets.filter(
        ({ state }: { state: string }) => state !== 'fine',
      );
      const about = wrong.map(({ about }: { about: string }) => about.replace(/\/.*/, ''));
      if (![...new Set(about)].every((name) => /-tls$/.test(String(name)))) throw new Error(ended.output);
      return expectEnd(ended, 1);
    });
    await report.check('set refuses a weak value, and stores a good one', async () => {
      await scope.run(['delete', 'secret', 'postgres-backup']);
      expectEnd(
        await coped(secrets('set', 'postgres-backup'), { input: 'fake-backup-password\n' }),
        2,
        /fake/,
      );
      const ended = await coped(secrets('set', 'postgres-backup'), { input: 'Xk2vQ9dLr7TzB4mW\n' });
      return expectEnd(ended, 0, /made {2}postgres-backup\/password/);
    });
    await report.check('import takes over what is missing', async () => {
      await scope.run(['delete', 'secret', 'postgres-application']);
      const ended = await coped(secrets('import', '-'), {
        input: 'SQL_PASSWORD="Hj5nR8wYc3ZpD6kV"\nDEBUG=0\n',
      });
      return expectEnd(ended, 0, /made {2}postgres-application\/password/);
    });
  } finally {
    await remove();
  }
}

const resourceVersions = (kubectl: Kubectl): Promise<string> =>
  kubectl.run(['get', 'secrets', '--output=jsonpath={.items[*].metadata.resourceVersion}']);
