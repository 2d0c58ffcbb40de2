import { containers, workloads } from '../../manifests/workloads';
import { rule } from '../../rule';

export const secretVariables = rule({
  id: 'secret-variables',
  what: 'A secret reaches a program as an environment variable.',
  why: 'Variables are handed to every child process, printed by error pages and crash reports, and shown by `docker inspect` and its likes. A file is read by the one who opens it, and changes with its Secret.',
  remedy: 'Mount the Secret as a file and name the file in a `…_FILE` variable.',
  link: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/#restrict-access-to-secrets-to-specific-containers',
  find: ({ manifests }) =>
    workloads(manifests)
      .flatMap(containers)
      .flatMap(({ path, spec }) => [
        ...(spec.env ?? [])
          .filter(({ valueFrom }) => valueFrom?.secretKeyRef)
          .map(({ name }) => finding(`${path}.env[${name}].valueFrom.secretKeyRef`)),
        ...(spec.envFrom ?? []).flatMap(({ secretRef }, i) =>
          secretRef ? [finding(`${path}.envFrom[${i}].secretRef`)] : [],
        ),
      ]),
});

const finding = (where: string) => ({
  where,
  wrong: 'puts a secret into the environment of the process and of all its children',
  remedy: 'Mount it as a file; for an image that cannot read files, write an exception with the reason',
});
