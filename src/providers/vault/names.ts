import type { VaultEdge, VaultSettings } from './settings';

/** Where a mount answers: `https://vault.example.com/v1/team-a/auth/kubernetes`. */
export function mountUrl({ address, vaultNamespace, mount }: Pick<VaultSettings, 'address' | 'vaultNamespace' | 'mount'>): string {
  return `${address}/v1/${vaultNamespace === undefined ? '' : `${vaultNamespace}/`}auth/${mount}`;
}

/** The same as a name: `vault.example.com/team-a/auth/kubernetes`. */
export function nameOfMount(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/^([^/]*)\/v1\//, '$1/');
}

/** The full name of the role: what a pod logs in as. */
export function roleName({ settings }: VaultEdge): string {
  return `${nameOfMount(mountUrl(settings))}/role/${settings.roleName}`;
}

/** The pieces of a full name, of a mount or of what is in it. */
export function piecesOf(name: string): { readonly namespace: string | undefined; readonly mount: string; readonly role: string } {
  const [, namespace, mount = '', role = ''] = /^[^/]*\/(?:(.+?)\/)?auth\/(.+?)(?:\/config|\/role\/([^/]+))?$/.exec(name) ?? [];
  return { namespace, mount, role };
}
