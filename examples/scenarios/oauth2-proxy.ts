/**
 * People log in to a service through oauth2-proxy; a job in the cluster comes through the same proxy with its own token.
 * The proxy trusts the cluster's issuer for exactly one audience, and both sides are written from one definition. The
 * issuer is no login provider: it has no page to log in at, so people log in somewhere else.
 */
import { App, Chart, Cron } from 'cdk8s';
import { CronJob, Deployment, EnvValue, Secret, Volume } from 'cdk8s-plus-28';
import { prod } from './cluster';
import { defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

const REPORTS = 'https://reports.example.com';

// region: definition
export const nightly = defineWorkloadIdentity({
  name: 'nightly-report',
  namespace: 'reports',
  clusters: [prod],
  tokens: { reports: { audience: REPORTS, expirationSeconds: 900 } },
});
// endregion

export const app = new App();
const chart = new Chart(app, 'oauth2-proxy', { namespace: 'reports' });

const login = Secret.fromSecretName(chart, 'login', 'oauth2-proxy');
const proxy = new Deployment(chart, 'proxy', {
  containers: [{
    name: 'oauth2-proxy',
    image: 'quay.io/oauth2-proxy/oauth2-proxy:v7.8.1',
    port: 4180,
    args: [
      '--http-address=0.0.0.0:4180',
      '--upstream=http://reports.reports.svc:8080',
      '--provider=oidc',
      '--oidc-issuer-url=https://login.example.com',
      '--client-id=reports',
      '--client-secret-file=/etc/oauth2-proxy/client-secret',
      '--email-domain=*',
      // region: flags
      // Requests with a token of one of these issuers need no login.
      '--skip-jwt-bearer-tokens=true',
      `--extra-jwt-issuers=${prod.issuer ?? ''}=${nightly.tokens.reports?.audience ?? ''}`,
      // endregion
    ],
    envVariables: { OAUTH2_PROXY_COOKIE_SECRET: EnvValue.fromSecretValue({ secret: login, key: 'cookie-secret' }) },
    volumeMounts: [{ path: '/etc/oauth2-proxy', volume: Volume.fromSecret(chart, 'login-files', login) }],
  }],
});
proxy.exposeViaService({ name: 'reports-proxy' });

const job = new CronJob(chart, 'nightly', {
  schedule: Cron.schedule({ minute: '0', hour: '3' }),
  containers: [{ name: 'report', image: 'reports/nightly:1.9', envVariables: { REPORTS_URL: EnvValue.fromValue('http://reports-proxy.reports.svc:4180') } }],
});
new WorkloadIdentity(chart, 'identity', { definition: nightly, cluster: prod }).attachTo(job);
