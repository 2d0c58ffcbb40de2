import { type ApiObject, JsonPatch } from 'cdk8s';

/** For kinds that live in no namespace: cdk8s writes the chart's into every object. */
export const clusterScoped = (object: ApiObject): void =>
  object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
