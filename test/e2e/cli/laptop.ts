import type { Finding } from '../../../cli/doctor/finding';
import { contentsOf } from '../../../cli/laptop/images/contents';
import { remember } from '../../../cli/laptop/images/loaded-images';
import { ownImages } from '../../../cli/laptop/images/own-images';
import { changesNothing } from '../cluster/applied';
import { expectSame, versionsOf } from '../cluster/objects';
import { model as development, throughIngress } from '../development/model';
import { checkApplied, checkServing } from '../development/steps';
import { model as hosted } from '../hosted/environment';
import { distOf } from '../model';
import { visit } from '../site/site';
import type { Suite } from '../step';
import { coped, expectEnd } from './program/in-process';

/** What doctor has to find on any cluster on which this suite can run. */
const FINE = ['kubectl', 'cluster', 'Kubernetes', 'storage class', 'ingress class', 'network policies'];

export async function doctor({ kubectl, report }: Suite): Promise<void> {
  await report.check('the cluster has what production needs', async () => {
    const { name } = hosted.environment;
    const { output, errors } = await coped(['doctor', name, '--json', '--context', kubectl.context]);
    const findings: Finding[] = JSON.parse(output).findings;
    const lacking = FINE.filter((about) => findings.find((one) => one.about === about)?.level !== 'ok');
    if (lacking.length > 0) throw new Error(`${lacking.join(', ')} not ok:\n${output}${errors}`);
    return findings.at(-1)?.found;
  });
  await report.check('its namespace goes', async () => {
    const found = await kubectl.list('namespaces', '--selector=app.kubernetes.io/part-of=coped-doctor');
    const kept = found.filter(({ metadata }) => !metadata.deletionTimestamp);
    if (kept.length > 0) throw new Error(kept.map(({ metadata }) => metadata.name).join());
  });
}

/** In a namespace of its own, beside what runs. */
export async function doctorOfApplication({ kubectl, report }: Suite): Promise<void> {
  await report.check('each program of the sample starts', async () => {
    const words = ['doctor', development.environment.name, '--application', '--context', kubectl.context];
    return expectEnd(await coped(words), 0, /^ok +web, api: starts, and goes on$/m);
  });
}

const UP = ['up', development.environment.name];
const DOWN = ['down', development.environment.name];

/** `coped up` on what is there, whichever way it was brought up. */
async function checkTakenOver({ kubectl, report }: Suite): Promise<void> {
  await report.check('what is there is taken over', async () => {
    // The images were loaded with the cluster, by whatever has made it.
    for (const image of ownImages(development.environment)) await remember(kubectl, image, contentsOf(image));
    return expectEnd(await coped([...UP, '--context', kubectl.context]), 0, /http:\/\/localhost:1337/);
  });
}

export async function upAndDown(suite: Suite): Promise<void> {
  const { kubectl, report } = suite;
  const scope = kubectl.in(development.namespace);
  const at = ['--context', kubectl.context];
  await checkTakenOver(suite);
  await report.check('a second time, no pod is another', async () => {
    const before = await versionsOf(scope, 'pods');
    const ended = await coped([...UP, ...at, '--json']);
    expectEnd(ended, 0);
    const { built, restarted } = JSON.parse(ended.output);
    if (built.length + restarted.length > 0) throw new Error(ended.output);
    expectSame(before, await versionsOf(scope, 'pods'));
  });
  await report.check('plain `kubectl apply` finds nothing to change, and nothing to warn of', async () => {
    const folder = distOf(development.environment.name);
    const { stderr } = await kubectl.attempt(['apply', `--filename=${folder}`]);
    if (stderr !== '') throw new Error(stderr);
    return changesNothing(kubectl, folder);
  });
  await report.check('down leaves the claims and nothing else; up finds them again', async () => {
    const claims = await versionsOf(scope, 'persistentvolumeclaims');
    expectEnd(await coped([...DOWN, ...at]), 0, /kept: .*data-postgres-0/);
    const left = await versionsOf(
      scope,
      'deployments,statefulsets,jobs,pods,services,secrets,networkpolicies',
    );
    expectSame([], left);
    expectEnd(await coped([...UP, ...at]), 0);
    expectSame(claims, await versionsOf(scope, 'persistentvolumeclaims'));
    return `${claims.length} claims`;
  });
}

async function checkDownWithData({ kubectl, report }: Suite): Promise<void> {
  await report.check('down --data leaves nothing', async () => {
    const down = [...DOWN, '--data', '--context', kubectl.context];
    expectEnd(
      await coped(down),
      2,
      /everything in it is deleted.*data-postgres-0/,
      /the confirmation needs a terminal/,
    );
    expectEnd(await coped([...down, '--yes']), 0);
    if (await kubectl.exists('namespace', development.namespace))
      throw new Error('the namespace is still there');
  });
}

export const downWithData = checkDownWithData;

export async function fromNothing(suite: Suite): Promise<void> {
  await checkApplied(suite);
  await checkServing(suite);
  await checkTakenOver(suite);
}

export async function upFromNothing(suite: Suite): Promise<void> {
  const { kubectl, report, settings } = suite;
  await checkDownWithData(suite);
  await report.check('after up, the site serves', async () => {
    expectEnd(await coped([...UP, '--context', kubectl.context]), 0);
    await visit(throughIngress(settings), '/');
  });
}
