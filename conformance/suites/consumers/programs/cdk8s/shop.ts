import { Chart, Cron } from 'cdk8s';
import { CronJob, Deployment } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { blue, checkout, report } from './identities';
import { WorkloadIdentity } from 'symbolon/cdk8s';

export class Shop extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: id });

    const deployment = new Deployment(this, 'checkout');
    new WorkloadIdentity(this, 'identity', { definition: checkout(id), cluster: blue }).attachTo(deployment);
    // Containers may come later.
    deployment.addContainer({ name: 'app', image: 'shop/checkout:1.0' });

    const job = new CronJob(this, 'report', {
      schedule: Cron.daily(),
      containers: [{ name: 'app', image: 'shop/report:1.0' }],
    });
    new WorkloadIdentity(this, 'report-identity', { definition: report(id), cluster: blue }).attachTo(job);
  }
}
