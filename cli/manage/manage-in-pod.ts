import type { Kubectl } from '../cluster/kubectl';
import { oneOffPod, withPod } from '../cluster/one-off-pod';
import { Failure } from '../failure';
import type { World } from '../world';

/** Seconds that a management command may take: a shell may be forgotten. */
const DEADLINE = 12 * 3600;

/** The pod does nothing by itself: the command is run in it, so that a terminal can be attached from the first letter on. */
const IDLE = ['sleep', String(DEADLINE)];

/**
 * Runs `python manage.py …` in a pod like web's.
 * @throws Failure if the command does
 */
export async function manageInPod(world: World, kubectl: Kubectl, words: readonly string[]): Promise<void> {
  const { terminal, signal } = world;
  const [web, migrate] = await Promise.all([
    kubectl.get('deployment', 'web'),
    kubectl.find('cronjob', 'migrate'),
  ]);
  const pod = oneOffPod({
    name: 'manage',
    template: web.spec.template,
    // Whom a person's pod may talk to is what a migration may; and no disruption budget or autoscaler counts it as web's.
    labels: migrate?.spec.jobTemplate.spec.template.metadata.labels,
    command: IDLE,
    deadline: DEADLINE,
  });
  const progress = { progress: (text: string) => terminal.say(text), signal };
  await withPod(kubectl, progress, pod, async (name) => {
    const tty = terminal.interactive ? ['--stdin', '--tty'] : ['--stdin'];
    const args = ['exec', ...tty, name, '--', 'python', 'manage.py', ...words];
    const { code } = await kubectl.attempt(args, { attached: true });
    if (code !== 0)
      throw new Failure(`manage.py ${words[0]} ended with ${code}`, 'Its own message stands above');
  });
}
