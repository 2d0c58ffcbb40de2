import type { Manifest as Written } from '../checker/manifests/manifest';

/** The one place where types are switched off, and for tests alone: they break objects in ways that no type allows. */
// biome-ignore lint/suspicious/noExplicitAny: `unknown` would ask for a cast at every step down
export type Json = any;

/** An object as tests look into it, and break it: any field, of any type. */
export type Manifest = Written & { readonly [field: string]: Json };
