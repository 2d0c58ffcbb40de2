import { parseImage } from '../../formats/image';

/** A server that keeps data in files of its own, as far as the reference to its image says. */
export interface Server {
  readonly product: 'Elasticsearch' | 'PostgreSQL';
  /** `[17, 12]`; empty where the reference names no version. */
  readonly version: readonly number[];
  /** Whose C library it uses: `Debian 13`, `Alpine`; undefined where the reference does not say. */
  readonly system?: string;
}

/** By the last part of the image's name: the product, and where its version is in the tag. */
const IMAGES = [
  { product: 'Elasticsearch', name: /(^|\/)elasticsearch(-oss|-wolfi)?$/, version: /^v?(\d+(\.\d+)*)/ },
  { product: 'PostgreSQL', name: /(^|\/)postg(res|resql|is)$/, version: /^v?(\d+(\.\d+)*)/ },
  {
    product: 'PostgreSQL',
    name: /(^|\/)(pgvector|timescaledb(-ha)?)$/,
    version: /(?:^|-)pg(\d+(\.\d+)*)/,
  },
] as const;

const DEBIAN = { buster: 10, bullseye: 11, bookworm: 12, trixie: 13, forky: 14 } as const;
const SYSTEM = new RegExp(`(?:^|-)(?:(alpine)|debian-(\\d+)|(${Object.keys(DEBIAN).join('|')}))`);

/** What an image is a server of; undefined for all others. */
export function serverIn(image: unknown): Server | undefined {
  const { name = '', tag = '' } = parseImage(image) ?? {};
  const found = IMAGES.find((one) => one.name.test(name));
  if (!found) return undefined;
  const [, alpine, number, codename] = SYSTEM.exec(tag) ?? [];
  const debian = number ?? DEBIAN[codename as keyof typeof DEBIAN];
  return {
    product: found.product,
    version: (found.version.exec(tag)?.[1] ?? '').split('.').filter(Boolean).map(Number),
    system: alpine ? 'Alpine' : debian && `Debian ${debian}`,
  };
}

/** Below 0 if `a` is older than `b`, as far as both are written: `[9]` is neither older nor newer than `[9, 5]`. */
export const compareVersions = (a: readonly number[], b: readonly number[]): number =>
  a.map((part, i) => part - (b[i] ?? part)).find((difference) => difference !== 0) ?? 0;
