import { COPY_CODE, type Needs } from '../../../analysis/needs';

const DASHBOARD = '/dashboards/voila/templates/base/static/require.min.js';

/** Notebooks that people look at. */
export const dashboards = {
  dashboards: {
    dashboards: {
      settings: ['API_URL'],
      path: '/dashboards/',
      filled: { '/notebooks': 'copy-code' },
      runs: ['voila /notebooks', '--base_url=/dashboards/', '--Voila.ip=0.0.0.0', '--port=8866'],
      asked: { startupProbe: DASHBOARD, readinessProbe: DASHBOARD, livenessProbe: DASHBOARD },
      user: 10001,
      // Kernels, connection files and the caches of the libraries.
      written: ['/tmp'],
      beside: { 'copy-code': { written: ['/notebooks'] } },
      listens: [8866],
      lingers: true,
      // A kernel lives in one pod.
      remembers: true,
    },
    'copy-code': COPY_CODE,
  },
} satisfies Readonly<Record<string, Readonly<Record<string, Needs>>>>;
