import { checkAlertOptions } from './check';
import type { AlertName, AlertOptions, AlertRule, PrometheusRules } from './input';
import { Series } from './series';
import { EXTERNAL_SIGNER, TOKEN_REQUESTS } from './token-requests';
import { TOKEN_USES } from './token-uses';
import { InvalidDefinitionError } from '../../core/errors';
import { Findings } from '../../core/issues';

/** From which values on somebody is told, where nothing else is said. */
export const THRESHOLDS = { failedRatio: 0.05, refusedRatio: 0.1, slowSeconds: 1, requestsPerSecond: 10, keysOldSeconds: 3600 } as const;

export type Thresholds = { readonly [name in keyof typeof THRESHOLDS]: number };

/** One alert, before the series and the thresholds are known. */
export interface Row {
  readonly alert: AlertName;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly for: string;
  expr(series: Series, thresholds: Thresholds): string;
  readonly summary: string;
  readonly description: string;
  readonly runbook: string;
}

const GROUPS: readonly { readonly name: string; readonly rows: readonly Row[]; readonly external?: true }[] = [
  { name: 'service-account-token-uses', rows: TOKEN_USES },
  { name: 'service-account-token-requests', rows: TOKEN_REQUESTS },
  { name: 'service-account-token-signer', rows: EXTERNAL_SIGNER, external: true },
];

/** Every alert that there is, whatever the options say. */
export const ALERT_NAMES: readonly AlertName[] = GROUPS.flatMap(({ rows }) => rows.map(({ alert }) => alert));

/** See `alertRules`, which loads this. */
export function rulesOf(options: AlertOptions): PrometheusRules {
  const findings = new Findings();
  checkAlertOptions(options, ALERT_NAMES, findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError('alerts', findings.all);
  return groupsOf(options);
}

/** The rules for options that have been checked. */
export function groupsOf(options: AlertOptions): PrometheusRules {
  const { except = [], externalSigner = false } = options;
  const [series, thresholds] = [new Series(options), thresholdsOf(options)];
  const groups = GROUPS.filter(({ external }) => external !== true || externalSigner).map(({ name, rows }) => ({
    name,
    rules: rows.filter(({ alert }) => !except.includes(alert)).map(row => ruleOf(row, series, thresholds, options)),
  }));
  return { groups: groups.filter(({ rules }) => rules.length > 0) };
}

function thresholdsOf(options: AlertOptions): Thresholds {
  return Object.fromEntries(Object.entries(THRESHOLDS).map(([name, usual]) => [name, options[name as keyof Thresholds] ?? usual])) as Thresholds;
}

function ruleOf(row: Row, series: Series, thresholds: Thresholds, { labels, runbookUrl }: AlertOptions): AlertRule {
  const { alert, severity, summary, description, runbook } = row;
  return {
    alert,
    expr: row.expr(series, thresholds),
    for: row.for,
    labels: { severity, ...labels },
    annotations: { summary, description, runbook, ...(runbookUrl !== undefined && { runbook_url: `${runbookUrl}#${alert.toLowerCase()}` }) },
  };
}
