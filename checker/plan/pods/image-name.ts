import { parseImage } from '../../../formats/image';

/** An image reference in two: `registry.example.org/coped/django` and `1.0.0`. */
export function imageName(reference: unknown): { readonly name: string; readonly version: string } {
  const { name, tag, digest } = parseImage(reference) ?? { name: String(reference) };
  const versions = [tag, digest && `sha256:${digest.slice(0, 12)}`].filter(Boolean);
  return { name, version: versions.join('@') || 'latest' };
}
