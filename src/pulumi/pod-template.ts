import * as pulumi from '@pulumi/pulumi';
import type { Pending } from './pending';
import { whenKnown } from './when-known';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, type Issue } from '../core/issues';
import { isGuarded } from '../kubernetes/check-readable';
import { injectTemplate } from '../kubernetes/inject';
import type { PodCondition, PodParts, PodRule } from '../kubernetes/injection';

type Data = { readonly [key: string]: unknown };

/**
 * The template with the injection in it. It stays as plain as it was, so that a preview shows it; only where an Output
 * stands in the way does the whole of it become one.
 *
 * @param at  where the template stands, for findings
 */
export function injectInto<T extends object>(template: pulumi.Input<T>, injection: Pending<PodParts>, whose: string, at = 'template'): pulumi.Input<T> {
  const findings = new Findings();
  if (isPlain(template, lookedAt(injection))) {
    const injected = injectTemplate(template as Data, injection as PodParts, at, findings.report);
    if (findings.errors.length === 0) {
      warn(whose, findings.warnings);
      return injected as T;
    }
    // Whether an Output is the value that is wanted is not known before it is there.
    if (isPlain(template) && isPlain(injection)) throw new InvalidDefinitionError(whose, findings.all);
  }
  return pulumi.all([template, injection]).apply(([known, settled]) => whenKnown(() => {
    const found = new Findings();
    const injected = injectTemplate(known as Data, settled as PodParts, at, found.report);
    if (found.errors.length > 0) throw new InvalidDefinitionError(whose, found.all);
    warn(whose, found.warnings);
    return injected;
  })) as pulumi.Output<T>;
}

/** They stand among the messages of a preview, and stop nothing. */
function warn(whose: string, issues: readonly Issue[]): void {
  for (const { message, code } of issues) void pulumi.log.warn(`${whose}: ${message} [${code}]`);
}

/** Keys by which a tree is looked at, down to values that are only carried. Lists are looked at item by item. */
interface Shape {
  readonly [key: string]: Shape;
}

/** Where the labels of nodes stand that a pod asks for by its affinity. */
const TERMS: Shape = { nodeSelectorTerms: { matchExpressions: { key: {}, operator: {}, values: {} } } };
const AFFINITY: Shape = { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: TERMS } } };

/** What an injection looks at in a template. */
function lookedAt({ labels, annotations, rules = [], volumes, fsGroup }: Pending<PodParts>): Shape {
  const keys = (map: object): Shape => Object.fromEntries(Object.keys(map).map(key => [key, {}]));
  const conditions = (rules as readonly PodRule[]).flatMap(rule => (rule.also === undefined ? [rule] : [rule, rule.also]));
  const ruled = (where: PodCondition['of']): Shape => Object.fromEntries(conditions.flatMap(({ of = 'spec', field }) => (of === where ? [[of === 'spec' ? field.split('.')[0] ?? field : field, {}]] : [])));
  // Users and groups decide only where files are not for everybody.
  const guarded = fsGroup !== undefined || (volumes as PodParts['volumes']).some(isGuarded);
  const security: Shape = guarded ? { securityContext: { runAsUser: {}, runAsGroup: {}, runAsNonRoot: {}, fsGroup: {}, supplementalGroups: {} } } : {};
  const container: Shape = { name: {}, env: { name: {} }, volumeMounts: { name: {}, mountPath: {}, readOnly: {} }, ...security };
  return {
    metadata: { labels: { ...keys(labels), ...ruled('labels') }, annotations: { ...keys(annotations), ...ruled('annotations') } },
    spec: {
      serviceAccountName: {},
      serviceAccount: {},
      volumes: { name: {} },
      containers: container,
      initContainers: container,
      ...security,
      nodeSelector: { 'kubernetes.io/os': {}, 'beta.kubernetes.io/os': {}, ...ruled('nodeSelector') },
      ...(conditions.some(condition => condition.of === 'nodeSelector') && AFFINITY),
      ...ruled('spec'),
    },
  };
}

/** Whether there is no Output where the shape looks; without a shape, anywhere. */
export function isPlain(value: unknown, shape?: Shape): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return false;
  if (Array.isArray(value)) return value.every(item => isPlain(item, shape));
  if (typeof value !== 'object' || value === null) return true;
  return Object.keys(shape ?? value).every(key => isPlain((value as Data)[key], shape?.[key]));
}
