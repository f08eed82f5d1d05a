import type { Row } from './rules';

/** What the API server counts of the tokens that it is shown. All of these are counters of stability ALPHA. */
export const TOKEN_USES: readonly Row[] = [
  {
    alert: 'LegacyServiceAccountTokenUsed',
    severity: 'warning',
    for: '5m',
    expr: series => `${series.grown('serviceaccount_legacy_tokens_total', '1h')} > 0`,
    summary: 'A service account token without an end is in use.',
    description: 'The API server was shown a token from a Secret {{ $value | humanize }} times within an hour, those included that it refused. Such a token has no end, no audience and no pod: whoever copied it has it for ever.',
    runbook: 'The labels kubernetes.io/legacy-token-last-used on Secrets of type kubernetes.io/service-account-token say which. serviceaccount_legacy_auto_token_uses_total grows with Secrets that Kubernetes made before 1.24, serviceaccount_legacy_manual_token_uses_total with those that somebody made. Give its user a projected token or a federated identity, and delete the Secret.',
  },
  {
    alert: 'InvalidServiceAccountTokenUsed',
    severity: 'critical',
    for: '0m',
    expr: series => `${series.grown('serviceaccount_invalid_legacy_auto_token_uses_total', '15m')} > 0`,
    summary: 'A service account token that was marked invalid is in use.',
    description: 'Somebody shows a token that nobody had used for a year, and that the control plane has marked invalid. It is refused: either a program is locked out, or a copy from an old backup is being tried.',
    runbook: 'Secrets with the label kubernetes.io/legacy-token-invalid-since are the candidates; the audit annotation authentication.k8s.io/legacy-token-invalidated names the one, and the audit log the address it came from. If it is a program of yours, give it a projected token; taking the label away lets it in for the time being. If it is not, delete the Secret and look at who had the backup.',
  },
  {
    alert: 'StaleServiceAccountTokenUsed',
    severity: 'warning',
    for: '15m',
    expr: series => `${series.grown('serviceaccount_stale_tokens_total', '1h')} > 0`,
    summary: 'A program does not read its service account token again.',
    description: 'The API server was shown a token {{ $value | humanize }} times within an hour that the kubelet has long replaced. It is still taken only because the server extends automounted tokens to a year.',
    runbook: 'The audit annotation authentication.k8s.io/stale-token names the service account. Update its client library (Go client 0.15.7, Python 12, Java 9, JavaScript 0.10.3 read again), or restart the pod for the time being. Do not set service-account-extend-token-expiration=false before this is silent.',
  },
];
