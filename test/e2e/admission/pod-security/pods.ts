import { ALLOWED, ALWAYS, type Row } from './case';

const sysctl = (...names: string[]) => ({
  spec: { securityContext: { sysctls: names.map((name) => ({ name, value: '1' })) } },
});

const APPARMOR = 'container.apparmor.security.beta.kubernetes.io';
const annotation = (key: string, value: string) => ({ metadata: { annotations: { [key]: value } } });

/** What only pods have. */
export const podRows: readonly Row[] = [
  [{}, ALLOWED],
  ...['hostNetwork', 'hostPID', 'hostIPC'].flatMap((field): Row[] => [
    [{ spec: { [field]: false } }, ALLOWED],
    [{ spec: { [field]: true } }, { hostNamespaces: ALWAYS }],
  ]),

  [sysctl(), ALLOWED],
  [sysctl('kernel.shm_rmid_forced'), ALLOWED],
  [sysctl('net.ipv4.ip_local_port_range'), ALLOWED],
  [sysctl('net.ipv4.ip_unprivileged_port_start'), ALLOWED],
  [sysctl('net.ipv4.ping_group_range'), ALLOWED],
  [sysctl('net.ipv4.tcp_syncookies'), ALLOWED],
  [sysctl('net.ipv4.ip_local_reserved_ports'), ALLOWED],
  [sysctl('net.ipv4.tcp_fin_timeout'), { sysctls: { before: 29 } }],
  [sysctl('net.ipv4.tcp_keepalive_intvl'), { sysctls: { before: 29 } }],
  [sysctl('net.ipv4.tcp_keepalive_probes'), { sysctls: { before: 29 } }],
  [sysctl('net.ipv4.tcp_keepalive_time'), { sysctls: { before: 29 } }],
  [sysctl('net.ipv4.tcp_rmem'), { sysctls: { before: 32 } }],
  [sysctl('net.ipv4.tcp_wmem'), { sysctls: { before: 32 } }],
  [sysctl('net.ipv4.tcp_notsent_lowat'), { sysctls: { before: 37 } }],
  [sysctl('net.ipv4.tcp_slow_start_after_idle'), { sysctls: { before: 37 } }],
  [sysctl('kernel.msgmax'), { sysctls: ALWAYS }],
  [sysctl('vm.max_map_count'), { sysctls: ALWAYS }],
  [sysctl('net.ipv4.tcp_syncookies', 'net.core.somaxconn'), { sysctls: ALWAYS }],

  [annotation(`${APPARMOR}/web`, 'runtime/default'), ALLOWED],
  [annotation(`${APPARMOR}/web`, 'localhost/web'), ALLOWED],
  [annotation(`${APPARMOR}/web`, 'unconfined'), { appArmorProfile: ALWAYS }],
  [annotation(`${APPARMOR}/sidecar`, 'unconfined'), { appArmorProfile: ALWAYS }],
  [annotation(`${APPARMOR}/web`, ''), ALLOWED],
  [annotation(`${APPARMOR}/web`, 'runtime/defaults'), { appArmorProfile: ALWAYS }, 'unheard'],
  // Without a meaning for today's versions.
  [annotation('seccomp.security.alpha.kubernetes.io/pod', 'unconfined'), ALLOWED, 'unheard'],
  [annotation('container.seccomp.security.alpha.kubernetes.io/web', 'unconfined'), ALLOWED],
  [annotation('example.org/apparmor', 'unconfined'), ALLOWED],

  [{ spec: { hostUsers: false } }, ALLOWED],
  [{ spec: { hostUsers: true } }, ALLOWED],
  [{ spec: { securityContext: { fsGroup: 0, supplementalGroups: [0], runAsGroup: 0 } } }, ALLOWED],
];
