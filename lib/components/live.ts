import { Construct } from 'constructs';
import { configMap, file } from '../kubernetes/config-files';
import type { ContainerProps } from '../kubernetes/container';
import { configFiles, type Mounted, scratch } from '../kubernetes/volumes';

/** What lets a server notice that its code was edited: see live.py. */
export class Live extends Construct {
  readonly mounted: Mounted = configFiles('live', '/live', 'live');

  constructor(scope: Construct, id: string) {
    super(scope, id);
    configMap(this, 'live', { 'live.py': file('django', 'live.py') });
  }
}

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
    command: ['sh', '-euc', file('django', 'copy-code.sh'), 'copy-code', folder],
    resources: { cpu: '25m', memory: '32Mi', memoryLimit: '128Mi' },
    mounts: [{ ...copied.mount, mountPath: '/code' }],
  };
  return { copied, copy };
}
