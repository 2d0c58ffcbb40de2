import { z } from 'zod';
import { isCidr } from '../../formats/cidr';
import { cronFault } from '../../formats/cron';
import { LOCAL_TAG, moves, parseImage } from '../../formats/image';
import { quantity } from '../../formats/quantity';

/** Zod writes a program for each object that it checks, which pays for thousands of inputs, not for three. */
export const ONCE = { jitless: true };

// The kinds of value that settings are made of. Each error is a rule and a remedy: "is …; write …".

/** A DNS name as browsers and certificates know it, e.g. `coped.example.org`. */
export const dnsName = z
  .string()
  .max(253)
  .regex(/^(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, {
    error: 'is not a DNS name; write lower-case letters, digits, dashes and dots, e.g. "coped.example.org"',
    abort: true,
  })
  .refine((name) => name.split('.').every((label) => label.length <= 63), {
    error: 'has more than 63 characters between two dots; write shorter parts',
  });

/** A name that Kubernetes takes for any object. */
export const objectName = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, {
  error: 'is not a Kubernetes name; write at most 63 lower-case letters, digits and dashes',
});

/** `example.org/name`, as labels and annotations have it. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const qualifiedName = z
  .string()
  .regex(/^([a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$/, {
    error:
      'is not the name of a label or annotation; write letters, digits, dashes and dots, e.g. "example.org/name"',
  });

/** Labels to look for. */
export const labelValues = z.record(
  qualifiedName,
  z.string().regex(/^([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$/, {
    error: 'is not the value of a label; write at most 63 letters, digits, dashes, dots and underscores',
  }),
);

/** Annotations, in the words of whatever reads them: 256 KiB at most, names included. */
export const annotations = z
  .record(
    qualifiedName,
    z.string().refine((text) => !text.includes('\0'), {
      error: 'has a NUL character, which nothing reads; remove it',
    }),
  )
  .refine((all) => Buffer.byteLength(Object.entries(all).flat().join('')) <= 256 * 1024, {
    error: 'are longer than the 256 KiB that Kubernetes takes; shorten them',
  });

/** What kubectl calls a cluster and a login to it, e.g. `kind-coped`. A dash in front would make it an option. */
export const contextName = z.string().regex(/^[^\s\p{C}-][^\s\p{C}]*$/u, {
  error: 'is not the name of a kubectl context; write one that `kubectl config get-contexts` lists',
});

/** CPU cores, e.g. `500m` (half a core) or `2`. */
export const cpu = z.string().regex(/^[1-9][0-9]*m?$/, {
  error: 'is not an amount of CPU; write millicores or whole cores, e.g. "250m" or "2"',
});

/** Bytes of memory or disk in the units Kubernetes keeps, e.g. `512Mi` or `10Gi`. */
export const bytes = z.string().regex(/^[1-9][0-9]*(Mi|Gi|Ti)$/, {
  error: 'is not an amount of bytes; write a whole number of Mi, Gi or Ti, e.g. "512Mi"',
});

/** A container image that is the same image tomorrow: with an explicit tag, a digest, or both. */
export const image = z.string().check((ctx) => {
  const parts = parseImage(ctx.value);
  const problem = !parts
    ? 'is not an image reference; write registry/name:tag, e.g. "docker.io/library/postgres:17.12-trixie"'
    : // That only a laptop may have this one is checked on the objects.
      moves(parts) && parts.tag !== LOCAL_TAG
      ? 'can change without notice; write an explicit tag such as ":1.4.0", or a digest "@sha256:…"'
      : undefined;
  if (problem) ctx.issues.push({ code: 'custom', message: problem, input: ctx.value });
});

/** When something runs, in UTC: five fields, so no name such as @daily. */
export const schedule = z.string().check((ctx) => {
  const wrong = ctx.value.startsWith('@') ? 'has not five fields' : cronFault(ctx.value);
  if (wrong === undefined) return;
  const message = `${wrong}; write a cron expression of five fields, e.g. "30 2 * * *" for half past two every night`;
  ctx.issues.push({ code: 'custom', message, input: ctx.value });
});

/** A range of addresses, e.g. `192.168.0.0/16`. */
export const cidr = z.string().refine(isCidr, {
  error: 'is not a range of addresses; write e.g. "192.168.0.0/16"',
});

/** A whole number with limits. */
export const integer = (min: number, max: number) =>
  z
    .int({ error: `is not a whole number; write one from ${min} to ${max}` })
    // Not .min().max(): each would copy the schema.
    .check(
      z.gte(min, { error: `is less than ${min}; write a number from ${min} to ${max}` }),
      z.lte(max, { error: `is more than ${max}; write a number from ${min} to ${max}` }),
    );

/** Settings that only the other kind of environment may have: given here, they are an error, also for the compiler. */
export const absent = (rule: string) => z.undefined({ error: rule }).optional();

/** What one container may take. CPU has no limit on purpose: docs/decisions/0006-no-cpu-limits.md. */
export interface Resources {
  /** CPU cores that the scheduler reserves. */
  readonly cpu: string;
  /** Memory that the scheduler reserves. */
  readonly memory: string;
  /** Memory above which the container is killed. */
  readonly memoryLimit: string;
}

/** Resources with a default for each; memory is the only limit that kills. */
export const resources = (defaults: Resources) =>
  z
    .strictObject({
      cpu: cpu.default(defaults.cpu),
      memory: bytes.default(defaults.memory),
      memoryLimit: bytes.default(defaults.memoryLimit),
    })
    .check((ctx) => {
      const { memory, memoryLimit } = ctx.value;
      if ((quantity(memory) ?? 0) > (quantity(memoryLimit) ?? 0)) {
        const message = `is above memoryLimit ${memoryLimit}; lower memory or raise memoryLimit`;
        ctx.issues.push({ code: 'custom', path: ['memory'], message, input: memory });
      }
    })
    .prefault({});
