import { dataOf, isData, listOf, type Data } from './data';
import type { PodParts } from './injection';

/** Kinds of volumes that the kubelet mounts read-only, whatever the mount says. */
const KINDS: readonly string[] = ['secret', 'configMap', 'downwardAPI', 'projected', 'image'];

/**
 * The names of the pod's volumes that are read-only by themselves, by their kind or as their source says. No place for another mount
 * can be made inside one: the container would not start. Those of the injection are among them, whether they are there yet or not.
 */
export function readOnlyVolumes(spec: Data, injection: PodParts): ReadonlySet<unknown> {
  const present = listOf(spec.volumes).filter(isReadOnly).map(({ name }) => name);
  return new Set([...present, ...injection.volumes.map(({ name }) => name)]);
}

function isReadOnly(volume: Data): boolean {
  return KINDS.some(kind => isData(volume[kind])) || Object.values(volume).some(source => dataOf(source).readOnly === true);
}
