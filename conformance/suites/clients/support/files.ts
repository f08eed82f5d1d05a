import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PlatformCluster } from './platforms';
import type { StoredPod, TokenSource } from '../../api-server/support/kubelet';

interface Source {
  readonly serviceAccountToken?: TokenSource;
  readonly configMap?: { readonly name: string; readonly items?: readonly { readonly key: string; readonly path: string }[] };
}
interface Volume {
  readonly name: string;
  readonly projected?: { readonly sources: readonly Source[] };
  readonly emptyDir?: object;
}
interface Container {
  readonly name: string;
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

/** What a container of a pod sees. */
export interface Inside {
  readonly env: { readonly [name: string]: string };
  /** The tokens that were laid out, by their paths in the container. */
  readonly tokens: ReadonlyMap<string, string>;
}

/** The spec of a pod, as far as a container sees something of it. */
interface Spec {
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
}

/**
 * Lays out the files of one container of a pod under a folder, as the kubelet does under the container's root, and
 * gives its environment. What names a place in a mount, in a variable or in a file, names it in the folder.
 */
export async function layOut(pod: StoredPod, name: string, cluster: PlatformCluster, folder: string): Promise<Inside> {
  const { initContainers = [], containers, volumes = [] } = pod.spec as unknown as Spec;
  const container = [...initContainers, ...containers].find(each => each.name === name);
  if (container === undefined) throw new Error(`there is no container ${name} in ${pod.metadata.name}`);
  const { env = [], volumeMounts = [] } = container;
  const signed = new Map((await cluster.kubelet.tokensOf(pod)).map(({ source, token }) => [source, token]));
  const mounts = volumeMounts.map(({ mountPath }) => mountPath.replace(/\/$/, ''));
  const moved = (text: string): string => (mounts.some(mount => text === mount || text.startsWith(`${mount}/`)) ? join(folder, text) : text);

  const tokens = new Map<string, string>();
  for (const { name: volumeName, mountPath } of volumeMounts) {
    const volume = volumes.find(each => each.name === volumeName);
    mkdirSync(join(folder, mountPath), { recursive: true });
    for (const source of volume?.projected?.sources ?? []) {
      for (const [path, content] of await filesOf(source, pod, cluster, token => signed.get(token) as string)) {
        const text = path.endsWith('.json') ? movedIn(content, moved) : content;
        write(join(folder, mountPath, path), text);
        if (source.serviceAccountToken !== undefined) tokens.set(join(mountPath, path), content);
      }
    }
  }
  return {
    env: Object.fromEntries(env.map(({ name: variable, value = '', valueFrom }) => {
      if (valueFrom !== undefined) throw new Error(`${variable} comes from elsewhere, which nothing here does`);
      return [variable, moved(value)];
    })),
    tokens,
  };
}

type File = readonly [path: string, content: string];
type TokenOf = (source: TokenSource) => string;

async function filesOf(source: Source, { metadata }: StoredPod, { server }: PlatformCluster, tokenOf: TokenOf): Promise<readonly File[]> {
  const { serviceAccountToken, configMap, ...others } = source;
  if (serviceAccountToken !== undefined) return [[serviceAccountToken.path, tokenOf(serviceAccountToken)]];
  if (configMap !== undefined) {
    const address = `/api/v1/namespaces/${metadata.namespace}/configmaps/${configMap.name}`;
    const { body: { data = {} } } = await server.client.get<{ readonly data?: { readonly [key: string]: string } }>(address);
    return (configMap.items ?? Object.keys(data).map(key => ({ key, path: key }))).map(({ key, path }) => {
      const content = data[key];
      if (content === undefined) throw new Error(`the pod does not start: there is no ${key} in the ConfigMap ${configMap.name}`);
      return [path, content];
    });
  }
  throw new Error(`a source that is not laid out here: ${Object.keys(others).join()}`);
}

/** The same JSON, with every text changed. */
function movedIn(json: string, moved: (text: string) => string): string {
  return JSON.stringify(JSON.parse(json, (_key, value: unknown) => (typeof value === 'string' ? moved(value) : value)));
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
