import { expectSame, versionsOf } from '../cluster/objects';
import { model as development } from '../development/model';
import { model as hosted } from '../hosted/environment';
import type { Draft } from '../step';
import { coped, expectEnd } from './program/in-process';
import { type Kubeconfig, withKubeconfig } from './program/through';

/** The same cluster under a name that no local one has, and a local name that leads far away. */
const NAMES = { far: 'coped-production', local: 'minikube' };
const FAR = 'https://k8s.example.org:6443';

/** What throws data away. */
const destructive = (context: string) => {
  const { name } = development.environment;
  const at = ['--context', context];
  return [
    ['up', name, ...at],
    ['down', name, ...at],
    ['down', name, '--data', '--yes', ...at],
    ['down', name, '--cluster', '--yes', ...at],
    ['dev', name, ...at],
    ['drill', '--yes', ...at],
  ];
};

export const guards: Draft = {
  name: 'coped-guards',
  about: 'a real cluster under a wrong name, and a right name that leads elsewhere: nothing is touched',
  core: 'what must never happen',
  async run({ kubectl, report }) {
    const versions = () =>
      versionsOf(
        kubectl.in(development.namespace),
        'deployments,statefulsets,persistentvolumeclaims,secrets,configmaps',
      );
    const before = await versions();
    const change = ({ contexts: [first], clusters, ...config }: Kubeconfig): Kubeconfig => {
      const { context } = first;
      const [{ cluster }] = clusters;
      return {
        ...config,
        'current-context': NAMES.far,
        contexts: [
          { name: NAMES.far, context },
          { name: NAMES.local, context: { ...context, cluster: 'far' } },
        ],
        clusters: [
          { name: context.cluster, cluster },
          { name: 'far', cluster: { server: FAR } },
        ],
      };
    };
    await withKubeconfig(kubectl, change, async (through) => {
      for (const words of destructive(NAMES.far)) {
        await report.check(`coped ${words.slice(0, -2).join(' ')} on ${NAMES.far}: refused`, async () =>
          expectEnd(await coped(words, { through }), 2, /is not one of kind/),
        );
      }
      await report.check(`a ${NAMES.local} that is not on this machine: refused`, async () => {
        for (const words of destructive(NAMES.local)) {
          expectEnd(await coped(words, { through }), 2, /is not on this machine/);
        }
      });
      await report.check('a hosted environment whose context kubectl does not know: refused', async () =>
        expectEnd(await coped(['status', hosted.environment.name], { through }), 2, /has no context named/),
      );
    });
    await report.check('nothing was touched', async () => expectSame(before, await versions()));
  },
};
