import type { ObjectOf } from '../manifests/kubernetes';
import type { Manifest } from '../manifests/manifest';
import {
  type Container,
  containers,
  fieldOf,
  handlersOf,
  listOf,
  nameOf,
  ofKind,
  once,
  workloads,
} from '../manifests/workloads';

/** What configures a program: a variable, an argument, a line of a file, or a script. */
export interface Setting {
  /** `ConfigMap/django data[SQL_HOST]` */
  readonly where: string;
  /** SQL_HOST, --host, discovery.seed_hosts; undefined for a text without a name. */
  readonly name?: string;
  readonly value: string;
}

/** Settings of one place: the variables or the arguments of a container, the variables or a file of a ConfigMap. */
export interface Settings {
  readonly from: Manifest;
  readonly all: readonly Setting[];
}

/** Everything in the manifests that configures programs. */
export const settings = once((manifests: readonly Manifest[]): readonly Settings[] => [
  ...workloads(manifests).flatMap((workload) =>
    containers(workload).flatMap((container) => [
      { from: workload.manifest, all: variables(container) },
      { from: workload.manifest, all: words(container) },
    ]),
  ),
  ...ofKind(manifests, 'ConfigMap').flatMap((from) => {
    const files = fileNames(from).map((key) => ({ from, all: fileLines(from, key) }));
    return [{ from, all: mapVariables(from) }, ...files];
  }),
]);

/** A key that can be the name of an environment variable; others are files. */
const VARIABLE = /^[A-Za-z_]\w*$/;

const entries = ({ data }: ObjectOf<'ConfigMap'>): [string, string][] =>
  Object.entries(data ?? {}).filter(([, value]) => typeof value === 'string');

export const mapVariables = (map: ObjectOf<'ConfigMap'>): readonly Setting[] =>
  entries(map).flatMap(([name, value]) =>
    VARIABLE.test(name) && !value.trim().includes('\n')
      ? [{ where: `${nameOf(map)} data[${name}]`, name, value }]
      : [],
  );

const fileNames = (map: ObjectOf<'ConfigMap'>): string[] =>
  entries(map).flatMap(([key, value]) => (VARIABLE.test(key) && !value.trim().includes('\n') ? [] : [key]));

/** Files whose lines are settings. In a program, `self.host = name` is no setting. */
const CONFIGURATION = /\.(cfg|cnf|conf|env|ini|json|properties|toml|ya?ml)$/;

/** The settings in a file of a ConfigMap: line by line, or a whole script. */
export function fileLines(map: ObjectOf<'ConfigMap'>, key: string): readonly Setting[] {
  const known = filesOf(map).get(key);
  if (known) return known;
  const text = fieldOf(map.data, key);
  const where = `${nameOf(map)} data[${key}]`;
  const found =
    typeof text !== 'string'
      ? []
      : CONFIGURATION.test(key)
        ? lines(text, where)
        : [{ where, value: code(text) }];
  filesOf(map).set(key, found);
  return found;
}

/** Those of each file that were asked for. */
const filesOf = once((_: Manifest) => new Map<string, readonly Setting[]>());

/** Variables with a value of their own. */
export const variables = ({ path, spec }: Container): readonly Setting[] =>
  (spec.env ?? []).flatMap((entry) =>
    typeof entry?.value === 'string'
      ? [{ where: `${path}.env[${entry.name}]`, name: String(entry.name), value: entry.value }]
      : [],
  );

/** What a container and its probes are called with: `--name=value`, `--name value`, or a script. */
export const words = once((container: Container): readonly Setting[] => [
  ...wordsOf(container, 'command', container.spec.command),
  ...wordsOf(container, 'args', container.spec.args),
  ...handlersOf(container).flatMap(([field, handler]) =>
    handler?.exec ? wordsOf(container, `${field}.exec.command`, handler.exec.command) : [],
  ),
]);

const wordsOf = ({ path }: Container, field: string, list: readonly string[] | undefined): Setting[] =>
  listOf(list).flatMap((word: unknown, i): Setting[] => {
    const where = `${path}.${field}[${i}]`;
    if (typeof word !== 'string') return [];
    if (word.includes('\n')) return [{ where, value: code(word) }];
    const [, name, value = ''] = /^(-*[A-Za-z][\w.-]*)=(.*)$/.exec(word) ?? [];
    if (name) return [{ where, name, value }];
    const flag = /^--?[A-Za-z][\w.-]*$/.exec(String(list?.[i - 1]))?.[0];
    return [{ where, name: flag, value: word }];
  });

/** `key: value` or `key=value`, in YAML, JSON and properties alike; `http://…` is no key. */
const LINE = /^\s*(?:- +)?["']?([A-Za-z][\w.-]*)["']?\s*[:=](?!\/\/)\s*(\S.*)$/;
const COMMENTS = /^\s*(#|\/\/|;|-- ).*$/gm;

/** Without comments, which may speak of anything. */
const code = (text: string): string => text.replace(COMMENTS, '');

/** Each line of a configuration file is a setting. */
const lines = (text: string, where: string): readonly Setting[] =>
  code(text)
    .split('\n')
    .map((line) => {
      const bare = line.includes(' #') ? line.replace(/\s#.*$/, '') : line;
      const [, name, value = bare] = LINE.exec(bare) ?? [];
      return { where, name, value };
    });
