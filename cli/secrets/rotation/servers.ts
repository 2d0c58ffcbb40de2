import type { Environment } from '../../../lib/environments/environment';
import type { Kubectl } from '../../cluster/kubectl';
import type { ServerName } from '../keys';
import { elasticsearchServer } from './elasticsearch';
import { postgresServer } from './postgres';
import type { Server } from './server';

export const serverOf = (name: ServerName, kubectl: Kubectl, environment: Environment): Server =>
  name === 'postgres' ? postgresServer(kubectl, environment) : elasticsearchServer(kubectl, environment);
