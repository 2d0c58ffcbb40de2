import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Dashboards } from '../components/dashboards';
import { Django, type DjangoConnection } from '../components/django';
import { DjangoServer, type HttpBackend } from '../components/django-server';
import { Live } from '../components/live';
import { type Environment, hostsOf, requiresRealSecrets } from '../environments/environment';
import type { DataTier } from './data';
import { tierProps } from './tier';

/** What people and programs talk to. */
export class WebTier extends Chart {
  readonly django: DjangoConnection;
  readonly web: HttpBackend;
  readonly api: HttpBackend;
  readonly dashboards: HttpBackend;

  constructor(scope: Construct, environment: Environment, { postgres, elasticsearch }: DataTier) {
    super(scope, '30-web', tierProps(environment, 'web'));
    const { images, resilient } = environment;

    const { connection: django } = new Django(this, 'django', {
      settings: environment.django,
      image: images.django,
      // Notebooks call the API by the name of its Service.
      allowedHosts: [...hostsOf(environment), 'api'],
      postgres,
      elasticsearch,
      realSecrets: requiresRealSecrets(environment),
    });
    this.django = django;
    const live = environment.django.reload ? new Live(this, 'live').mounted : undefined;
    this.web = new DjangoServer(this, 'web', {
      ...environment.web,
      component: 'web',
      django,
      preparesDatabase: true,
      resilient,
      live,
    }).backend;
    this.api = new DjangoServer(this, 'api', {
      ...environment.api,
      component: 'api',
      django,
      preparesDatabase: false,
      resilient,
      live,
    }).backend;
    this.dashboards = new Dashboards(this, 'dashboards', {
      ...environment.dashboards,
      image: images.dashboards,
      api: this.api,
      resilient,
      editable: environment.django.reload,
    }).backend;
  }
}
