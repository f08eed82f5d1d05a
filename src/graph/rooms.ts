import type { TrustNode } from './map';
import { append } from '../core/append';

/** Nodes by the box that they are drawn in: Kubernetes by cluster and namespace, the clouds by provider. Strangers are in none, `''`. */
export function roomsOf(nodes: readonly TrustNode[]): ReadonlyMap<string, readonly TrustNode[]> {
  const rooms = new Map<string, TrustNode[]>();
  for (const node of nodes) append(rooms, roomOf(node), node);
  return rooms;
}

function roomOf({ cluster, namespace, provider, kind }: TrustNode): string {
  if (cluster !== undefined) return namespace === undefined ? cluster : `${cluster} / ${namespace}`;
  return provider === undefined || kind === 'stranger' ? '' : provider;
}
