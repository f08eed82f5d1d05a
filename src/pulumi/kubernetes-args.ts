import * as pulumi from '@pulumi/pulumi';
import type { WorkloadFeatures } from '../identity/workload-choice';
import { templatePathOf } from '../kubernetes/workload';

type Data = { readonly [key: string]: unknown };

/** What is known of a resource with pods. */
export interface ResourceFeatures extends WorkloadFeatures {
  /** Whom its pods say that they run as. */
  readonly account: string | undefined;
}

/** The kind of a resource with pods, or of a service account, by the token of its type: `kubernetes:apps/v1:Deployment`. */
export function workloadTypeOf(type: string): string | undefined {
  const [, kind = ''] = /^kubernetes:(?:core|apps|batch|extensions)\/v[^:]*:(\w+)$/.exec(type) ?? [];
  return kind === 'ServiceAccount' || templatePathOf(kind) !== undefined ? kind : undefined;
}

/**
 * Arguments as a program would write them. To a transform, the engine shows what a preview does not know, and what is secret, in
 * a form of its own, in which a secret makes everything around it one.
 */
export function opened(value: unknown): unknown {
  if (pulumi.Output.isInstance(value)) return value;
  if (pulumi.isUnknown(value)) return pulumi.output(value);
  if (pulumi.runtime.isRpcSecret(value)) return pulumi.secret(opened(pulumi.runtime.unwrapRpcSecret(value)));
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, opened(field)]));
}

/** What the arguments, as the engine shows them, say of the workload. What a preview does not know counts as not said. */
export async function featuresOf(kind: string, props: Data): Promise<ResourceFeatures> {
  const metadata = await at(props, ['metadata']);
  const spec = await at(props, [...templatePathOf(kind) ?? [], 'spec']);
  const labels = await at(metadata, ['labels']);
  const text = async (value: unknown, key: string): Promise<string | undefined> => textOf(await at(value, [key]));
  return {
    kind,
    name: await text(metadata, 'name'),
    namespace: await text(metadata, 'namespace'),
    labels: typeof labels === 'object' && labels !== null ? labels as Data : {},
    account: await text(spec, 'serviceAccountName') ?? await text(spec, 'serviceAccount'),
  };
}

/** The value at the end of the path, whatever of it is secret. */
async function at(value: unknown, [key, ...rest]: readonly string[]): Promise<unknown> {
  const known = await settled(value);
  if (key === undefined) return known;
  return typeof known === 'object' && known !== null ? at((known as Data)[key], rest) : undefined;
}

async function settled(value: unknown): Promise<unknown> {
  // As the engine would be told it.
  const told: unknown = pulumi.Output.isInstance(value) ? await pulumi.runtime.serializeProperty('workload', value, new Set()) : value;
  return pulumi.isUnknown(told) || told === pulumi.runtime.unknownValue ? undefined : pulumi.runtime.unwrapRpcSecret(told);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
