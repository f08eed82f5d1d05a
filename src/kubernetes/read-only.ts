import { dataOf, isData, listOf, type Data } from './data';

/** Kinds of volumes that the kubelet mounts read-only, whatever the mount says. */
const KINDS: readonly string[] = ['secret', 'configMap', 'downwardAPI', 'projected', 'image'];

/**
 * The names of the pod's volumes that are read-only by themselves, by their kind or as their source says. No place for another mount
 * can be made inside one: the container would not start.
 */
export function readOnlyVolumes(spec: Data): ReadonlySet<unknown> {
  return new Set(listOf(spec.volumes).filter(isReadOnly).map(({ name }) => name));
}

function isReadOnly(volume: Data): boolean {
  return KINDS.some(kind => isData(volume[kind])) || Object.values(volume).some(source => dataOf(source).readOnly === true);
}
