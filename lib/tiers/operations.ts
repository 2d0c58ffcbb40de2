import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Backup } from '../components/backup';
import { Migrate } from '../components/migrate';
import type { Environment } from '../environments/environment';
import type { DataTier } from './data';
import { tierProps } from './tier';
import type { WebTier } from './web';

/** What runs at night or by hand, where people rely on the data. */
export class OperationsTier extends Chart {
  constructor(scope: Construct, environment: Environment, { postgres }: DataTier, { django }: WebTier) {
    super(scope, '50-operations', tierProps(environment, 'operations'));

    if (environment.migrate) {
      new Migrate(this, 'migrate', { ...environment.migrate, django });
    }
    if (environment.backup) {
      new Backup(this, 'backup', { ...environment.backup, image: environment.images.postgres, postgres });
    }
  }
}
