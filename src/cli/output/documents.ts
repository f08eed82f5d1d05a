import { toYaml, toYamlFile } from './yaml';
import { boundedName, hashOf } from '../../core/names';
import type { Plan, TrustDocument } from '../../identity/plan';
import { specimenOf } from '../../identity/specimen';
import { nameOf } from '../../identity/workloads';
import type { PodInjection } from '../../kubernetes/injection';
import type { KubernetesObject } from '../../kubernetes/manifest';
import type { ClusterHalf } from '../halves';
import { podWith, type NamedTokens } from '../projected';

/** The folders that are written. Each is replaced as a whole, and nothing beside them is touched. */
export const FOLDERS = ['kubernetes', 'cloud', 'patches'] as const;

/** A file to be written. */
export interface OutputFile {
  /** Under one of {@link FOLDERS}, with `/` between its parts. */
  readonly path: string;
  readonly text: string;
}

/** Charts of no cluster stand in a folder of this name, which no cluster can have. */
const NO_CLUSTER = '_no-cluster';

/** Both halves as files: always the same for the same plan. */
export function documentsOf(halves: readonly ClusterHalf[], trust: Plan['trust'], projected: readonly NamedTokens[]): readonly OutputFile[] {
  return [
    ...halves.flatMap(half => [...half.files].map(([name, objects]) => ({ path: `kubernetes/${folderOf(half)}/${name}.yaml`, text: toYamlFile(objects) }))),
    ...cloudFiles(trust),
    ...halves.flatMap(patchFiles),
    ...projected.filter(({ attached }) => !attached).map(tokensFile),
  ];
}

/** What pods in any cluster have to carry that are to have these tokens. */
function tokensFile(tokens: NamedTokens): OutputFile {
  const { spec: { serviceAccountName: _, ...spec } } = podWith(tokens) as KubernetesObject & { readonly spec: { readonly [field: string]: unknown } };
  const name = /^[\w-]{1,63}$/.test(tokens.name) ? tokens.name : `${tokens.name.replace(/[^\w-]+/g, '.').slice(0, 100)}_${hashOf(tokens.name, 8)}`;
  return { path: `patches/${NO_CLUSTER}/${name}.yaml`, text: `# Pods that are to have the tokens ${tokens.name} have to carry this: spec is that of the pod, or of the template of a workload.\n${toYaml({ spec })}` };
}

function folderOf({ cluster }: ClusterHalf): string {
  return cluster?.name ?? NO_CLUSTER;
}

function cloudFiles(trust: Plan['trust']): readonly OutputFile[] {
  const files = new Map<string, object[]>();
  for (const document of trust) {
    const path = `cloud/${document.provider}/${fileNameOf(document)}.json`;
    const { kind, name, becomes, request } = document;
    const content = { kind, name, ...(becomes !== undefined && { becomes }), request };
    const documents = files.get(path);
    if (documents === undefined) files.set(path, [content]);
    else documents.push(content);
  }
  return [...files].map(([path, documents]) => ({ path, text: `${JSON.stringify({ documents }, null, 2)}\n` }));
}

/** No identity's name has an underscore. A name that is too long for a file is cut, with a hash after an underscore. */
function fileNameOf({ identity, cluster }: TrustDocument): string {
  return identity === undefined ? `_anchors.${cluster ?? ''}` : boundedName(identity, 240);
}

/** For what others make: manifests by Helm, or in another repository. None of it is meant to be applied as it stands. */
function patchFiles(half: ClusterHalf): readonly OutputFile[] {
  const files = new Map<string, string[]>();
  const add = (namespace: string, says: string, patch: object): void => {
    const before = files.get(namespace) ?? [];
    const text = `# ${says}\n${toYaml(patch)}`;
    // Identities that share a namespace ask the same of it.
    if (!before.includes(text)) files.set(namespace, [...before, text]);
  };
  for (const object of half.expected) {
    const { namespace, name } = object.metadata;
    add(namespace ?? name, `The ${object.kind} ${name}, which is made elsewhere, has to carry this.`, object);
  }
  for (const injection of half.pods) {
    const name = nameOf({ namespace: injection.namespace, serviceAccount: injection.serviceAccountName });
    add(injection.namespace, `Pods that run as ${name} have to carry this: metadata and spec are those of the pod, or of the template of a workload.`, podPatch(injection));
  }
  return [...files].map(([namespace, patches]) => ({ path: `patches/${folderOf(half)}/${namespace}.yaml`, text: patches.join('---\n') }));
}

/** Without a kind, so that nobody applies it by mistake. */
function podPatch(injection: PodInjection): object {
  const { metadata, spec } = specimenOf(injection, []) as KubernetesObject & { readonly spec: object };
  const { labels, annotations } = metadata;
  return { ...((labels ?? annotations) !== undefined && { metadata: { labels, annotations } }), spec };
}
