import { alibaba } from './alibaba';
import { aws } from './aws';
import { azure, learnAzure } from './azure';
import { gcp, googleIam } from './gcp';
import type { ReadObject } from './objects';
import { Fields, type Resource, type Row } from './resource';
import { vault } from './vault';
import type { TrustArtifact } from '../../../proof/artifacts';
import type { Part } from '../../document';
import type { Knowledge } from '../../knowledge';
import type { ObjectPart, Reading, Unsaid } from '../../reader';

const ROWS: { readonly [type: string]: Row } = { ...aws, ...azure, ...gcp, ...alibaba, ...vault };

/** Makers of identities and of pods that would have to be read, and are not: by type. */
const NOT_READ = /^(awscc_(iam_role|iam_oidc_provider|eks_pod_identity_association)|google-native:.*I[Aa][Mm].*|helm_release|kubectl_manifest|kustomization_resource|vault_generic_endpoint)$/;

/** What a resource is in its cluster, by a tool's own reading. */
export interface InCluster extends ReadObject {
  /** The cluster, as the tool calls it. */
  readonly cluster?: string;
}

function isUnread({ type, values }: Resource): boolean {
  return NOT_READ.test(type) || (/^azapi_/.test(type) && /\/(federatedIdentityCredentials|identityBindings)@/i.test(String(values.type)));
}

export function learnFrom(resources: readonly Resource[], knowledge: Knowledge): void {
  for (const resource of resources) if (Object.hasOwn(learnAzure, resource.type)) learnAzure[resource.type]?.(new Fields(resource), knowledge);
}

/**
 * What the resources say of both halves.
 *
 * @param said  the words of the user about the document
 * @param inCluster  the manifest of a resource; undefined for one that is none
 */
export function readResources(
  resources: readonly Resource[], said: string | undefined, knowledge: Knowledge, inCluster: (resource: Resource) => InCluster | undefined,
): Reading {
  const trust: Part<TrustArtifact>[] = [];
  const objects: ObjectPart[] = [];
  const unsaid: Unsaid[] = [];
  const seen = new Set<string>();
  const surroundings = { knowledge, said: (said ?? '').split(/[\s,]+/) };
  for (const resource of resources) {
    const { type, path, address } = resource;
    const row = Object.hasOwn(ROWS, type) ? ROWS[type] : googleIam(type);
    const made = row?.(new Fields(resource), surroundings);
    for (const value of made?.trust ?? []) {
      // A list and a member of it say the same twice.
      const same = JSON.stringify(value);
      if (!seen.has(same)) trust.push({ value, path });
      seen.add(same);
      if (value.unknown !== undefined) unsaid.push({ path, what: `${value.unknown.join(', ')} of ${address}`, fix: 'it is secret, or not known before it is made, and what depends on it cannot be decided' });
    }
    for (const each of made?.unsaid ?? []) unsaid.push({ path, ...each });
    if (row !== undefined) continue;
    const found = inCluster(resource);
    if (found?.object !== undefined) objects.push({ value: found.object, path, ...(found.cluster !== undefined && { cluster: found.cluster }) });
    if (found === undefined ? isUnread(resource) : found.object === undefined && found.unknown.length === 0) {
      unsaid.push({ path, what: `in a form that is read here what ${address} makes`, fix: 'give what comes of it as well: its manifests, or what the cloud\'s own tool prints' });
    } else if (found !== undefined && found.unknown.length > 0) {
      unsaid.push({ path, what: `${found.unknown.join(', ')} of ${address}`, fix: 'it is secret, or not known before it is made, and what depends on it cannot be decided' });
    }
  }
  return { trust, objects, unsaid };
}
