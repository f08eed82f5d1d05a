/**
 * The same in a Pulumi program: both halves, and a chart whose workloads get their identities while they are registered. They
 * wait for the roles and service accounts. A ConfigGroup, a ConfigFile and any component take the same transforms.
 */
import { Chart } from '@pulumi/kubernetes/helm/v4/chart';
import { blue, report, web } from '../identities';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

const anchors = new TrustAnchors('prod-blue', { cluster: blue, aws: ['111122223333'] });
const webs = new WorkloadIdentity('web', { definition: web, halves: 'both' }, { dependsOn: anchors });
const reports = new WorkloadIdentity('report', { definition: report, halves: 'both' }, { dependsOn: anchors });

// region: transforms
new Chart('release', { chart: './shop', namespace: 'shop' }, {
  transforms: [
    webs.on(blue).transform(),
    reports.on(blue).transform({ workload: 'CronJob/release-report' }),
  ],
});
// endregion

export const symbolon = [webs, reports].map(identity => identity.facts);
