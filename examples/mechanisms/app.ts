/**
 * The Kubernetes half: a Deployment for each mechanism.
 *   npx symbolon synth examples/mechanisms/app.ts
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { ack, aks, edge, eks, gke, identities } from './identities';
import { readFacts } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

/** What Azure and Entra made up, as the Pulumi program printed it: pulumi stack output --json > facts.json */
const facts = readFacts(JSON.parse(readFileSync(join(__dirname, 'facts.json'), 'utf8')));

export const app = new App();

for (const cluster of [eks, aks, gke, ack, edge]) {
  const chart = new Chart(app, cluster.name, { namespace: 'shop' });
  for (const definition of identities.filter(({ clusters }) => clusters.some(({ name }) => name === cluster.name))) {
    const deployment = new Deployment(chart, definition.name, { replicas: 1, containers: [{ name: 'app', image: 'shop/app:1' }] });
    new WorkloadIdentity(chart, `${definition.name}-identity`, { definition, cluster, facts }).attachTo(deployment);
  }
}

app.synth();
