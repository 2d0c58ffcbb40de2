import { file } from '../../kubernetes/config-files';
import type { ContainerProps } from '../../kubernetes/container';
import { type Mounted, scratch } from '../../kubernetes/volumes';

/** A writable copy of a folder of an image, in its place. */
export interface Editable {
  readonly copied: Mounted;
  /** Fills it. */
  readonly copy: ContainerProps;
}

export function editable(image: string, folder: string): Editable {
  const copied = scratch('code', folder, '64Mi');
  const copy = {
    name: 'copy-code',
    image,
    command: ['sh', '-euc', file(__dirname, 'copy-code.sh'), 'copy-code', folder],
    resources: { cpu: '25m', memory: '32Mi', memoryLimit: '128Mi' },
    mounts: [{ ...copied.mount, mountPath: '/code' }],
  };
  return { copied, copy };
}
