import type { KubernetesObject } from '../../kubernetes/manifest';
import { data, list, text, type Data, type PodView, shown } from '../../proof/pods';
import { nameOf, type Rule, type Sighting } from '../rule';
import type { AuditView } from '../view';

const TYPE = 'kubernetes.io/service-account-token';
/** As clusters before 1.24 named the Secret of every account; the letters are those of its random names. */
const MADE = /^(.+)-token-[bcdfghjklmnpqrstvwxz2456789]{5}$/;

/** Tokens in Secrets: they never end, and are good for whoever reads them. https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets */
export const LEGACY: readonly Rule[] = [
  {
    code: 'audit/legacy-token',
    level: 'error',
    says: 'A Secret of the type `kubernetes.io/service-account-token`: its token never ends.',
    * object(object) {
      if (object.apiVersion !== 'v1' || object.kind !== 'Secret' || object.type !== TYPE) return;
      const account = text(data(object.metadata.annotations)['kubernetes.io/service-account.name']) ?? 'some account';
      const used = text(data(object.metadata.labels)['kubernetes.io/legacy-token-last-used']);
      const last = used === undefined ? '' : `; it was last used on ${used}`;
      yield {
        object: nameOf(object),
        message: `it holds a token of the service account ${account} that never ends, and that is good for whoever reads it${last}`,
        fix: 'give those who use it a projected token, and delete the Secret',
        names: { account },
      };
    },
    plan: [
      'Find who uses it: the audit log marks each use with authentication.k8s.io/legacy-token, and the label kubernetes.io/legacy-token-last-used of {object} has the day of the last one.',
      'Give each pod that uses it a projected token of the service account {account}, at the path where it looks now, and let the program read the file again at least every few minutes.',
      'Give those outside the cluster a token that ends (kubectl create token {account}), or let them log in by a provider of their own.',
      'Roll out, and wait until the day of the last use stays in the past.',
      'Delete {object}: that ends its token at once. Roles and bindings stay as they are.',
    ],
  },
  {
    code: 'audit/legacy-token-used',
    level: 'error',
    says: 'A pod mounts, or reads into a variable, the token of such a Secret.',
    * pod(pod, view) {
      for (const { secret, part, how } of usesIn(pod)) {
        if (!isLegacy(secret, pod, view)) continue;
        yield { object: nameOf(pod.object), part, message: `it ${how} the Secret ${secret}, which holds a token that never ends`, fix: 'take a projected token instead, with the audience of whoever reads it', names: { secret, account: pod.serviceAccount } };
      }
    },
    plan: [
      'Add a projected volume with a serviceAccountToken of {account} to {object}, and mount it beside what is there.',
      'Let the program read the new file, each time anew: the kubelet renews it. A variable never changes, so that a token has no place in one.',
      'Roll out, and see in the audit log that the uses of {secret} (authentication.k8s.io/legacy-token) come to an end.',
      'Take the Secret {secret} out of {object}; roll out again.',
      'Delete the Secret {secret}.',
    ],
  },
  {
    code: 'audit/account-secrets',
    level: 'warning',
    says: 'A ServiceAccount lists token Secrets under `secrets`, as clusters before 1.24 did.',
    * object(object, view) {
      if (object.apiVersion !== 'v1' || object.kind !== 'ServiceAccount') return;
      const namespace = shown(object.metadata.namespace ?? 'default');
      for (const { name } of list(object.secrets)) {
        const secret = text(name);
        if (secret === undefined || !(view.secret(namespace, secret)?.type === TYPE || MADE.exec(secret)?.[1] === object.metadata.name)) continue;
        yield { object: nameOf(object), part: `secrets ${secret}`, message: 'it names a Secret with a token that never ends, which no pod needs to have listed', fix: 'take it out of the list', names: { secret } };
      }
    },
    plan: [
      'See that no pod mounts the Secret {secret}, and that nobody outside uses it (label kubernetes.io/legacy-token-last-used).',
      'Take {secret} out of the secrets of {object}: pods get their tokens without it.',
      'Delete the Secret {secret}.',
    ],
  },
];

interface Use extends Pick<Sighting, 'part'> {
  readonly part: string;
  readonly secret: string;
  readonly how: string;
}

/** Every Secret that a pod reads, and where. */
function usesIn({ template, volumes }: PodView): readonly Use[] {
  const uses: Use[] = [];
  const add = (secret: unknown, part: string, how: string): void => {
    if (typeof secret === 'string') uses.push({ secret, part, how });
  };
  for (const [name, volume] of volumes) {
    add(data(volume.secret).secretName, `volume ${name}`, 'mounts');
    for (const source of list(data(volume.projected).sources)) add(data(source.secret).name, `volume ${name}`, 'mounts');
  }
  const spec = data(template.spec);
  for (const container of [...list(spec.initContainers), ...list(spec.containers)]) {
    const part = `container ${shown(container.name)}`;
    for (const { valueFrom } of list(container.env)) add(data(data(valueFrom).secretKeyRef).name, part, 'reads into a variable');
    for (const { secretRef } of list(container.envFrom)) add(data(secretRef).name, part, 'reads into variables');
  }
  return uses;
}

/** Its own type says so; where it is not among the manifests, its name does, if it is the one that a cluster made for the pod's account. */
function isLegacy(secret: string, { namespace, serviceAccount }: PodView, view: AuditView): boolean {
  const found: Data | undefined = view.secret(namespace, secret);
  return found === undefined ? MADE.exec(secret)?.[1] === serviceAccount : (found as Partial<KubernetesObject>).type === TYPE;
}
