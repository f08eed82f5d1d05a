import type { Row } from './rules';

/** How a request for a token is seen in the API server's own metrics. There is no metric for token requests alone. */
const REQUEST = ['resource="serviceaccounts"', 'subresource="token"', 'verb="POST"'];
const FAILED = 'code=~"5..|429"';
const REFUSED = ['code=~"4.."', 'code!="429"'];
const METRIC = 'apiserver_request_total';

/** What kubelets, and others, ask of the API server. */
export const TOKEN_REQUESTS: readonly Row[] = [
  {
    alert: 'ServiceAccountTokenRequestsFail',
    severity: 'critical',
    for: '10m',
    expr: (series, { failedRatio }) => `${series.rate(METRIC, [...REQUEST, FAILED])} / ${series.rate(METRIC, REQUEST)} > ${failedRatio}`,
    summary: 'Requests for service account tokens fail.',
    description: '{{ $value | humanizePercentage }} of the token requests fail on the side of the API server. New pods that mount tokens do not start, and running ones keep the old token until it ends: a fifth of its lifetime is left.',
    runbook: 'Look at the API server: etcd, admission webhooks, priority and fairness (429), the external signer if there is one. Pods show it as Warning events with the reason FailedMount. If it lasts, those with the shortest lifetime lose their tokens first.',
  },
  {
    alert: 'ServiceAccountTokenRequestsRefused',
    severity: 'warning',
    for: '15m',
    expr: (series, { refusedRatio }) => `${series.rate(METRIC, [...REQUEST, ...REFUSED])} / ${series.rate(METRIC, REQUEST)} > ${refusedRatio}`,
    summary: 'Requests for service account tokens are refused.',
    description: '{{ $value | humanizePercentage }} of the token requests are refused. Some are with every pod that goes (404, 409); this many are a node, a CSI driver or a controller that asks for what it may not have.',
    runbook: 'Group apiserver_request_total by code. 403: a node asks for an audience that its pod does not name (a CSI driver whose CSIDriver object lacks tokenRequests needs request-serviceaccounts-token-audience). 422: a lifetime below 600 seconds. 404: a service account was deleted under its pods. A controller that lacks create on serviceaccounts/token is not counted here at all: the audit log has it.',
  },
  {
    alert: 'ServiceAccountTokenRequestsSlow',
    severity: 'warning',
    for: '10m',
    expr: (series, { slowSeconds }) => `histogram_quantile(0.99, ${series.rate('apiserver_request_duration_seconds_bucket', REQUEST, ['le'])}) > ${slowSeconds}`,
    summary: 'Requests for service account tokens are slow.',
    description: 'One in a hundred token requests takes {{ $value | humanizeDuration }} or more. Pods that mount tokens start later by that much.',
    runbook: 'An external signer answers within each request, so look at it first. Otherwise it is the API server or etcd: compare with other verbs in apiserver_request_duration_seconds.',
  },
  {
    alert: 'ServiceAccountTokenRequestsMany',
    severity: 'info',
    for: '30m',
    expr: (series, { requestsPerSecond }) => `${series.rate(METRIC, REQUEST)} > ${requestsPerSecond}`,
    summary: 'More service account tokens are asked for than usual.',
    description: '{{ $value | humanize }} tokens are asked for in a second. Usual are about pods times tokens, divided by four fifths of the lifetime.',
    runbook: 'Look in the audit log for who creates serviceaccounts/token: pods that restart all the time, lifetimes of ten minutes on many pods, a controller that asks in a loop, or somebody who collects tokens.',
  },
];

/** What a signer outside does, where there is one. */
export const EXTERNAL_SIGNER: readonly Row[] = [
  {
    alert: 'ExternalTokenSignerFails',
    severity: 'critical',
    for: '5m',
    expr: series => `${series.rate('apiserver_externaljwt_sign_request_total', ['code!="OK"'])} > 0`,
    summary: 'The external signer of service account tokens fails.',
    description: 'The signer refuses or does not answer {{ $value | humanize }} times in a second. No pod gets a new token from it.',
    runbook: 'Look at the signer behind service-account-signing-endpoint on each control plane node, and at the label code of apiserver_externaljwt_sign_request_total.',
  },
  {
    alert: 'ExternalTokenSignerKeysOld',
    severity: 'warning',
    for: '5m',
    expr: (series, { keysOldSeconds }) => `time() - ${series.oldest('apiserver_externaljwt_fetch_keys_success_timestamp')} > ${keysOldSeconds}`,
    summary: 'The keys of the external signer are old.',
    description: 'An API server last got the keys of the signer {{ $value | humanizeDuration }} ago. Tokens that are signed with a newer key are refused.',
    runbook: 'Look at the signer behind service-account-signing-endpoint, and at the label code of apiserver_externaljwt_fetch_keys_request_total.',
  },
];
