import type { AzureEdge } from './settings';
import { boundedName } from '../../core/names';

/** Made of three names that hold no underscore, so that two of them never give one; a dot, which Azure does not take, becomes two. */
export function credentialName({ settings, cluster, subject }: AzureEdge): string {
  return settings.credentialName ?? boundedName([cluster.name, subject.namespace, subject.serviceAccount.replaceAll('.', '__')].join('_'), 120);
}

/** The id of its document. */
export function credentialId({ cluster, subject }: AzureEdge, base: string): string {
  return `${base}/${cluster.name}/${subject.namespace}/${subject.serviceAccount}`;
}
