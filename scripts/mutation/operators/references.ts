import { along, remove, set, when, within } from '../change';
import { type Operator, onContainers, onObjects, onPods } from '../mutant';

const WITH_PODS = ['Deployment', 'StatefulSet'];
const COMPONENT = '[app.kubernetes.io/component]';
const SOURCES = 'volumes.*.{projected}.{sources}.*';
const MODE = 'volumes.*.{secret,configMap,projected}.defaultMode';

/** The host in an address, or an address that is a host alone. */
const elsewhere = (address: unknown) =>
  String(address).replace(/(?<=:\/\/)[^:/]+|^(?!.*:\/\/).*$/s, 'nowhere');

/** References: a name, a key or a label is wrong. */
export const references: readonly Operator[] = [
  ...onPods({
    'misspells an account': set('serviceAccountName', 'missing'),
    'drops a volume': remove('volumes.*'),
    're-points a volume': [
      set('volumes.*.{configMap}.name', 'nothing'),
      set('volumes.*.{secret}.secretName', 'nothing'),
      set('volumes.*.{persistentVolumeClaim}.claimName', 'nothing'),
      set(`${SOURCES}.secret.name`, 'nothing'),
      set(`${SOURCES}.secret.items.0.key`, 'nothing'),
      set(`${SOURCES}.secret.items.0.path`, 'nothing'),
      remove(SOURCES),
    ],
    'makes files unreadable': [
      set(MODE, 0),
      // For root alone.
      along(remove('securityContext.fsGroup'), set(MODE, 256)),
    ],
  }),
  ...onContainers({
    'drops a mount': remove('volumeMounts.*'),
    'mounts at another path': set('volumeMounts.*.mountPath', '/elsewhere'),
    'misspells a mount': set('volumeMounts.*.name', 'nothing'),
    'misspells the configuration of a container': set('envFrom.*.configMapRef.name', 'nothing'),
    'drops a variable': remove('env.*'),
    're-points a file variable': set('env./_FILE$/.value', '/nowhere/password'),
    're-points an address': [
      within('env.*', when('value', /:\/\//, set('value', elsewhere))),
      within('env./HOST(NAME)?$/', when('value', /^(?!.*:\/\/)/, set('value', elsewhere))),
    ],
  }),
  ...onObjects(['ConfigMap', 'Secret'], {
    'drops a key of configuration': remove('data.*'),
  }),
  ...onObjects(['ConfigMap'], {
    're-points an address in configuration': set('data.*', (value, _, [, key = '']) =>
      /_HOST(NAME)?$|_URL$/.test(key) || /^https?:\/\//.test(String(value)) ? elsewhere(value) : undefined,
    ),
    're-points a file in configuration': set('data./_FILE$/', '/nowhere/password'),
  }),
  ...onObjects(WITH_PODS, {
    'changes the selector of a workload': [
      set(`spec.selector.matchLabels${COMPONENT}`, 'wbe'),
      remove(`spec.selector.matchLabels${COMPONENT}`),
    ],
    'changes the labels of pods': [
      set(`spec.template.metadata.labels${COMPONENT}`, 'wbe'),
      remove(`spec.template.metadata.labels${COMPONENT}`),
    ],
  }),
  ...onObjects(['Service'], {
    'changes the selector of a Service': [
      set(`spec.selector${COMPONENT}`, 'wbe'),
      remove(`spec.selector${COMPONENT}`),
    ],
  }),
  ...onObjects(['PodDisruptionBudget'], {
    'changes the selector of a disruption budget': [
      set(`spec.selector.matchLabels${COMPONENT}`, 'wbe'),
      remove(`spec.selector.matchLabels${COMPONENT}`),
    ],
  }),
  ...onObjects(['StatefulSet'], {
    're-points a StatefulSet': set('spec.serviceName', 'nothing'),
  }),
  ...onObjects(['HorizontalPodAutoscaler'], {
    're-points an autoscaler': [
      set('spec.scaleTargetRef.name', 'nothing'),
      set('spec.scaleTargetRef.kind', 'StatefulSet'),
    ],
  }),
  ...onObjects(['Certificate'], {
    're-points a certificate': [
      set('spec.secretName', 'nothing'),
      set('spec.issuerRef', { kind: 'Issuer', name: 'missing' }),
    ],
  }),
];
