import type { Construct } from 'constructs';
import type { Command } from '../../application';
import type { ContainerProps } from '../../kubernetes/container';
import type { Identity } from '../../kubernetes/labels';
import type { Resources } from '../../kubernetes/values';
import { scratch } from '../../kubernetes/volumes';
import { type DeploymentProps, deployment } from '../../kubernetes/workloads';
import type { DjangoConnection } from './django';
import { prepare, program } from './server';

interface Celery
  extends Pick<DeploymentProps, 'replicas' | 'alone' | 'resilient' | 'gracePeriod'>,
    Pick<ContainerProps, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  readonly command: Command;
  readonly resources: Resources;
}

/** A program of Celery's beside the servers. It waits for the schema of its release as they do, and nothing connects to it. */
export function celery(
  scope: Construct,
  identity: Identity,
  django: DjangoConnection,
  { command, resources, startupProbe, readinessProbe, livenessProbe, ...how }: Celery,
): void {
  const tmp = scratch('tmp', '/tmp', '256Mi');
  deployment(scope, {
    ...identity,
    ...how,
    user: django.program.user,
    volumes: [tmp.volume, django.application.secrets.volume],
    initContainers: [prepare('wait-for-schema', django, django.application, tmp, resources)],
    containers: [
      {
        ...program(django, django.application, command, tmp),
        name: identity.component,
        resources,
        ephemeralStorage: '512Mi',
        startupProbe,
        readinessProbe,
        livenessProbe,
      },
    ],
  });
}
