import { fileAt } from '../../proof/files';
import { data, list, text, type ContainerView, type PodView } from '../../proof/pods';
import { CLOUDS } from '../clouds';
import { hasAny, type Habits } from '../clouds/habits';
import { nameOf, type Rule, type Sighting } from '../rule';
import type { AuditView } from '../view';

/** Keys and passwords that never end, where a token would do. */
export const STATIC_KEYS: readonly Rule[] = [
  {
    code: 'audit/static-key-wins',
    level: 'error',
    says: 'A container has an identity, and a long-lived key beside it: SDKs take the key, and the identity is not used.',
    pod: (pod, view) => sightings(pod, view, true),
    plan: [
      'Let the identity do what the key may do: compare its permissions in {cloud} with those of the key\'s owner.',
      'Try it with one replica, or in a test namespace: take {keys} out of {container}, and see in the log of {cloud} that it comes as the identity.',
      'Take {keys} out of {object}, and roll out.',
      'See in {cloud} that the key is not used any more; switch it off, and wait for some days.',
      'Delete the key in {cloud}, then the Secret that held it.',
    ],
  },
  {
    code: 'audit/static-key',
    level: 'warning',
    says: 'A container has a long-lived key of a cloud, and no identity.',
    pod: (pod, view) => sightings(pod, view, false),
    plan: [
      'Make an identity in {cloud} with the permissions of the key\'s owner, which trusts the service account {account}.',
      'Give the pods of {object} that identity: the annotation or the token that {cloud} wants. The key stays; SDKs use it as before.',
      'Try it with one replica: take {keys} out of {container}, and see in the log of {cloud} that it comes as the identity.',
      'Take {keys} out of {object}, and roll out.',
      'See in {cloud} that the key is not used any more; switch it off, and wait for some days.',
      'Delete the key in {cloud}, then the Secret that held it.',
    ],
  },
];

function sightings(pod: PodView, view: AuditView, withIdentity: boolean): readonly Sighting[] {
  return pod.containers.flatMap((container, i) => CLOUDS.flatMap((cloud): readonly Sighting[] => {
    if (cloud.hasIdentity(pod, container) !== withIdentity) return [];
    const keys = [...cloud.secrets.filter(name => hasAny(container, [name])), ...inSecrets(pod, i, cloud, view), ...keyFilesOf(pod, container, cloud)];
    if (keys.length === 0) return [];
    const beside = withIdentity ? `, beside an identity of ${cloud.name}: SDKs take the key` : ` of ${cloud.name}, which never end by themselves`;
    return [{
      object: nameOf(pod.object),
      part: `container ${container.name}`,
      message: `it has ${[...new Set(keys)].join(', ')}${beside}`,
      fix: withIdentity ? 'take the key out' : 'give the pods an identity, and take the key out',
      names: { cloud: cloud.name, keys: [...new Set(keys)].join(', '), container: container.name, account: pod.serviceAccount },
    }];
  }));
}

/** Keys of Secrets among the manifests, all of which become variables. */
function inSecrets({ template, namespace }: PodView, index: number, { secrets }: Habits, view: AuditView): readonly string[] {
  const spec = data(template.spec);
  const container = [...list(spec.initContainers), ...list(spec.containers)][index];
  return list(container?.envFrom).flatMap(({ prefix, secretRef }) => {
    const secret = view.secret(namespace, text(data(secretRef).name) ?? '');
    const names = [...Object.keys(data(secret?.data)), ...Object.keys(data(secret?.stringData))].map(key => `${text(prefix) ?? ''}${key}`);
    return names.filter(name => secrets.includes(name));
  });
}

/** Files with keys: of what is among the manifests the text says so, of a Secret elsewhere that it is one. */
function keyFilesOf(pod: PodView, container: ContainerView, { keyFiles = [], isKeyFile }: Habits): readonly string[] {
  return keyFiles.filter(variable => {
    const path = container.env.get(variable);
    if (path === undefined) return false;
    const found = fileAt(pod, container, path);
    if (found.kind === 'text') return isKeyFile?.(variable, found.text) === true;
    const mount = container.mounts.find(({ path: at }) => path === at || path.startsWith(`${at}/`));
    return mount !== undefined && data(pod.volumes.get(mount.volume)).secret !== undefined;
  });
}
