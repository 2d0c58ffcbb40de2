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
  onPods('misspells an account', set('serviceAccountName', 'missing')),
  onPods('drops a volume', remove('volumes.*')),
  onPods(
    're-points a volume',
    set('volumes.*.{configMap}.name', 'nothing'),
    set('volumes.*.{secret}.secretName', 'nothing'),
    set('volumes.*.{persistentVolumeClaim}.claimName', 'nothing'),
    set(`${SOURCES}.secret.name`, 'nothing'),
    set(`${SOURCES}.secret.items.0.key`, 'nothing'),
    set(`${SOURCES}.secret.items.0.path`, 'nothing'),
    remove(SOURCES),
  ),
  onPods(
    'makes files unreadable',
    set(MODE, 0),
    // For root alone.
    along(remove('securityContext.fsGroup'), set(MODE, 256)),
  ),
  onContainers('drops a mount', remove('volumeMounts.*')),
  onContainers('mounts at another path', set('volumeMounts.*.mountPath', '/elsewhere')),
  onContainers('misspells a mount', set('volumeMounts.*.name', 'nothing')),
  onContainers('misspells the configuration of a container', set('envFrom.*.configMapRef.name', 'nothing')),
  onContainers('drops a variable', remove('env.*')),
  onContainers('re-points a file variable', set('env./_FILE$/.value', '/nowhere/password')),
  onContainers(
    're-points an address',
    within('env.*', when('value', /:\/\//, set('value', elsewhere))),
    within('env./HOST(NAME)?$/', when('value', /^(?!.*:\/\/)/, set('value', elsewhere))),
  ),
  onObjects('drops a key of configuration', ['ConfigMap', 'Secret'], remove('data.*')),
  onObjects(
    're-points an address in configuration',
    ['ConfigMap'],
    set('data.*', (value, _, [, key = '']) =>
      /_HOST(NAME)?$|_URL$/.test(key) || /^https?:\/\//.test(String(value)) ? elsewhere(value) : undefined,
    ),
  ),
  onObjects('re-points a file in configuration', ['ConfigMap'], set('data./_FILE$/', '/nowhere/password')),
  onObjects(
    'changes the selector of a workload',
    WITH_PODS,
    set(`spec.selector.matchLabels${COMPONENT}`, 'wbe'),
    remove(`spec.selector.matchLabels${COMPONENT}`),
  ),
  onObjects(
    'changes the labels of pods',
    WITH_PODS,
    set(`spec.template.metadata.labels${COMPONENT}`, 'wbe'),
    remove(`spec.template.metadata.labels${COMPONENT}`),
  ),
  onObjects(
    'changes the selector of a Service',
    ['Service'],
    set(`spec.selector${COMPONENT}`, 'wbe'),
    remove(`spec.selector${COMPONENT}`),
  ),
  onObjects(
    'changes the selector of a disruption budget',
    ['PodDisruptionBudget'],
    set(`spec.selector.matchLabels${COMPONENT}`, 'wbe'),
    remove(`spec.selector.matchLabels${COMPONENT}`),
  ),
  onObjects('re-points a StatefulSet', ['StatefulSet'], set('spec.serviceName', 'nothing')),
  onObjects(
    're-points an autoscaler',
    ['HorizontalPodAutoscaler'],
    set('spec.scaleTargetRef.name', 'nothing'),
    set('spec.scaleTargetRef.kind', 'StatefulSet'),
  ),
  onObjects(
    're-points a certificate',
    ['Certificate'],
    set('spec.secretName', 'nothing'),
    set('spec.issuerRef', { kind: 'Issuer', name: 'missing' }),
  ),
];
