import { ApiObject, App, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesObject } from '../kubernetes/manifest';

/** The classes of the resolvers that every app has. */
const BUILT_IN = new Set<unknown>(new App({ outdir: '.' }).resolvers.map(resolver => resolver.constructor));

/**
 * An ApiObject whose values are all known and plain. cdk8s looks at every value of an object three times for tokens and
 * classes; here there are none, and so it renders itself, in the same words. Metadata is rendered by cdk8s, since anybody may add to it.
 */
export class KnownObject extends ApiObject {
  private patched = false;

  constructor(scope: Construct, id: string, private readonly manifest: KubernetesObject) {
    super(scope, id, manifest);
  }

  override addJsonPatch(...patches: JsonPatch[]): void {
    this.patched = true;
    super.addJsonPatch(...patches);
  }

  override toJson(): unknown {
    if (this.patched || process.env.CDK8S_DISABLE_SORT || hasOwnResolvers(App.of(this))) return super.toJson();
    const rendered: Record<string, unknown> = { apiVersion: this.apiVersion, kind: this.kind, metadata: this.metadata.toJson() };
    for (const [key, value] of Object.entries(sorted(this.manifest))) if (!(key in rendered)) rendered[key] = value;
    return rendered;
  }
}

/** A resolver of the user's own may replace any value. */
function hasOwnResolvers({ resolvers }: App): boolean {
  for (const resolver of resolvers) if (!BUILT_IN.has(resolver.constructor)) return true;
  return false;
}

/** A copy with its keys in order: what is shared between two places would become an alias in YAML. */
function sorted(object: object): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  const fields = object as Record<string, unknown>;
  for (const key of Object.keys(fields).sort()) if (fields[key] !== undefined && fields[key] !== null) copy[key] = inOrder(fields[key]);
  return copy;
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map(inOrder) : sorted(value);
}
