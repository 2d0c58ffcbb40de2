/** Mutants that no rule catches: nothing is wrong with them, or something else does (held.ts). */
export interface Harmless {
  /** The operator's name. */
  readonly operator: string;
  /** Where, with `*` for any characters. */
  readonly where: string;
  /** Why it does no harm, or why manifests alone cannot tell: a sentence for the report. */
  readonly why: string;
}

const ORPHAN =
  'Nothing refers to it by name. What `kubectl apply` leaves behind under the old name, `npx coped plan` lists.';
const ISOLATED =
  'The policy allows nothing in the direction that it forgot, and default-deny isolates the pod there.';

/** Every survivor that is explained. One that is caught after all is a mistake in this list. */
export const harmless: readonly Harmless[] = [
  {
    operator: 'forgets a direction',
    where: 'NetworkPolicy/postgres spec.policyTypes: ["Ingress"]',
    why: ISOLATED,
  },
  {
    operator: 'forgets a direction',
    where: 'NetworkPolicy/*-bootstrap spec.policyTypes: ["Egress"]',
    why: ISOLATED,
  },
  {
    operator: 'forgets a direction',
    where: 'NetworkPolicy/migrate spec.policyTypes: ["Egress"]',
    why: ISOLATED,
  },
  {
    operator: 'forgets a direction',
    where: 'NetworkPolicy/backup spec.policyTypes: ["Egress"]',
    why: ISOLATED,
  },
  { operator: 'renames an object', where: 'ResourceQuota/quota *', why: ORPHAN },
  { operator: 'renames an object', where: 'LimitRange/limits *', why: ORPHAN },
  { operator: 'renames an object', where: 'NetworkPolicy/default-deny *', why: ORPHAN },
  { operator: 'renames an object', where: 'Ingress/ingress *', why: ORPHAN },
  {
    operator: 'renames an object',
    where: 'Certificate/*',
    why: 'What counts is the name of its Secret. cert-manager issues it again into the same one.',
  },
  {
    operator: 'scales without saying when',
    where: 'HorizontalPodAutoscaler/*',
    why: 'The API server fills in 80 % of the requested CPU, where the good ones say 70 %.',
  },
  {
    operator: 'swaps the port of a Service',
    where: 'Service/elasticsearch-nodes *',
    why: 'A headless Service translates no ports: nodes connect to the pods themselves, at 9300.',
  },
];
