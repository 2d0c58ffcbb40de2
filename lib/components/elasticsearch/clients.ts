import { z } from 'zod';
import { absent } from '../../kubernetes/values';

/** How clients connect: by HTTPS, if absent. Whatever is set here, nodes encrypt what they say to each other. */
export const clients = {
  local: absent('belongs to hosted environments: a laptop speaks plain HTTP anyway; remove the key'),
  hosted: z
    .strictObject({
      /** Plain HTTP, for clients that cannot do otherwise. Why they cannot: a sentence for the security review. */
      plain: z.string().refine((reason) => reason.trim() !== '', {
        error: 'gives no reason; say why the clients cannot use HTTPS, for the security review',
      }),
    })
    .optional(),
};

/** Whether clients connect by HTTPS. */
export const speaksHttps = (
  certificates: object | undefined,
  settings?: { readonly clients?: object },
): boolean => certificates !== undefined && settings?.clients === undefined;
