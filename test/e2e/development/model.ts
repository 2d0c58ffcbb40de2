import { development } from '../../../lib/environments/development';
import { modelOf } from '../model';
import type { Site } from '../site/site';
import type { Settings } from '../step';

export const model = modelOf(development);
/** The name that a browser on a laptop asks for. */
export const HOST = development.host;

export const throughIngress = ({ ingress }: Settings): Site => ({ address: ingress, host: HOST });
