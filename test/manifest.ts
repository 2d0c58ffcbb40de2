import type { Json, Manifest as Written } from '../checker/manifests/manifest';

/** An object as tests look into it, and break it: any field, of any type. */
export type Manifest = Written & { readonly [field: string]: Json };
