import type { z } from 'zod';
import type { Application } from '../application';
import { ownIn } from '../components';
import { defaultImages, type Images, imageNames } from '../components/images';

// What must hold between the settings of several components.

/** Each component has its image, and each image its component. */
export const imagesOfComponents = (ctx: z.core.ParsePayload<{ readonly images: Partial<Images> }>): void => {
  if (ctx.issues.length > 0) return;
  const used = ownIn(ctx.value).flatMap(({ name, image }) =>
    typeof image === 'object' && 'tier' in image ? [name, image.name] : [name],
  );
  for (const name of imageNames) {
    const input = ctx.value.images[name];
    const path = ['images', name];
    if (used.includes(name) && input === undefined)
      ctx.issues.push({ code: 'custom', path, input, message: 'is missing' });
    if (!used.includes(name) && input !== undefined && input !== defaultImages[name]) {
      const message = `belongs to a component that the environment leaves out; remove the line, or set ${name}`;
      ctx.issues.push({ code: 'custom', path, input, message });
    }
  }
};

interface Chosen {
  readonly name: string;
  readonly application: Application;
  readonly api?: unknown;
  readonly worker?: unknown;
  readonly beat?: unknown;
  readonly static?: unknown;
  readonly commands?: object;
  readonly redis?: unknown;
}

/** What an environment names, and what its application must declare for that. */
const PROGRAMS = { api: 'api', worker: 'worker', beat: 'beat', static: 'collectStatic' } as const;

/** Each component that runs the application has its command, its broker, and each result someone who serves it. */
export const programsOfApplication = (ctx: z.core.ParsePayload<Chosen>): void => {
  if (ctx.issues.length > 0) return;
  const { application, redis, commands = {}, ...chosen } = ctx.value;
  const here = `lib/environments/${chosen.name}.ts`;
  const problem = (path: string[], input: unknown, message: string) =>
    ctx.issues.push({ code: 'custom', path, input, message });
  const undeclared = (path: string[], input: unknown, declared: string) =>
    problem(
      path,
      input,
      `has no command: the application declares no ${declared}; remove the key from ${here}, or declare it in the application's file, in lib/applications`,
    );
  for (const key of ['api', 'worker', 'beat', 'static'] as const) {
    if (chosen[key] !== undefined && application[PROGRAMS[key]] === undefined)
      undeclared([key], chosen[key], `\`${PROGRAMS[key]}\``);
  }
  for (const [name, input] of Object.entries(commands)) {
    if (!Object.hasOwn(application.commands ?? {}, name))
      undeclared(['commands', name], input, `\`${name}\` in \`commands\``);
  }
  for (const key of ['worker', 'beat'] as const) {
    if (chosen[key] !== undefined && redis === undefined)
      problem([key], chosen[key], `has no queue of tasks; set \`redis: {}\` in ${here}, or remove the key`);
  }
  if (application.collectStatic !== undefined && chosen.static === undefined)
    problem(
      ['application', 'collectStatic'],
      undefined,
      `collects /static/, which is served by no one; set \`static: {}\` in ${here}, or remove collectStatic from the application's file, in lib/applications`,
    );
};

interface Annotated {
  readonly dashboards?: { readonly replicas: number; readonly serviceAnnotations: object };
  readonly ingress: { readonly annotations: object };
}

/** A kernel lives in one pod: with several, the ingress controller must be configured to keep a browser with its own. */
export const stickySessions = (ctx: z.core.ParsePayload<Annotated>): void => {
  const { dashboards, ingress } = ctx.value;
  if (!dashboards) return;
  const annotations = { ...dashboards.serviceAnnotations, ...ingress.annotations };
  if (dashboards.replicas === 1 || Object.keys(annotations).length > 0) return;
  ctx.issues.push({
    code: 'custom',
    path: ['dashboards', 'replicas'],
    input: dashboards.replicas,
    message:
      'would send browsers to pods that do not have their kernel; set dashboards.serviceAnnotations or ingress.annotations for sticky sessions',
  });
};

interface Routed {
  readonly metabase?: object;
  readonly ingress: { readonly className: string };
}

/** Metabase is at /metabase/ and does not know it: the ingress controller must take that off, which each does in its own way. */
export const prefixOfMetabase = (ctx: z.core.ParsePayload<Routed>): void => {
  if (ctx.issues.length > 0) return;
  const { metabase, ingress } = ctx.value;
  if (metabase === undefined || ingress.className === 'traefik') return;
  ctx.issues.push({
    code: 'custom',
    path: ['ingress', 'className'],
    input: ingress.className,
    message:
      "would pass /metabase/ on as it is, and Metabase answers at / only: how to take it off is known for Traefik alone; write 'traefik', or remove metabase",
  });
};
