import { checkAlertOptions } from './check';
import type { PrometheusRuleMetadata } from './index';
import type { AlertOptions } from './input';
import { ALERT_NAMES, groupsOf } from './rules';
import { InvalidDefinitionError } from '../../core/errors';
import { Findings, joinPath, under, type Report } from '../../core/issues';
import { checkDnsLabel, checkDnsSubdomain } from '../../core/names';
import { fits, readShape, type Shape } from '../../core/shape';
import type { KubernetesObject } from '../manifest';
import { checkMetadata } from '../metadata';

const SHAPE: Shape<PrometheusRuleMetadata> = { name: 'text', namespace: 'text?', labels: 'map?' };

/** See `prometheusRule`, which loads this. */
export function ruleObjectOf(metadata: PrometheusRuleMetadata, options: AlertOptions): KubernetesObject {
  const findings = new Findings();
  checkRuleMetadata(metadata, under('metadata', findings.report));
  checkAlertOptions(options, ALERT_NAMES, findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError('PrometheusRule', findings.all);
  const { name, namespace, labels } = metadata;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name, ...(namespace !== undefined && { namespace }), ...(labels !== undefined && { labels }) },
    spec: groupsOf(options),
  };
}

function checkRuleMetadata(given: unknown, report: Report): void {
  const { name, namespace, labels } = readShape(given, SHAPE, '', report);
  if (name !== undefined) checkDnsSubdomain(name, 'name', report, 'it names the object, so choose a name that Kubernetes takes');
  if (namespace !== undefined) checkDnsLabel(namespace, 'namespace', report, 'name an existing namespace');
  if (labels === undefined) return;
  const whole = Object.entries(labels).map(([key, value]) => fits(value, 'text', joinPath('labels', key), report)).every(Boolean);
  if (whole) checkMetadata('label', labels, 'labels', report);
}
