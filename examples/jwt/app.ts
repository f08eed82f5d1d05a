/**
 * The API's own cluster, by cdk8s: what it verifies by, as a file of its pods, and for an API behind an Istio proxy as policies.
 *   npx cdk8s synth --app 'npx ts-node examples/jwt/app.ts'
 */
import { ApiObject, App, Chart } from 'cdk8s';
import { REPORTS, checkout, nightly } from './identities';
import { istioPolicies, planWorkloadIdentities, tokenVerifier } from 'symbolon';

export const app = new App();
const chart = new Chart(app, 'reports-callers');

// region: verifier
const verifier = tokenVerifier(planWorkloadIdentities([checkout, nightly]), REPORTS);

new ApiObject(chart, 'file', {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'reports-callers', namespace: 'reports' },
  data: { 'verifier.json': JSON.stringify(verifier, null, 2) },
});
// endregion

// region: istio
istioPolicies(verifier, { name: 'reports-callers', namespace: 'reports', matchLabels: { app: 'reports' } })
  .forEach(policy => new ApiObject(chart, policy.kind, policy));
// endregion
