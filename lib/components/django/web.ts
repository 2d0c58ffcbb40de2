import { component } from '../component';
import { django } from './django';
import { djangoServer, serverPorts, serverSettings } from './server';

/** The site that people open. On a laptop its pods prepare the database. */
export const web = component({
  name: 'web',
  tier: 'web',
  software: 'django',
  image: django,
  ports: serverPorts,
  settings: serverSettings,
  build: (given) => djangoServer('web', given, true),
});
