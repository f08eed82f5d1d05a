/** Tables of pages that follow from what the library knows: each stands between `table: name` and `/table`. */
import { alertRules } from '../../src/kubernetes/alerts';
import { refreshSeconds } from '../../src/kubernetes/projected-token';

/** The kubelet looks at each pod once in 60 to 90 seconds, so a new token may come that much later. */
const SYNC_SECONDS = 90;

export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** `1 h 36 min`, `30 s`. */
export function spoken(seconds: number): string {
  const parts = [[Math.floor(seconds / 3600), 'h'], [Math.floor(seconds % 3600 / 60), 'min'], [seconds % 60, 's']] as const;
  return parts.filter(([n]) => n > 0).map(([n, unit]) => `${n} ${unit}`).join(' ');
}

/** How often a program has to read its token again, by the lifetime. */
export function tokenRefreshTable(): string {
  return tableOf(['`expirationSeconds`', 'the kubelet asks again after', 'which leaves', 'read again at least every'], [600, 900, 1800, 3600, 7200, 43200, 86400, 172800].map(seconds => {
    const left = seconds - refreshSeconds(seconds);
    return [`${seconds}`, spoken(refreshSeconds(seconds)), spoken(left), spoken(left - SYNC_SECONDS)];
  }));
}

/** Every alert, with what it asks and what to do. */
export function alertsTable(): string {
  return tableOf(['alert', 'severity', 'when', 'what to do'], alertRules({ externalSigner: true }).groups.flatMap(({ rules }) => rules.map(rule => [
    `<a id="${rule.alert.toLowerCase()}"></a>\`${rule.alert}\``,
    rule.labels.severity as string,
    `${rule.annotations.summary} <br> \`${rule.expr.replaceAll('|', '\\|')}\` for ${rule.for}`,
    rule.annotations.runbook as string,
  ])));
}
