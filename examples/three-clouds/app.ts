/**
 * The Kubernetes half, as a cdk8s app: `symbolon synth examples/three-clouds/app.ts` renders it, renders the cloud half
 * beside it, and proves that they fit.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Deployment, Pod } from 'cdk8s-plus-28';
import { aks, blobWriter, eks, gcsReader, gke, s3Reader } from './identities';
import { readFacts } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

/** What the Pulumi program printed: pulumi stack output --json > facts.json */
const facts = readFacts(JSON.parse(readFileSync(join(__dirname, 'facts.json'), 'utf8')));

export const app = new App();

const azure = new Chart(app, 'aks', { namespace: 'default' });
const writer = new Pod(azure, 'aks-workload-identity-demo', {
  containers: [{ name: 'app', image: 'mcr.microsoft.com/azure-cli:2.64.0', command: ['sleep', 'infinity'] }],
});
new WorkloadIdentity(azure, 'identity', { definition: blobWriter, cluster: aks, facts }).attachTo(writer);

const amazon = new Chart(app, 'eks', { namespace: 'default' });
const reader = new Deployment(amazon, 'eks-irsa-demo', {
  containers: [{ name: 'app', image: 'amazon/aws-cli:2.17.0', command: ['sleep', 'infinity'] }],
});
new WorkloadIdentity(amazon, 'identity', { definition: s3Reader, cluster: eks }).attachTo(reader);

const google = new Chart(app, 'gke', { namespace: 'default' });
const viewer = new Pod(google, 'gke-workload-identity-demo', {
  containers: [{ name: 'app', image: 'google/cloud-sdk:489.0.0-slim', command: ['sleep', 'infinity'] }],
});
new WorkloadIdentity(google, 'identity', { definition: gcsReader, cluster: gke }).attachTo(viewer);

app.synth();
