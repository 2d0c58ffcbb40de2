import type { Verdict } from '../e2e/network/judgement';
import { type Judged, table } from '../e2e/network/table';

const peer = { address: '' };
const judged = (from: string, to: string, port: number, connects: boolean, verdict: Verdict): Judged => ({
  source: { name: from, namespace: 'n', pod: from, address: '', node: '', peer },
  target: {
    name: to,
    port,
    address: '',
    protocol: 'TCP',
    kind: verdict === 'control' ? 'outside' : 'probe',
    peer,
  },
  connects,
  verdict,
});

test('rows are sources, columns targets', () => {
  const lines = table(
    [
      judged('web', 'postgres', 5432, true, 'right'),
      judged('web', 'web', 8000, false, 'right'),
      judged('web', 'web', 9300, false, 'right'),
      judged('backup', 'postgres', 5432, true, 'right'),
      judged('backup', 'postgres', 5432, false, 'broken'),
      judged('backup', 'web', 8000, false, 'unproven'),
      judged('impostor', 'internet', 443, true, 'control'),
    ],
    ['web:8000', 'postgres:5432', 'api:8000'],
  );
  expect(lines.slice(0, 9).map((line) => line.trim().replace(/ +/g, ' '))).toEqual([
    '1 web:8000',
    '2 postgres:5432',
    '3 any other port',
    '4 internet:443',
    '',
    '1 2 3 4',
    'web · yes ·',
    'backup ? !',
    'impostor (yes)',
  ]);
});
