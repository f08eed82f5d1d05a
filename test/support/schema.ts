/**
 * The second opinion on manifests: Kubernetes' OpenAPI schema, in two packages that are made of it. The one knows types,
 * required fields and lists of values, and lets unknown fields pass; the other drops unknown fields, and so finds them.
 */
import { k8s } from 'cdk8s-plus-34';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

/** Maps whose keys are the user's. */
const MAPS = new Set(['labels', 'annotations', 'matchLabels', 'nodeSelector', 'data', 'stringData', 'userAnnotations', 'limits', 'requests']);
/** Values that the second package wants wrapped. */
const WRAPPED = new Set(['divisor', 'port', 'targetPort', 'maxSurge', 'maxUnavailable']);
/** Fields that are younger than the second package's schema (1.34). */
const YOUNGER = [/\/podCertificate\/userAnnotations$/];

/** Everything that the schema has against a manifest. Empty for one that is as Kubernetes wants it. */
export function schemaObjections(manifest: object): readonly string[] {
  const { apiVersion, kind } = manifest as Json;
  return [...wrongIn(apiVersion as string, kind as string, manifest), ...unknownIn(kind as string, manifest)];
}

function wrongIn(apiVersion: string, kind: string, manifest: object): readonly string[] {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { [kind]: Model } = require(`kubernetes-models/${apiVersion}/${kind}`) as { readonly [kind: string]: new (data: object) => { validate(): void } };
    new (Model as NonNullable<typeof Model>)(manifest).validate();
    return [];
  } catch (error) {
    return [`${apiVersion} ${kind}: ${(error as Error).message}`];
  }
}

function unknownIn(kind: string, manifest: object): readonly string[] {
  const Kind = (k8s as Json)[`Kube${kind}`] as { manifest(props: object): object } | undefined;
  if (Kind === undefined) return [`${kind}: not in the schema`];
  const { apiVersion: _version, kind: _kind, ...fields } = manifest as Json;
  return lost(fields, Kind.manifest(asProps(fields, '') as object), '').filter(path => !YOUNGER.some(form => form.test(path)));
}

/** The names that the second package gives to fields: of `setHostnameAsFQDN`, `setHostnameAsFqdn`. */
function asProps(value: Json, key: string): Json {
  if (Array.isArray(value)) return value.map(item => asProps(item, key));
  if (typeof value !== 'object' || value === null) return WRAPPED.has(key) ? { value } : value;
  const rename = (name: string): string => (MAPS.has(key) ? name : name.replace(/[A-Z]+(?=[A-Z][a-z]|$)/g, run => `${run[0]}${run.slice(1).toLowerCase()}`));
  const isQuantity = key === 'limits' || key === 'requests';
  return Object.fromEntries(Object.entries(value as object).map(([name, field]) => [rename(name), isQuantity ? { value: field } : asProps(field, MAPS.has(key) ? '' : name)]));
}

/** The fields of the one that the other does not have. */
function lost(given: Json, kept: Json, path: string): readonly string[] {
  if (typeof given !== 'object' || given === null) return [];
  return Object.keys(given as object).flatMap(key => {
    const at = `${path}/${key}`;
    return typeof kept === 'object' && kept !== null && key in kept ? lost(given[key], kept[key], at) : [at];
  });
}
