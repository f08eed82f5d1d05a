import { CLOUDS } from '../clouds';
import { habitOf, isWhereItIsRead, placesOf, standingsIn, type Standing } from './keys-of';
import type { KubernetesObject } from '../../kubernetes/manifest';
import { data, type PodView } from '../../proof/pods';
import { nameOf, type Rule } from '../rule';

/** Webhooks look at pods, and are told by labels which: what stands elsewhere does nothing, and nobody says so. */
export const LABELS: readonly Rule[] = [
  {
    code: 'audit/label-missing',
    level: 'error',
    says: 'A service account is annotated with an identity, and the pods lack the label by which the webhook knows them.',
    * pod(pod, view) {
      for (const { name, waitsFor } of CLOUDS) {
        const missing = waitsFor?.(pod, view);
        // On the workload it is misplaced, and one that is no text is no text: other rules say so.
        const there = [pod.object.metadata, data(pod.template.metadata)].map(({ labels }) => data(labels));
        if (missing === undefined || there.some(labels => Object.hasOwn(labels, missing.key))) continue;
        yield {
          object: nameOf(pod.object),
          message: `its account ${pod.serviceAccount} has ${missing.asked}, and its pods lack the label ${missing.key}: "${missing.value}", so that the webhook of ${name} does not look at them`,
          fix: `write ${missing.key}: "${missing.value}", with quotes, into the labels of the pod template`,
          names: { label: `${missing.key}: "${missing.value}"`, cloud: name },
        };
      }
    },
    plan: [
      'See what the pods of {object} use now: a key, the identity of the node, or nothing. Leave that in place for the time being.',
      'See that {cloud} trusts the service account: the webhook may refuse pods, or programs fail, where it does not.',
      'Write {label} into spec.template.metadata.labels (not into the selector, which cannot be changed), and roll out: only new pods are looked at.',
      'See that the program has become the identity; then take away what it used before.',
    ],
  },
  {
    code: 'audit/misplaced',
    level: 'error',
    says: 'A label or annotation for a webhook stands where the webhook does not look, such as on the Deployment, and is missing where it does.',
    * pod(pod) {
      for (const { key, stand, where } of strayIn(pod)) {
        const habit = habitOf(key);
        if (habit === undefined || isWhereItIsRead(habit, pod)) continue;
        const right = where === 'pod' && habit.on.includes(stand);
        if (!right) yield { object: nameOf(pod.object), part: `${where} ${stand.split(' ')[1] as string} ${key}`, message: `nobody reads ${key} there: ${habit.cloud.name} looks for ${placesOf(habit)}`, fix: `move it: it is ${placesOf(habit)}`, names: { key, places: placesOf(habit) } };
      }
    },
    plan: [
      'See what the pods of {object} use now in its place, and leave that as it is for the time being.',
      'Write {key} where it is read: {places}. Leave the old one; it does no harm.',
      'Roll out: webhooks look at a pod once, when it is made.',
      'See that the program has become the identity; then take out the old {key}, and what was used before.',
    ],
  },
  {
    code: 'audit/not-text',
    level: 'error',
    says: 'A label or annotation is no text, such as `true` without quotes: the API server refuses the object.',
    * object(object) {
      yield* notText(object, standingsIn(object.metadata, 'account'));
    },
    * pod({ object, template }) {
      if (template !== object) yield* notText(object, standingsIn(template.metadata, 'pod'));
    },
    plan: [
      'Put the value of {key} in quotes. In templates of Helm: {{ .Values.x | quote }}.',
      'Apply it to a test cluster with kubectl apply --dry-run=server: the API server takes it then.',
    ],
  },
];

interface Stray extends Standing {
  readonly where: 'pod' | 'workload';
}

/** The labels and annotations of the pods and of what makes them. */
function strayIn({ object, template }: PodView): readonly Stray[] {
  const pods = standingsIn(template.metadata, 'pod').map((standing): Stray => ({ ...standing, where: 'pod' }));
  const ofWorkload = template === object ? [] : standingsIn(object.metadata, 'pod').map((standing): Stray => ({ ...standing, where: 'workload' }));
  return [...pods, ...ofWorkload];
}

/** YAML's `null` is an empty text for the API server. */
function notText(object: KubernetesObject, standings: readonly Standing[]): ReturnType<NonNullable<Rule['object']>> {
  return standings.filter(({ value }) => typeof value !== 'string' && value !== null && value !== undefined).map(({ key, stand, value }) => ({
    object: nameOf(object),
    part: `${stand.split(' ')[1] as string} ${key}`,
    message: `expected a text, got ${JSON.stringify(value)?.slice(0, 80) ?? 'nothing'}: the API server refuses the object`,
    fix: 'put the value in quotes',
    names: { key },
  }));
}
