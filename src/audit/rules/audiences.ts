import { fileAt } from '../../proof/files';
import { data, list, text, type ContainerView, type PodView, shown } from '../../proof/pods';
import { CLOUDS } from '../clouds';
import type { Shown } from '../clouds/habits';
import { nameOf, type Rule } from '../rule';
import { API_MOUNT, isAutomounted, tokenVolumesOf, type AuditView } from '../view';

/** As API servers are commonly called: which of them is an audience of one, its flags say. */
const API = /^(?:https:\/\/)?kubernetes\.default(?:\.svc(?:\.[\w.-]+)?)?$/;

/** Who is shown a token for the Kubernetes API can use it there. https://kubernetes.io/docs/concepts/security/service-accounts/#authenticating-in-a-third-party-system */
export const AUDIENCES: readonly Rule[] = [
  {
    code: 'audit/api-audience',
    level: 'error',
    says: 'A token for the Kubernetes API is handed to a cloud or another third party, which could use it there.',
    * pod(pod, view) {
      for (const { container, by, path, cloud } of shownIn(pod)) {
        if (!isForApi(pod, container, path, view)) continue;
        yield { object: nameOf(pod.object), part: `container ${container.name}`, message: `${by} hands the token at ${path} to ${cloud}, and it is one for the Kubernetes API: whoever gets it can use it there`, fix: `mount a token with the audience that ${cloud} wants, and point to that`, names: { container: container.name, by, path, cloud } };
      }
    },
    plan: [
      'Let {cloud} take the new audience beside the one of today; never the other way round.',
      'Add a projected token with that audience to {object}, at a folder of its own, and mount it in {container}.',
      'Point to it in the place of {path}, and roll out.',
      'Let {cloud} take the new audience alone: until then every automounted token of the account is let in.',
      'Where {container} does not use the Kubernetes API, take the automounted token away (automountServiceAccountToken: false).',
    ],
  },
  {
    code: 'audit/api-audience-agent',
    level: 'warning',
    says: 'An agent that a webhook puts into the pod logs in elsewhere with the pod\'s token for the Kubernetes API.',
    * pod(pod, view) {
      for (const { name, takesApiToken } of CLOUDS) {
        const who = takesApiToken?.(pod);
        if (who === undefined || !isAutomounted(pod, view)) continue;
        yield { object: nameOf(pod.object), part: name, message: `${who}, logs in with the pod's token for the Kubernetes API, which ${name} could use there`, fix: `give it a projected token with an audience of its own, and name its volume to ${name}'s injector`, names: { cloud: name } };
      }
    },
    plan: [
      'See how {cloud} checks tokens: it needs a reviewer\'s token of its own (or the keys of the issuer), since one with another audience does not open the Kubernetes API.',
      'Add a second role in {cloud} with the new audience; leave the one of today.',
      'Add a projected token with that audience to {object}, mount it, name its volume and the new role in the annotations, and roll out.',
      'When all pods log in by the new role, take the old one away, and write automountServiceAccountToken: false where nothing else uses the Kubernetes API.',
    ],
  },
  {
    code: 'audit/api-audience-spelled',
    level: 'warning',
    says: 'A token names an API server as its audience: the name differs from cluster to cluster, and some refuse it.',
    * pod(pod) {
      for (const { name, tokens } of tokenVolumesOf(pod)) {
        for (const { audience } of tokens) {
          if (typeof audience === 'string' && API.test(audience)) yield { object: nameOf(pod.object), part: `volume ${name}`, message: `it asks for the audience ${JSON.stringify(audience)}: clusters call their API server by different names, and refuse a token for another`, fix: 'leave the audience out, for the Kubernetes API; for anybody else, write theirs', names: { volume: name } };
        }
      }
    },
    plan: [
      'Find out who reads the token of {volume}: the Kubernetes API, or somebody else.',
      'For the Kubernetes API, leave the audience out, and roll out: the API server puts its own in.',
      'For somebody else, add a token with their audience beside it, let them take both, roll out, and then take this one away.',
    ],
  },
  {
    code: 'audit/token-file-missing',
    level: 'error',
    says: 'A variable names a token file, and nothing is mounted at its path.',
    * pod(pod, view) {
      for (const { container, by, path } of shownIn(pod)) {
        const why = whyMissing(pod, container, path, view);
        if (why !== undefined) yield { object: nameOf(pod.object), part: `container ${container.name} ${by}`, message: `it is to find a token at ${path}, and ${why}`, fix: 'mount the volume with the token at the folder of this path, or correct the path', names: { container: container.name, by, path } };
      }
    },
    plan: [
      'See what {container} uses now in its place: SDKs go on to the next thing that they know, such as the identity of the node.',
      'Mount the projected volume with the token so that its file is at {path} (mountPath and the path in the volume make the whole), or correct {by}.',
      'See that the trust names the service account and the audience of this token: it takes effect only now.',
      'Roll out; then take away what was used before.',
    ],
  },
];

interface ShownTo extends Shown {
  readonly container: ContainerView;
  readonly cloud: string;
}

function shownIn(pod: PodView): readonly ShownTo[] {
  // Paths of Windows have other forms.
  if (pod.windows) return [];
  return pod.containers.flatMap(container => CLOUDS.flatMap(cloud => cloud.shows(pod, container).map(each => ({ ...each, container, cloud: cloud.name }))));
}

function isForApi(pod: PodView, container: ContainerView, path: string, view: AuditView): boolean {
  const found = fileAt(pod, container, path);
  if (found.kind === 'token') return found.token.audience === undefined || API.test(found.token.audience);
  return mountOf(container, path) === undefined && path.startsWith(`${API_MOUNT}/`) && isAutomounted(pod, view);
}

function mountOf(container: ContainerView, path: string): ContainerView['mounts'][number] | undefined {
  return [...container.mounts].sort((a, b) => b.path.length - a.path.length).find(({ path: at }) => path.startsWith(`${at}/`) || path === at);
}

/** Why there is no token at the path, where the manifests can tell: webhooks mount theirs, and what is in other volumes is made in the cluster. */
function whyMissing(pod: PodView, container: ContainerView, path: string, view: AuditView): string | undefined {
  const mount = mountOf(container, path);
  if (mount === undefined) {
    if (CLOUDS.some(({ mounts }) => mounts.some(at => path.startsWith(`${at}/`)))) return undefined;
    if (!path.startsWith(`${API_MOUNT}/`)) return 'nothing is mounted there';
    return isAutomounted(pod, view) ? undefined : 'the token of the account is not mounted: automountServiceAccountToken is false';
  }
  const sources = list(data(pod.volumes.get(mount.volume)?.projected).sources);
  const isKnown = sources.length > 0 && sources.every(source => text(data(source.serviceAccountToken).path) !== undefined);
  if (!isKnown || mount.subPath) return undefined;
  const files = sources.map(source => shown(data(source.serviceAccountToken).path));
  const wanted = path.slice(mount.path.length + 1);
  return files.includes(wanted) ? undefined : `the volume ${mount.volume} that is mounted at ${mount.path} has only ${files.join(', ')}`;
}
