/** The policies as a chart of cdk8s, for whoever administers the cluster. */
import { ApiObject, App, Chart } from 'cdk8s';
import { blue, checkout, stock } from './identities';
import { admissionPolicies } from 'symbolon';

// region: policies
const policies = admissionPolicies([checkout, stock], {
  cluster: blue,
  also: [
    { namespace: 'shop', audiences: { 'istio-ca': 43200 } },
    { namespace: 'shop', serviceAccount: 'default' },
  ],
});
// endregion

export const app = new App();
const chart = new Chart(app, 'guardrails');
for (const policy of policies) new ApiObject(chart, `${policy.kind}-${policy.metadata.name}`, policy);
app.synth();
