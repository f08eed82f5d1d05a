import type { AlertName, AlertOptions } from './input';
import { complain, joinPath, type Report } from '../../core/issues';
import { readShape, type Shape } from '../../core/shape';

const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;
const RATIOS = ['failedRatio', 'refusedRatio'] as const;
const AMOUNTS = ['slowSeconds', 'requestsPerSecond', 'keysOldSeconds'] as const;

const SHAPE: Shape<AlertOptions> = {
  selector: 'map?',
  by: 'texts?',
  labels: 'map?',
  runbookUrl: 'text?',
  externalSigner: 'yes or no?',
  except: 'list?',
  failedRatio: 'value?',
  refusedRatio: 'value?',
  slowSeconds: 'value?',
  requestsPerSecond: 'value?',
  keysOldSeconds: 'value?',
};

/** Labels that the expressions choose or sum by themselves: given once more, they would choose nothing, or make every share one of itself. */
const OWN = ['code', 'le', 'resource', 'subresource', 'verb'];

/** Labels that Prometheus gives to an alert, whatever a rule says. https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
const OVERRIDDEN = ['alertname', 'alertstate'];

/** Everything that is wrong with the options. */
export function checkAlertOptions(given: unknown, names: readonly AlertName[], report: Report): void {
  const options = readShape(given, SHAPE, '', report);
  for (const name of RATIOS) checkNumber(options[name], name, 1, report);
  for (const name of AMOUNTS) checkNumber(options[name], name, Infinity, report);
  for (const field of ['selector', 'labels'] as const) {
    for (const [name, value] of Object.entries<unknown>(options[field] ?? {})) {
      checkLabel(name, joinPath(field, name), report);
      if (typeof value !== 'string') complain(report, 'alerts/label', joinPath(field, name), { expected: 'a text', got: value, fix: 'put it in quotation marks' });
    }
  }
  for (const name of Object.keys(options.selector ?? {})) checkNotOwn(name, joinPath('selector', name), report);
  (options.by ?? []).forEach((name, i) => {
    checkLabel(name, joinPath('by', i), report);
    checkNotOwn(name, joinPath('by', i), report);
  });
  for (const name of OVERRIDDEN.filter(label => options.labels?.[label] !== undefined)) {
    complain(report, 'alerts/reserved-label', joinPath('labels', name), { expected: `other labels than ${OVERRIDDEN.join(' and ')}`, got: options.labels?.[name], fix: 'Prometheus puts its own value there: give the label another name' });
  }
  (options.except ?? []).forEach((name, i) => {
    if (!names.includes(name)) complain(report, 'alerts/name', joinPath('except', i), { expected: names.join(', '), got: name, fix: 'name an alert that there is' });
  });
  if (options.labels?.severity !== undefined) complain(report, 'alerts/severity', 'labels.severity', { expected: 'other labels than severity', got: options.labels.severity, fix: 'each alert has its own; route by its name' });
  // Annotations are templates, in which braces mean something.
  if (options.runbookUrl !== undefined && !/^https:\/\/[^\s#{}]+$/.test(options.runbookUrl)) {
    complain(report, 'alerts/runbook-url', 'runbookUrl', { expected: 'an https URL without a fragment and braces', got: options.runbookUrl, fix: 'the name of the alert is put after it as the fragment' });
  }
}

function checkNumber(value: unknown, path: string, max: number, report: Report): void {
  if (value === undefined || (typeof value === 'number' && Number.isFinite(value) && value > 0 && value <= max)) return;
  complain(report, 'alerts/threshold', path, { expected: `a number above 0${max === Infinity ? '' : ` and up to ${max}`}`, got: typeof value === 'number' ? String(value) : value, fix: 'leave out the alert with except instead, if nobody wants it' });
}

function checkLabel(name: string, path: string, report: Report): void {
  if (!LABEL.test(name)) {
    complain(report, 'alerts/label', path, { expected: 'the name of a label: letters, digits and _', got: name, fix: 'write it as Prometheus shows it' });
  } else if (name.startsWith('__')) {
    complain(report, 'alerts/reserved-label', path, { expected: 'a label that does not begin with __', got: name, fix: 'Prometheus keeps these for itself, and refuses a rule that sets or chooses them: use another one' });
  }
}

function checkNotOwn(name: string, path: string, report: Report): void {
  if (OWN.includes(name)) complain(report, 'alerts/own-label', path, { expected: `a label that the expressions do not use themselves (${OWN.join(', ')})`, got: name, fix: 'choose series by where they come from: job, cluster, instance' });
}
