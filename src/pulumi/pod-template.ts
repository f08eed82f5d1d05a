import * as pulumi from '@pulumi/pulumi';
import type { Pending } from './pending';
import { InvalidDefinitionError } from '../core/errors';
import { Findings } from '../core/issues';
import { injectTemplate } from '../kubernetes/inject';
import type { PodInjection, PodRule } from '../kubernetes/injection';

type Data = { readonly [key: string]: unknown };

/**
 * The template with the injection in it. It stays as plain as it was, so that a preview shows it; only where an Output
 * stands in the way does the whole of it become one.
 */
export function injectInto<T extends object>(template: pulumi.Input<T>, injection: Pending<PodInjection>, whose: string): pulumi.Input<T> {
  const findings = new Findings();
  if (isPlain(template, lookedAt(injection))) {
    const injected = injectTemplate(template as Data, injection as PodInjection, 'template', findings.report);
    if (findings.errors.length === 0) return injected as T;
    // Whether an Output is the value that is wanted is not known before it is there.
    if (isPlain(template) && isPlain(injection)) throw new InvalidDefinitionError(whose, findings.all);
  }
  return pulumi.all([template, injection]).apply(([known, settled]) => {
    const late = new Findings();
    const injected = injectTemplate(known as Data, settled as PodInjection, 'template', late.report);
    if (late.errors.length > 0) throw new InvalidDefinitionError(whose, late.all);
    return injected;
  }) as pulumi.Output<T>;
}

/** Keys by which a tree is looked at, down to values that are only carried. Lists are looked at item by item. */
interface Shape {
  readonly [key: string]: Shape;
}

/** What an injection looks at in a template. */
function lookedAt({ labels, annotations, rules = [] }: Pending<PodInjection>): Shape {
  const keys = (map: object): Shape => Object.fromEntries(Object.keys(map).map(key => [key, {}]));
  const container: Shape = { name: {}, env: { name: {} }, volumeMounts: { mountPath: {}, readOnly: {} } };
  const ruled = (where: NonNullable<PodRule['in']>): Shape =>
    Object.fromEntries((rules as readonly PodRule[]).filter(rule => (rule.in ?? 'spec') === where).map(({ field }) => [where === 'spec' ? field.split('.')[0] ?? field : field, {}]));
  return {
    metadata: { labels: { ...keys(labels), ...ruled('labels') }, annotations: keys(annotations) },
    spec: {
      serviceAccountName: {},
      serviceAccount: {},
      volumes: { name: {} },
      containers: container,
      initContainers: container,
      nodeSelector: { 'kubernetes.io/os': {}, 'beta.kubernetes.io/os': {}, ...ruled('nodeSelector') },
      ...ruled('spec'),
    },
  };
}

/** Whether there is no Output where the shape looks; without a shape, anywhere. */
function isPlain(value: unknown, shape?: Shape): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return false;
  if (Array.isArray(value)) return value.every(item => isPlain(item, shape));
  if (typeof value !== 'object' || value === null) return true;
  return Object.keys(shape ?? value).every(key => isPlain((value as Data)[key], shape?.[key]));
}
