import { POSTGRES_USER_ID } from '../../lib/components/postgres/postgres';
import type { ClusterSettings } from '../../lib/environments/cluster';
import { tolerationOf } from '../../lib/kubernetes/placement';

// The image is PostgreSQL's, because every environment can get it; of it only Perl is used, which Debian always has.
const PORT = 8080;

const LISTEN = `
  use IO::Socket::INET;
  my $server = IO::Socket::INET->new(LocalPort => ${PORT}, Listen => 5, ReuseAddr => 1) or die "cannot listen: $!";
  $SIG{TERM} = sub { exit };
  close $_ while $_ = $server->accept;
`;

/** Says how it ended and never fails: a refusal is an answer, too. */
const TRY = `
  use IO::Socket::INET;
  print("unknown"), exit unless gethostbyname($ARGV[0]);
  print IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => ${PORT}, Timeout => 2) ? "connected" : "stopped";
`;

/** Followed by the address or the name to call. */
export const CALL = ['perl', '-e', TRY];

/** Only its name is looked for. */
export const RESOLVE = ['perl', '-e', 'print gethostbyname($ARGV[0]) ? "connected" : "unknown"'];

const pod = (
  name: string,
  image: string,
  command: readonly string[],
  more: object,
  spec: object = {},
): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { role: name } },
  spec: {
    ...spec,
    // It ends even if this process has died.
    activeDeadlineSeconds: 900,
    terminationGracePeriodSeconds: 1,
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: POSTGRES_USER_ID,
      runAsGroup: POSTGRES_USER_ID,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name,
        image,
        imagePullPolicy: 'IfNotPresent',
        command,
        ...more,
        resources: { requests: { cpu: '5m', memory: '16Mi' }, limits: { memory: '64Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        },
      },
    ],
  },
});

type Nodes = ClusterSettings['nodes'];

/** On the nodes that our own pods run on. */
const placed = ({ selector, tolerations }: Nodes) => ({
  ...(Object.keys(selector).length > 0 && { nodeSelector: selector }),
  ...(tolerations.length > 0 && { tolerations: tolerations.map(tolerationOf) }),
});

/** Not before it listens is it ready. */
export const listenerPod = (image: string, nodes: Nodes): object =>
  pod(
    'listener',
    image,
    ['perl', '-e', LISTEN],
    { readinessProbe: { exec: { command: [...CALL, '127.0.0.1'] }, periodSeconds: 2, timeoutSeconds: 5 } },
    placed(nodes),
  );

/** @param apart on another machine than the listener's, where there are two */
export const callerPod = (image: string, nodes: Nodes, apart: boolean): object =>
  pod('caller', image, ['sleep', '900'], {}, { ...placed(nodes), ...(apart && { affinity: APART }) });

const APART = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { role: 'listener' } } },
    ],
  },
};

/** The listener by its name, as components find each other. */
export const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'listener' },
  spec: { selector: { role: 'listener' }, ports: [{ port: PORT }] },
} as const;

/** Denies all ingress. */
export const DENIAL = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny' },
  spec: { podSelector: { matchLabels: { role: 'listener' } }, policyTypes: ['Ingress'] },
} as const;
