import type { Manifest } from '../../checker/manifests/manifest';
import { type Contents, documents, type Part, type Remark } from './documents';
import { fitting } from './fitting';
import { blocks, isBuiltIn, type Misfit, misfits } from './kubernetes-api';
import { patchesOf, programOf } from './kustomize';
import type { Path } from './lines';

/** Lines of an object, for messages. */
export interface Place {
  readonly file: string;
  readonly line: (path: Path) => number;
}

/** An object with something in it that Kubernetes does not take. */
export interface Unfit {
  readonly manifest: Manifest;
  readonly place: Place;
  readonly misfits: readonly Misfit[];
  /** What rules read in its place, if there is anything left; others may refer to it. */
  readonly rest?: Manifest;
}

export interface Objects {
  /** What rules may read. */
  readonly manifests: readonly Manifest[];
  readonly places: ReadonlyMap<Manifest, Place>;
  readonly unfit: readonly Unfit[];
  /** What else is in the files, and what cannot be read. */
  readonly remarks: readonly Remark[];
}

/** The Kubernetes objects in these files, with lists split up. */
export const objectsIn = (files: readonly string[]): Objects => {
  const contents = files.map(documents);
  return objectsOf({
    parts: contents.flatMap(({ parts }) => parts),
    remarks: contents.flatMap(({ remarks }) => remarks),
  });
};

/** The same, of contents that were already read. */
export function objectsOf(contents: Contents): Objects {
  const patches = patchesOf(contents.parts);
  const places = new Map<Manifest, Place>();
  const unfit: Unfit[] = [];
  const remarks = [...contents.remarks];
  const foreign = new Map<string, Remark>();
  for (const part of contents.parts.flatMap(items).map(named)) {
    const remark = remarkOn(part, patches);
    if (remark) {
      remarks.push(remark);
      continue;
    }
    const manifest = part.value as Manifest;
    const { apiVersion, kind } = manifest;
    const found = misfits(manifest);
    const isPatch = found.some(({ wrong }) => wrong === 'is missing') && PATCH_FILE.test(part.file);
    if (isPatch) {
      remarks.push(note(part, [], PATCH));
      continue;
    }
    const rest = found.some(blocks) ? fitting(manifest) : manifest;
    if (rest) places.set(rest, part);
    if (found.length > 0) unfit.push({ manifest, place: part, misfits: found, ...(rest && { rest }) });
    if (!isBuiltIn(apiVersion, kind) && !foreign.has(`${apiVersion} ${kind}`)) {
      const wrong = `${kind} (${apiVersion}) is not a built-in kind; most of its fields, and objects that are made of it, are not checked`;
      foreign.set(`${apiVersion} ${kind}`, note(part, ['kind'], wrong));
    }
  }
  return { manifests: [...places.keys()], places, unfit, remarks: [...remarks, ...foreign.values()] };
}

const note = (part: Part, path: Path, wrong: string, meant = false): Remark => ({
  file: part.file,
  line: part.line(path),
  wrong,
  meant,
});

/** `folder/web.yaml:12` */
export const at = (place: Place | undefined, path: Path): string =>
  place ? `${place.file}:${place.line(path)}` : '';

type Fields = Readonly<Record<string, unknown>>;

/** `kubectl get -o yaml` wraps what it finds in a list. The items of a PodList need not say that they are Pods. */
function items(part: Part): Part[] {
  const { apiVersion, kind, items: list, metadata } = (part.value ?? {}) as Fields & { metadata?: Fields };
  const [, of] = /^(\w*)List$/.exec(String(kind)) ?? [];
  if (of === undefined || !Array.isArray(list) || metadata?.['name'] !== undefined) return [part];
  return list.flatMap((item, i) => {
    const isTyped = of !== '' && typeof item === 'object' && item !== null && !Array.isArray(item);
    const value = isTyped ? { apiVersion, kind: of, ...item } : item;
    return items({ ...part, value, listed: true, line: (path) => part.line(['items', i, ...path]) });
  });
}

/** Kubernetes appends five characters where only the beginning of a name is given. */
function named(part: Part): Part {
  const { metadata, ...rest } = (part.value ?? {}) as Fields & { metadata?: Fields };
  const prefix = metadata?.['generateName'];
  if (typeof prefix !== 'string' || metadata?.['name'] !== undefined) return part;
  return { ...part, value: { ...rest, metadata: { ...metadata, name: `${prefix}xxxxx` } } };
}

const KIND = /^[A-Z][A-Za-z0-9]*$/;
/** What people call a file, or its folder. */
const PATCH_FILE = /(?:^|[-_./])patch(?:es)?[-_./][^/]*$|(?:^|\/)patch(?:es)?\/[^/]*$/i;
const PATCH = 'is a patch, a part of an object: check what `kubectl kustomize` prints';

/** What something is that is not an object of a cluster; nothing if it is one. */
function remarkOn(part: Part, patches: ReadonlySet<string>): Remark | undefined {
  const { value } = part;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const wrong = `is ${Array.isArray(value) ? 'a list' : 'plain text'}, not a Kubernetes object`;
    return note(part, [], wrong, part.listed);
  }
  if (patches.has(part.file) || '$patch' in value) return note(part, [], PATCH);
  const { apiVersion, kind, metadata } = value as Fields & { metadata?: Fields };
  const has = (field: unknown): field is string => typeof field === 'string' && field !== '';
  const isNamed = has(metadata?.['name']);
  if (!has(apiVersion) || !has(kind)) {
    const missing = Object.entries({ apiVersion, kind }).filter(([, given]) => !has(given));
    const fields = missing.map(([field]) => field).join(' and ');
    const isMeant = isNamed && missing.length === 1;
    return note(part, [], `is not a Kubernetes object: it has no ${fields}`, isMeant);
  }
  const program = programOf(apiVersion, kind);
  if (program !== undefined) return note(part, [], program);
  // Some names have a meaning in JavaScript.
  if (!KIND.test(kind)) {
    // A custom resource may have another, where it is not the configuration of a program.
    const isMeant = /^[^.]*$|k8s\.io$/.test(apiVersion.split('/')[0] ?? '');
    return note(part, ['kind'], `${kind} is not a kind: kinds are written like ConfigMap`, isMeant);
  }
  const isMeant = metadata !== undefined || isBuiltIn(apiVersion, kind);
  return isNamed
    ? undefined
    : note(part, [], `${kind} (${apiVersion}) is not a Kubernetes object: it has no metadata.name`, isMeant);
}
