import type { AlertOptions, PrometheusRules } from './input';
import type { KubernetesObject, StringMap } from '../manifest';

/**
 * Alerts about service account tokens, as a file of Prometheus rules, built on metrics that kube-apiserver has. JSON is
 * YAML, so that it can be written as it is. Throws an {@link InvalidDefinitionError} with everything that is wrong with the options.
 *
 * https://kubernetes.io/docs/reference/instrumentation/metrics/
 */
export function alertRules(options: AlertOptions = {}): PrometheusRules {
  // Who makes identities never asks.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { rulesOf } = require('./rules') as typeof import('./rules');
  return rulesOf(options);
}

/** Where the PrometheusRule lies, and by which labels a Prometheus chooses it. */
export interface PrometheusRuleMetadata {
  readonly name: string;
  readonly namespace?: string;
  /** `{ release: 'kube-prometheus-stack' }`, where Prometheus looks for that. */
  readonly labels?: StringMap;
}

/**
 * The same alerts as an object for the Prometheus operator: a manifest, or the properties of an `ApiObject` of cdk8s. Throws
 * an {@link InvalidDefinitionError} with everything that is wrong with either.
 *
 * https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
 */
export function prometheusRule(metadata: PrometheusRuleMetadata, options: AlertOptions = {}): KubernetesObject {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { ruleObjectOf } = require('./prometheus-rule') as typeof import('./prometheus-rule');
  return ruleObjectOf(metadata, options);
}
