import type { StringMap } from '../manifest';

/** The alerts that there are. */
export type AlertName =
  | 'LegacyServiceAccountTokenUsed'
  | 'InvalidServiceAccountTokenUsed'
  | 'StaleServiceAccountTokenUsed'
  | 'ServiceAccountTokenRequestsFail'
  | 'ServiceAccountTokenRequestsRefused'
  | 'ServiceAccountTokenRequestsSlow'
  | 'ServiceAccountTokenRequestsMany'
  | 'ExternalTokenSignerFails'
  | 'ExternalTokenSignerKeysOld';

/** Which series are looked at, and from which value on somebody is told. */
export interface AlertOptions {
  /** Labels of the API servers' series: `{ job: 'apiserver' }`. @default every series that has the name */
  readonly selector?: StringMap;
  /** Labels that are kept apart, where one Prometheus watches several clusters: `['cluster']`. @default none */
  readonly by?: readonly string[];
  /** Labels that every alert carries besides `severity`, for the routes of the Alertmanager. @default none */
  readonly labels?: StringMap;
  /** An https URL of your own pages; `#` and the name of the alert, in small letters, are put after it. @default none: the text of the runbook is in the alert */
  readonly runbookUrl?: string;
  /** Whether tokens are signed by a signer outside (`service-account-signing-endpoint`): adds its two alerts. @default false */
  readonly externalSigner?: boolean;
  /** Alerts that are left out. @default none */
  readonly except?: readonly AlertName[];
  /** The share of token requests that fail on the server's side, above 0 and up to 1. @default 0.05 */
  readonly failedRatio?: number;
  /** The share of token requests that are refused, above 0 and up to 1. Some are with every pod that is deleted. @default 0.1 */
  readonly refusedRatio?: number;
  /** Seconds that 99 of 100 token requests take at most. @default 1 */
  readonly slowSeconds?: number;
  /** Token requests in a second, all API servers together. About pods × tokens ÷ (0.8 × lifetime) are usual. @default 10 */
  readonly requestsPerSecond?: number;
  /** Seconds since the signer outside last gave its keys. @default 3600 */
  readonly keysOldSeconds?: number;
}

/** One alert, as Prometheus reads it. */
export interface AlertRule {
  readonly alert: AlertName;
  /** PromQL. */
  readonly expr: string;
  readonly for: string;
  readonly labels: StringMap;
  /** `summary`, `description`, `runbook`, and `runbook_url` where there is one. */
  readonly annotations: StringMap;
}

/** A file of rules. https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
export interface PrometheusRules {
  readonly groups: readonly { readonly name: string; readonly rules: readonly AlertRule[] }[];
}
