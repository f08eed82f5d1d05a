// region: app
import { ApiObject, App, Chart } from 'cdk8s';
import { prometheusRule } from 'symbolon';

const app = new App();
const chart = new Chart(app, 'alerts');
new ApiObject(chart, 'tokens', prometheusRule(
  { name: 'service-account-tokens', namespace: 'monitoring', labels: { release: 'kube-prometheus-stack' } },
  { selector: { job: 'apiserver' }, requestsPerSecond: 50 },
));
export default app;
// endregion
