import { quantity } from '../../../formats/quantity';
import { configFiles } from '../../analysis/config-files';
import { variableReader } from '../../analysis/variables';
import type { Json } from '../../manifests/manifest';
import { containers, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

const GIBIBYTE = 2 ** 30;
/** Of the memory limit: Lucene keeps its files in the other half. https://www.elastic.co/docs/deploy-manage/deploy/self-managed/important-settings-configuration */
const ELASTICSEARCH = 0.5;
/** Stacks, code and buffers of any other JVM live outside its heap. */
const OTHERS = 0.75;
/** From 32 GiB on every reference takes twice the space. */
const LARGEST = 31 * GIBIBYTE;

export const heap = rule({
  id: 'heap',
  what: 'The heap of a JVM does not fit into the memory of its container, or may change its size.',
  why: 'The kernel counts the whole process, not the heap: a server that is given all the memory is killed under load. Elasticsearch sizes its heap by itself, from the memory limit; to say nothing is best.',
  remedy:
    'Leave -Xms and -Xmx out, or make them equal: for Elasticsearch at most half of the memory limit and 31g, for others three quarters.',
  link: 'https://www.elastic.co/docs/reference/elasticsearch/jvm-settings',
  find: ({ manifests }) => {
    const variablesOf = variableReader(manifests);
    return workloads(manifests).flatMap((workload) => {
      const files = configFiles(workload, '.options', manifests);
      return containers(workload)
        .filter(({ init }) => !init)
        .flatMap(({ path, spec }) => [
          ...[...variablesOf(spec)]
            .filter(([name]) => JAVA.test(name))
            .flatMap(([name, text]) => judged(`${path}.env[${name}]`, text, spec, /^ES_/.test(name))),
          // jvm.options and the like, without comments.
          ...files.flatMap(({ where, text }) => judged(where, text.replace(/^\s*#.*$/gm, ''), spec, true)),
        ]);
    });
  },
});

/** ES_JAVA_OPTS, JAVA_OPTS, JAVA_TOOL_OPTIONS, JDK_JAVA_OPTIONS, … */
const JAVA = /JAVA(_TOOL)?_OPT(ION)?S$/;

function judged(where: string, text: string, { resources }: Json, elasticsearch: boolean): Finding[] {
  const [initial, largest] = [size(text, 's'), size(text, 'x')];
  if (!initial && !largest) return [];
  if (elasticsearch && initial?.bytes !== largest?.bytes) {
    const wrong = 'is a heap that changes its size: -Xms and -Xmx differ';
    return [{ where, value: text.trim(), wrong, remedy: 'Write the same for both, or leave both out' }];
  }
  const limit = quantity(resources?.limits?.memory) ?? Number.POSITIVE_INFINITY;
  const share = elasticsearch ? ELASTICSEARCH : OTHERS;
  const most = Math.min(limit * share, LARGEST);
  const heap = largest ?? initial;
  if (!heap || heap.bytes <= most) return [];
  return [
    {
      where,
      value: heap.text,
      wrong:
        most === LARGEST
          ? 'is a heap so large that every reference takes twice the space'
          : `is more than ${share * 100} % of the memory limit, ${resources.limits.memory}`,
      remedy: `Use at most ${Math.floor(most / 2 ** 20)}m, or raise the limit`,
    },
  ];
}

const POWERS: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4 };

/** The last -Xms or -Xmx: it wins. */
function size(text: string, which: 's' | 'x'): { text: string; bytes: number } | undefined {
  const option = [...text.matchAll(new RegExp(`-Xm${which}(\\d+)([kmgtKMGT]?)`, 'g'))].at(-1);
  if (!option) return undefined;
  const [given, digits, unit = ''] = option;
  return { text: given, bytes: Number(digits) * 1024 ** (POWERS[unit.toLowerCase()] ?? 0) };
}
