import { data, list, text, type ContainerView, type Data, type PodView } from './pods';

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

interface PathView {
  readonly path: string;
  readonly view: FileView;
}

/** The file at an absolute path, as the kubelet would lay it out: of two sources with one path, the later one wins. */
export function fileAt(pod: PodView, container: ContainerView, path: string): FileView {
  const mount = [...container.mounts].sort((a, b) => b.path.length - a.path.length).find(({ path: at }) => path === at || path.startsWith(`${at}/`));
  if (mount === undefined) return { kind: 'missing', why: `nothing is mounted at ${path} in the container ${container.name}` };
  if (mount.subPath) return { kind: 'missing', why: `${path} is mounted by subPath, and such a file is never renewed` };
  const volume = pod.volumes.get(mount.volume);
  if (volume === undefined) return { kind: 'missing', why: `the volume ${mount.volume} does not exist` };
  const relative = path.slice(mount.path.length + 1);
  const found = filesOf(pod, volume).filter(file => file.path === relative).at(-1);
  return found?.view ?? { kind: 'missing', why: `the volume ${mount.volume} has no file ${relative}` };
}

/** The tokens that a container finds, with their paths. */
export function tokensOf(pod: PodView, container: ContainerView): readonly { readonly path: string; readonly token: TokenFile }[] {
  const tokens: { readonly path: string; readonly token: TokenFile }[] = [];
  for (const { volume: name, path: at, subPath } of container.mounts) {
    const volume = pod.volumes.get(name);
    if (volume === undefined || subPath) continue;
    for (const { path, view } of filesOf(pod, volume)) if (view.kind === 'token') tokens.push({ path: `${at}/${path}`, token: view.token });
  }
  return tokens;
}

/** The first token of a volume, mounted or not. */
export function firstTokenIn(pod: PodView, volume: string): TokenFile | undefined {
  const found = pod.volumes.get(volume);
  const [view] = found === undefined ? [] : filesOf(pod, found).map(file => file.view).filter(each => each.kind === 'token');
  return view?.token;
}

function filesOf(pod: PodView, volume: Data): readonly PathView[] {
  const projected = data(volume.projected);
  const config = data(volume.configMap);
  const files: PathView[] = [];
  for (const source of list(projected.sources)) files.push(...sourceFiles(pod, source));
  if (volume.configMap !== undefined) files.push(...configFiles(pod, text(config.name), list(config.items)));
  return files;
}

function sourceFiles(pod: PodView, source: Data): readonly PathView[] {
  if (source.serviceAccountToken !== undefined) {
    const { audience, expirationSeconds, path } = data(source.serviceAccountToken);
    const aud = text(audience);
    const seconds = typeof expirationSeconds === 'number' ? expirationSeconds : 3600;
    const token: TokenFile = aud === undefined || aud === '' ? { expirationSeconds: seconds } : { audience: aud, expirationSeconds: seconds };
    return [{ path: String(path), view: { kind: 'token', token } }];
  }
  const config = data(source.configMap);
  return source.configMap === undefined ? [] : configFiles(pod, text(config.name), list(config.items));
}

function configFiles(pod: PodView, name: string | undefined, items: readonly Data[]): readonly PathView[] {
  return items.map(({ key, path }) => {
    const content = pod.configMap(name ?? '', String(key));
    const view: FileView = content === undefined
      ? { kind: 'missing', why: `the ConfigMap ${name ?? ''} with the key ${String(key)} is not among the manifests` }
      : { kind: 'text', text: content };
    return { path: String(path), view };
  });
}
