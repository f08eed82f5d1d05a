import type { AlertName, AlertOptions } from './input';
import { InvalidDefinitionError } from '../../core/errors';
import { Findings, complain, joinPath, type Report } from '../../core/issues';

const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;
const RATIOS = ['failedRatio', 'refusedRatio'] as const;
const AMOUNTS = ['slowSeconds', 'requestsPerSecond', 'keysOldSeconds'] as const;

/** Throws everything that is wrong with the options, once. */
export function checkAlertOptions(options: AlertOptions, names: readonly AlertName[]): void {
  const findings = new Findings();
  const { report } = findings;
  for (const name of RATIOS) checkNumber(options[name], name, 1, report);
  for (const name of AMOUNTS) checkNumber(options[name], name, Infinity, report);
  for (const field of ['selector', 'labels'] as const) {
    for (const [name, value] of Object.entries<unknown>(options[field] ?? {})) {
      checkLabel(name, joinPath(field, name), report);
      if (typeof value !== 'string') complain(report, 'alerts/label', joinPath(field, name), { expected: 'a text', got: value, fix: 'put it in quotation marks' });
    }
  }
  (options.by ?? []).forEach((name, i) => checkLabel(name, joinPath('by', i), report));
  (options.except ?? []).forEach((name, i) => {
    if (!names.includes(name)) complain(report, 'alerts/name', joinPath('except', i), { expected: names.join(', '), got: name, fix: 'name an alert that there is' });
  });
  if (options.labels?.severity !== undefined) complain(report, 'alerts/severity', 'labels.severity', { expected: 'other labels than severity', got: options.labels.severity, fix: 'each alert has its own; route by its name' });
  if (options.runbookUrl !== undefined && !/^https:\/\/[^\s#]+$/.test(options.runbookUrl)) {
    complain(report, 'alerts/runbook-url', 'runbookUrl', { expected: 'an https URL without a fragment', got: options.runbookUrl, fix: 'the name of the alert is put after it as the fragment' });
  }
  if (findings.errors.length > 0) throw new InvalidDefinitionError('alerts', findings.all);
}

function checkNumber(value: number | undefined, path: string, max: number, report: Report): void {
  if (value === undefined || (Number.isFinite(value) && value > 0 && value <= max)) return;
  complain(report, 'alerts/threshold', path, { expected: `a number above 0${max === Infinity ? '' : ` and up to ${max}`}`, got: value, fix: 'leave out the alert with except instead, if nobody wants it' });
}

function checkLabel(name: string, path: string, report: Report): void {
  if (!LABEL.test(name)) complain(report, 'alerts/label', path, { expected: 'the name of a label: letters, digits and _', got: name, fix: 'write it as Prometheus shows it' });
}
