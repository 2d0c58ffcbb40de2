import { model } from '../development/model';
import type { Suite } from '../step';
import { expectEnd } from './program/in-process';
import { copedItself } from './program/own-process';

/** `coped manage` where it is used most: development's code is a copy that the pod has to make for itself. */
export async function manage({ kubectl, report }: Suite): Promise<void> {
  const words = ['manage', model.environment.name, '--context', kubectl.context, '--'];
  await report.check('the system check finds the application', async () =>
    expectEnd(await copedItself([...words, 'check']), 0, /no issues/),
  );
  await report.check('a script on standard input counts the sample projects', async () => {
    const script = 'from projects.models import Project; print("projects:", Project.objects.count())';
    return expectEnd(await copedItself([...words, 'shell'], script), 0, /^projects: [1-9]\d*$/m);
  });
  await report.check('`coped shell` is the same', async () => {
    const words = ['shell', model.environment.name, '--context', kubectl.context];
    return expectEnd(await copedItself(words, 'print("here")'), 0, /^here$/m);
  });
  await report.check('the logs of web have the names of its pods', async () => {
    const words = ['logs', model.environment.name, 'web', '--context', kubectl.context];
    return expectEnd(await copedItself(words), 0, /^\[pod\/web-/m);
  });
  await report.check('a command that does not exist ends with 1', async () =>
    expectEnd(await copedItself([...words, 'no-such-command']), 1, /Unknown command/),
  );
}
