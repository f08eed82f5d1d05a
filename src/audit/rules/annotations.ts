import { DEAD, KEYS, habitOf, placesOf, standingsIn, type Standing } from './keys-of';
import { nearest } from '../../core/nearest';
import type { KubernetesObject } from '../../kubernetes/manifest';
import { nameOf, type Rule, type Sighting } from '../rule';

/** Values that webhooks do not take as they are meant, and keys that nobody reads. */
export const ANNOTATIONS: readonly Rule[] = [
  {
    code: 'audit/dead-annotation',
    level: 'warning',
    says: 'A label or annotation that nobody reads: of a tool that is given up, with a slip in its name, or at an object where it never counted.',
    ...looking(standing => deadBy(standing)),
    plan: [
      'See that nothing in your clusters reads {key}: no webhook or controller of your own, and no older release of one.',
      'If it was meant to give an identity, first do what gives it: {instead}; roll out, and see that it works.',
      'Take {key} out of {object}.',
    ],
  },
  {
    code: 'audit/handle',
    level: 'error',
    says: 'The value of a label or annotation cannot be what its reader wants: an ARN where a name belongs, a name where an id does, a placeholder.',
    ...looking(({ stand, key, value }) => {
      const habit = habitOf(key);
      if (habit?.form === undefined || !habit.on.includes(stand) || typeof value !== 'string' || habit.form.pattern.test(value)) return undefined;
      return { message: `expected ${habit.form.expected}, got ${JSON.stringify(value.slice(0, 120))}`, fix: `write ${habit.form.expected}`, names: { key, expected: habit.form.expected } };
    }),
    plan: [
      'See in the cloud what the identity is called, and that its trust names the service account.',
      'Write it into {key}: {expected}.',
      'Make the pods anew (kubectl rollout restart): webhooks look at a pod once, when it is made.',
    ],
  },
  {
    code: 'audit/webhook-lifetime',
    level: 'error',
    says: 'A lifetime in an annotation that its webhook does not take.',
    ...looking(({ stand, key, value }) => {
      const habit = habitOf(key);
      const lifetime = habit?.lifetime;
      if (lifetime === undefined || !habit?.on.includes(stand) || typeof value !== 'string') return undefined;
      const { min, max, otherwise } = lifetime;
      const seconds = /^\d+$/.test(value) ? Number(value) : NaN;
      if (seconds >= min && seconds <= (max ?? Infinity)) return undefined;
      const allowed = max === undefined ? `at least ${min}` : `${min} to ${max}`;
      return { message: `expected a whole number of seconds, ${allowed}, got ${JSON.stringify(value.slice(0, 120))}: ${otherwise}`, fix: `write a number of seconds, ${allowed}`, names: { key, allowed } };
    }),
    plan: [
      'Write a lifetime into {key} that the webhook takes: {allowed} seconds. The kubelet renews tokens by itself, so that a short one costs nothing.',
      'See that the program reads its token anew for each exchange, as the SDKs do.',
      'Make the pods anew: those that run keep the token that they have.',
    ],
  },
  {
    code: 'audit/separator',
    level: 'error',
    says: 'Names of containers are put together by a sign that this webhook does not take: some want a comma, one a semicolon.',
    ...looking(({ stand, key, value }) => {
      const habit = habitOf(key);
      const wrong = habit?.separator === ',' ? ';' : ',';
      if (habit?.separator === undefined || !habit.on.includes(stand) || typeof value !== 'string' || !value.includes(wrong)) return undefined;
      return { message: `expected names put together by ${habit.separator}, got ${JSON.stringify(value.slice(0, 120))}: to this webhook that is one name`, fix: `put ${habit.separator} between the names`, names: { key, separator: habit.separator } };
    }),
    plan: [
      'Write {separator} between the names in {key}.',
      'Look for programs in these containers that use the identity nevertheless, since they got it until now, and take them out of the list if they need it.',
      'Make the pods anew.',
    ],
  },
];

type Seen = Omit<Sighting, 'object' | 'part'>;

/** A rule over each label and annotation of accounts, namespaces and pods. */
function looking(see: (standing: Standing) => Seen | undefined): Required<Pick<Rule, 'object' | 'pod'>> {
  const over = (object: KubernetesObject, metadata: unknown, of: 'account' | 'pod' | 'namespace'): readonly Sighting[] => standingsIn(metadata, of).flatMap(standing => {
    const seen = see(standing);
    return seen === undefined ? [] : [{ object: nameOf(object), part: `${standing.stand.split(' ')[1] as string} ${standing.key}`, ...seen }];
  });
  return {
    object: object => (OWNERS.has(object.kind) && object.apiVersion === 'v1' ? over(object, object.metadata, object.kind === 'Namespace' ? 'namespace' : 'account') : []),
    pod: ({ object, template }) => over(object, template.metadata, 'pod'),
  };
}

const OWNERS = new Set(['ServiceAccount', 'Namespace']);

function deadBy({ stand, key, value }: Standing): Seen | undefined {
  const dead = DEAD.find(each => each.key === key && each.on === stand && (each.value === undefined || (typeof value === 'string' && each.value.test(value))));
  if (dead !== undefined) return { message: `the key ${key}: ${dead.why}`, fix: dead.fix, names: { key, instead: dead.fix } };
  const habit = habitOf(key);
  // What pods have in the wrong place is missing in the right one, or does no harm.
  if (habit !== undefined) return habit.on.includes(stand) || stand.startsWith('pod ') ? undefined : { message: `nobody reads ${key} there: it is ${placesOf(habit)}`, fix: 'move it, or take it out', names: { key, instead: `write it as ${placesOf(habit)}` } };
  const meant = nearest(key, KEYS);
  return meant === undefined ? undefined : { message: `nobody reads ${key}: did you mean ${meant}?`, fix: `write ${meant}, or take it out`, names: { key, instead: `write ${meant}` } };
}
