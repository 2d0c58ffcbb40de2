import { development } from '../../../lib/environments/development';
import { modelOf } from '../model';

export const model = modelOf(development);
/** The name that a browser on a laptop asks for. */
export const HOST = development.host;
