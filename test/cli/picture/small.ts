import type { Graph, Link, Party } from '../../../cli/picture/graph/graph';

export const party = (id: string, more: Partial<Party> = {}): Party => ({
  id,
  title: id,
  role: 'server',
  several: false,
  facts: [],
  fate: 'same',
  ...more,
});

export const link = (from: string, to: string, door: string, more: Partial<Link> = {}): Link => ({
  from,
  to,
  door,
  refused: false,
  fate: 'same',
  ...more,
});

export const graph = (parties: readonly Party[], links: readonly Link[] = []): Graph => ({
  environment: 'test',
  namespace: 'coped-test',
  parties,
  links,
  notes: [],
});
