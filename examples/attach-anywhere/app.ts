/**
 * Identities for workloads that somebody else wrote: `symbolon synth examples/attach-anywhere/app.ts`.
 */
import { join } from 'node:path';
import { ApiObject, App, Chart, Include } from 'cdk8s';
import { Job, k8s } from 'cdk8s-plus-34';
import { audit, blue, report, web } from './identities';
import { WorkloadIdentity } from 'symbolon/cdk8s';

export const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });

const release = new Include(chart, 'release', { url: join(__dirname, 'release.yaml') });

// region: all
// All workloads of the release that run as its service account, which gets the role's annotation.
new WorkloadIdentity(chart, 'web', { definition: web, cluster: blue }).attachToAll(release);
// endregion

// region: identity
const reports = new WorkloadIdentity(chart, 'report', { definition: report, cluster: blue });
// endregion

// region: one
// One workload of the release, by name; labels and namespaces would do as well.
reports.attachTo(release, { workload: 'CronJob/release-report' });
// endregion

// region: own
// Workloads of our own: cdk8s-plus, classes of `cdk8s import`, plain objects.
const backfill = new Job(chart, 'backfill', { containers: [{ name: 'report', image: 'shop/report:1.4' }] });
const exporter = new k8s.KubeDeployment(chart, 'exporter', {
  metadata: { name: 'exporter' },
  spec: {
    selector: { matchLabels: { app: 'exporter' } },
    template: { metadata: { labels: { app: 'exporter' } }, spec: { containers: [{ name: 'report', image: 'shop/report:1.4' }] } },
  },
});
const shell = new ApiObject(chart, 'shell', {
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shell' }, spec: { containers: [{ name: 'report', image: 'shop/report:1.4' }] },
});
reports.attachTo(backfill).attachTo(exporter).attachTo(shell);
// endregion

// region: second
// A second identity in a pod that has one: its token comes beside the others. What two of them both claim is a finding.
new WorkloadIdentity(chart, 'audit', { definition: audit, cluster: blue }).attachTo(exporter);
// endregion

app.synth();
