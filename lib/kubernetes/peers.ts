import { z } from 'zod';
import { network, within } from '../../formats/cidr';
import { cidr, integer, labelValues, objectName } from './values';

/** Addresses of a machine itself, and of the server that hands out a node's credentials in most clouds. */
const UNREACHABLE = ['127.0.0.0/8', '::1/128', '0.0.0.0/32', '169.254.169.254/32', 'fd00:ec2::254/128'];

const range = cidr
  .refine((text) => !text.endsWith('/0'), { error: 'is everybody; write the addresses that are meant' })
  .refine((text) => network(text) === text, {
    error:
      'is no range: it has digits behind its length; write the first address of the range, e.g. "10.0.0.0/8"',
  })
  .refine((text) => !UNREACHABLE.some((own) => within(own, text) || within(text, own)), {
    error:
      'is the machine itself, or where clouds keep the credentials of a node; write the addresses of the peer',
  });

/** Port of the peer, where it is another one than usual: a policy sees the port of the pod, not of a Service. */
const port = integer(1, 65535).optional();

export const podsPeer = z.strictObject({ namespace: objectName, labels: labelValues, port });
export const addressesPeer = z.strictObject({
  /** Ranges: `169.254.20.10/32` */
  addresses: z.array(range).min(1, { error: 'is no one; write at least one range of addresses' }),
  port,
});

/** What something outside is to a network policy: pods of another namespace, or addresses. */
export const peerValue = z.union([podsPeer, addressesPeer], {
  error: 'is no peer; write { namespace, labels } or { addresses }',
});
export type PeerValue = z.infer<typeof peerValue>;
