import { component } from '../component';
import { django } from './django';
import { djangoServer, serverPorts, serverSettings } from './server';

/** What programs and the dashboards' notebooks call. */
export const api = component({
  name: 'api',
  tier: 'web',
  software: 'django',
  image: django,
  ports: serverPorts,
  settings: { local: serverSettings.local.optional(), hosted: serverSettings.hosted.optional() },
  build: (given) => djangoServer('api', given, false),
});
