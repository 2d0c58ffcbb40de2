import type { FakeCluster, FakePod } from './fake-cluster';

/** Whether a pod that logs in now gets in, with one of the values that it has. */
export function canLogIn(cluster: FakeCluster, pod: FakePod): boolean {
  return (['postgres', 'elasticsearch'] as const).every((server) => {
    const secret = `${server}-application`;
    if (!pod.mounts[secret]) return true;
    return ['password', 'previous-password'].some((key) => {
      const value = pod.files?.[`${secret}/${key}`];
      return value !== undefined && cluster.accepts(server, 'coped_application', value);
    });
  });
}
