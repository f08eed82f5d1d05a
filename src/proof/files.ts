import { data, list, shown, text, type ContainerView, type Data, type PodView } from './pods';
import { whyUnreadable } from './readable';

/** What the kubelet is asked to mint. */
export interface TokenFile {
  /** Left out: the API server's own. */
  readonly audience?: string;
  readonly expirationSeconds: number;
}

/** What a container finds at a path. */
export type FileView =
  | { readonly kind: 'token'; readonly token: TokenFile }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing'; readonly why: string };

/** A token that is mounted, and why the container can make nothing of it. */
export interface MountedToken {
  readonly path: string;
  readonly token: TokenFile;
  readonly fault?: string;
}

interface PathView {
  readonly path: string;
  readonly view: FileView;
  readonly mode?: number;
}

/** Seconds. https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/ */
const LIFETIME = { min: 600, max: 4294967296 };

const READABLE_BY_ALL = 0o644;

/** The file at an absolute path, as the kubelet would lay it out. */
export function fileAt(pod: PodView, container: ContainerView, path: string): FileView {
  const mount = [...container.mounts].sort((a, b) => b.path.length - a.path.length).find(({ path: at }) => path === at || path.startsWith(`${at}/`));
  if (mount === undefined) return { kind: 'missing', why: `nothing is mounted at ${path} in the container ${container.name}` };
  if (mount.subPath) return { kind: 'missing', why: `${path} is mounted by subPath, and such a file is never renewed` };
  const volume = pod.volumes.get(mount.volume);
  if (volume === undefined) return { kind: 'missing', why: `the volume ${mount.volume} does not exist` };
  const relative = path.slice(mount.path.length + 1);
  const files = filesOf(pod, volume);
  const found = files.get(relative);
  if (found === undefined) return { kind: 'missing', why: `the volume ${mount.volume} has no file ${relative}` };
  const fault = faultOf(pod, container, files, found, path, volume);
  return fault === undefined ? found.view : { kind: 'missing', why: fault };
}

/** The tokens that a container finds, with their paths. */
export function tokensOf(pod: PodView, container: ContainerView): readonly MountedToken[] {
  const tokens: MountedToken[] = [];
  for (const { volume: name, path: at, subPath } of container.mounts) {
    const volume = pod.volumes.get(name);
    if (volume === undefined || subPath) continue;
    const files = filesOf(pod, volume);
    for (const file of files.values()) {
      if (file.view.kind !== 'token') continue;
      const path = `${at}/${file.path}`;
      const fault = faultOf(pod, container, files, file, path, volume);
      tokens.push(fault === undefined ? { path, token: file.view.token } : { path, token: file.view.token, fault });
    }
  }
  return tokens;
}

/** The first token of a volume, mounted or not. */
export function firstTokenIn(pod: PodView, name: string): TokenFile | undefined {
  const volume = pod.volumes.get(name);
  if (volume === undefined) return undefined;
  for (const { view } of filesOf(pod, volume).values()) if (view.kind === 'token') return view.token;
  return undefined;
}

/** What keeps a file that was asked for from the container. */
function faultOf(pod: PodView, container: ContainerView, files: ReadonlyMap<string, PathView>, file: PathView, path: string, volume: Data): string | undefined {
  const folder = files.size < 2 ? undefined : [...files.keys()].find(name => isFolder(name, files));
  if (folder !== undefined) return `the kubelet writes nothing of the volume ${shown(volume.name)}: ${folder} is to be a file and a folder`;
  const refused = file.view.kind === 'token' ? whyRefused(file.path, file.view.token, volume) : undefined;
  if (refused !== undefined) return refused;
  const mode = file.mode ?? modeIn(data(volume.projected).defaultMode ?? data(volume.configMap).defaultMode);
  const why = whyUnreadable(pod, container, { mode, givenAway: file.view.kind === 'token' });
  return why && `${path} ${why}`;
}

/** Why no API server takes the pod for this token, or why one token takes the place of another. The API server itself compares no paths of tokens. */
function whyRefused(path: string, { expirationSeconds: seconds }: TokenFile, volume: Data): string | undefined {
  if (!Number.isInteger(seconds) || seconds < LIFETIME.min || seconds > LIFETIME.max) {
    return `the API server refuses the pod: the token ${path} of the volume ${shown(volume.name)} has expirationSeconds ${seconds}, and not a whole number from ${LIFETIME.min} to ${LIFETIME.max}`;
  }
  const same = list(data(volume.projected).sources).filter(source => data(source.serviceAccountToken).path === path);
  return same.length < 2 ? undefined : `the volume ${shown(volume.name)} has ${same.length} tokens at the path ${path}, of which the kubelet keeps the last alone`;
}

function isFolder(name: string, files: ReadonlyMap<string, PathView>): boolean {
  for (const other of files.keys()) if (other.startsWith(`${name}/`)) return true;
  return false;
}

/** By path: of two sources with one path, the later one wins. */
function filesOf(pod: PodView, volume: Data): ReadonlyMap<string, PathView> {
  const files = new Map<string, PathView>();
  for (const source of list(data(volume.projected).sources)) for (const file of sourceFiles(pod, source)) files.set(file.path, file);
  if (volume.configMap !== undefined) for (const file of configFiles(pod, data(volume.configMap))) files.set(file.path, file);
  return files;
}

function sourceFiles(pod: PodView, source: Data): readonly PathView[] {
  if (source.serviceAccountToken !== undefined) {
    const { audience, expirationSeconds, path } = data(source.serviceAccountToken);
    const aud = text(audience);
    const seconds = typeof expirationSeconds === 'number' ? expirationSeconds : 3600;
    const token: TokenFile = aud === undefined || aud === '' ? { expirationSeconds: seconds } : { audience: aud, expirationSeconds: seconds };
    return [{ path: shown(path), view: { kind: 'token', token } }];
  }
  if (source.configMap !== undefined) return configFiles(pod, data(source.configMap));
  // What is in the others is made in the cluster.
  const { secret, downwardAPI, clusterTrustBundle, podCertificate } = source;
  const { credentialBundlePath, keyPath, certificateChainPath } = data(podCertificate);
  const listed = [secret, downwardAPI].flatMap(keys => list(data(keys).items).map(item => item.path));
  const paths = [...listed, data(clusterTrustBundle).path, credentialBundlePath, keyPath, certificateChainPath];
  return paths.flatMap(path => (typeof path === 'string' ? [{ path, view: { kind: 'missing', why: `what is in ${path} is not among the manifests` } as const }] : []));
}

/** Without items, every key is a file. */
function configFiles(pod: PodView, config: Data): readonly PathView[] {
  const name = text(config.name) ?? '';
  const items = config.items === undefined ? pod.configKeys(name).map((key): Data => ({ key, path: key })) : list(config.items);
  return items.map(({ key, path, mode }) => {
    const content = pod.configMap(name, shown(key));
    const view: FileView = content === undefined
      ? { kind: 'missing', why: `the ConfigMap ${name} with the key ${shown(key)} is not among the manifests` }
      : { kind: 'text', text: content };
    return mode === undefined ? { path: shown(path), view } : { path: shown(path), view, mode: modeIn(mode) };
  });
}

function modeIn(value: unknown): number {
  return typeof value === 'number' ? value : READABLE_BY_ALL;
}
