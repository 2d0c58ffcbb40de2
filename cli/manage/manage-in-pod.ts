import { manage } from '../../lib/applications/django';
import { started } from '../../lib/components/django/scripts/scripts';
import { templateOf } from '../cluster/api-object';
import type { Site } from '../cluster/site';
import { CliError, NotUpError } from '../terminal/errors';
import type { World } from '../world';
import { withDjangoPod } from './django-pod';

/** Seconds that a management command may take: a shell may be forgotten. */
const DEADLINE = 12 * 3600;

/**
 * Runs `python manage.py …` in a pod like web's.
 * @throws CliError if the command does
 */
export async function manageInPod(site: Site, words: readonly string[]): Promise<void> {
  const { world, kubectl } = site;
  const { name: environment, application } = site.environment;
  const [web, migrate] = await Promise.all([
    kubectl.find('deployment', 'web'),
    kubectl.find('cronjob', 'migrate'),
  ]);
  if (!web) {
    throw new NotUpError(
      `${environment} has no web on this cluster to take image and configuration from`,
      `See \`npx coped status ${environment}\``,
    );
  }
  const pod = {
    name: 'manage',
    template: templateOf(web),
    // Whom a person's pod may talk to is what a migration may; and no Service, disruption budget or autoscaler counts it as web's.
    labels: migrate && templateOf(migrate).metadata?.labels,
    deadline: DEADLINE,
  };
  const code = await withDjangoPod(site, pod, async (name) => {
    const args = ['exec', '--stdin', ...tty(world), name, '--', ...started(manage(...words), application)];
    return (await kubectl.attempt(args, { attached: true })).code;
  });
  if (code !== 0) throw new CliError(`manage.py ${words[0]} ended with exit code ${code}`, hint(code));
}

/** Only where everything is the terminal: it would put carriage returns and error messages into a file of results. */
const tty = ({ terminal }: World): string[] =>
  terminal.interactive && terminal.bytes.isTTY ? ['--tty'] : [];

const hint = (code: number): string =>
  code === 137
    ? 'It was killed, most likely because it exceeded the memory limit of web'
    : 'Its own message is above';
