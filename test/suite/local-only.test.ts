import { refusal } from '../../cli/cluster/local-only';

test.each([
  ['kind-coped', 'https://127.0.0.1:6443'],
  ['kind-coped', 'https://[::1]:6443'],
  ['kind-coped', 'https://localhost:6443'],
  ['minikube', 'https://192.168.49.2:8443'],
  ['docker-desktop', 'https://kubernetes.docker.internal:6443'],
  ['colima', 'https://127.0.0.1:6443'],
  ['k3d-coped', 'https://172.18.0.3:6443'],
  ['k3d-coped', 'https://0.0.0.0:46221'],
  ['kind-coped', 'https://[fd00::3]:6443'],
])('runs on %s at %s', (context, server) => {
  expect(refusal(context, server)).toBeUndefined();
});

test.each([
  // A local name is not enough …
  ['kind-coped', 'https://203.0.113.7:6443', 'not on this machine'],
  ['minikube', 'https://api.example.org', 'not on this machine'],
  ['kind-coped', 'https://localhost.example.org:6443', 'not on this machine'],
  ['kind-coped', 'https://172.32.0.1:6443', 'not on this machine'],
  ['kind-coped', 'https://127.0.0.1.example.org', 'not on this machine'],
  // … nor is a local address.
  ['production', 'https://127.0.0.1:6443', 'is not one of kind'],
  ['my-kind-production', 'https://127.0.0.1:6443', 'is not one of kind'],
  ['minikube-not', 'https://192.168.49.2:8443', 'is not one of kind'],
  ['', 'https://127.0.0.1:6443', 'is not one of kind'],
  ['kind-coped', 'https://0.0.0.0.example.org:6443', 'not on this machine'],
  ['kind-coped', '', 'has no address'],
  ['kind-coped', 'nonsense', 'has no address'],
])('refuses "%s" at "%s"', (context, server, reason) => {
  expect(refusal(context, server)).toContain(reason);
});
