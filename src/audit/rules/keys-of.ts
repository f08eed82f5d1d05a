import { data, type Data, type PodView } from '../../proof/pods';
import { CLOUDS } from '../clouds';
import type { DeadKey, Habits, KeyHabit, Stand } from '../clouds/habits';

/** One label or annotation, and where it stands. */
export interface Standing {
  readonly stand: Stand;
  readonly key: string;
  readonly value: unknown;
}

/** The labels and annotations of an object's metadata. */
export function standingsIn(metadata: unknown, of: 'account' | 'pod' | 'namespace'): readonly Standing[] {
  const { annotations, labels } = data(metadata);
  return [
    ...Object.entries(data(annotations)).map(([key, value]): Standing => ({ stand: `${of} annotation`, key, value })),
    ...Object.entries(data(labels)).map(([key, value]): Standing => ({ stand: `${of} label`, key, value })),
  ];
}

/** What is known of a key; undefined where it is nobody's. */
export function habitOf(key: string): (KeyHabit & { readonly cloud: Habits }) | undefined {
  return KNOWN.get(key);
}

const KNOWN = new Map(CLOUDS.flatMap(cloud => cloud.keys.map(habit => [habit.key, { ...habit, cloud }] as const)));

export const DEAD: readonly DeadKey[] = CLOUDS.flatMap(({ dead }) => dead);

export const KEYS: readonly string[] = [...KNOWN.keys()];

/** Whether one of the places where it is read has the key. What is not among the manifests has not. */
export function isWhereItIsRead({ key, on }: KeyHabit, pod: PodView): boolean {
  const metadata = data(pod.template.metadata);
  const maps: { readonly [stand in Stand]?: Data } = {
    'account annotation': pod.accountAnnotations,
    'pod annotation': data(metadata.annotations),
    'pod label': data(metadata.labels),
    'namespace label': pod.namespaceLabels,
  };
  return on.some(stand => Object.hasOwn(data(maps[stand]), key));
}

/** `an annotation of the ServiceAccount`. */
export function placesOf({ on }: KeyHabit): string {
  return on.map(stand => {
    const [of, kind] = stand.split(' ') as [string, string];
    return `${kind === 'label' ? 'a label' : 'an annotation'} of ${OWNERS[of]}`;
  }).join(' or ');
}

const OWNERS: { readonly [of: string]: string } = { account: 'the ServiceAccount', pod: 'the pod template', namespace: 'the Namespace' };
