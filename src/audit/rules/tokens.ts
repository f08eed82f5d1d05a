import { data, list, text, type Data, type PodView, shown } from '../../proof/pods';
import { CLOUDS } from '../clouds';
import { nameOf, type Rule, type Sighting } from '../rule';
import { isAutomountVolume, tokenVolumesOf } from '../view';

/** Seconds. https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/ */
const LIFETIME = { min: 600, max: 4294967296 };
/** Seconds: the kubelet renews tokens after a day at the latest, and managed clusters make none that live longer. */
const DAY = 86400;
/** Seconds. Exactly this lifetime is that of automounted tokens, which the API server makes valid for a year. */
const AUTOMOUNTED = 3607;

/** Projected tokens, as manifests ask for them. https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken */
export const TOKENS: readonly Rule[] = [
  {
    code: 'audit/token-unmounted',
    level: 'warning',
    says: 'A volume has a projected token, and no container mounts it.',
    * pod(pod) {
      const mounted = mountsIn(pod);
      for (const { name } of tokenVolumesOf(pod)) {
        if (mounted.has(name) || CLOUDS.some(cloud => cloud.usesVolume?.(pod, name) === true)) continue;
        yield { object: nameOf(pod.object), part: `volume ${name}`, message: 'it has a token, and no container mounts it', fix: 'mount it in the container that needs it (volumeMounts), or take it out', names: { volume: name } };
      }
    },
    plan: [
      'Find out what was to use the token, and what it uses now in its place.',
      'Mount {volume} in that container, read-only and without subPath, and tell the program the path; or take the volume out, where nothing needs it.',
      'Roll out; when the program uses the token, take away what it used before.',
    ],
  },
  {
    code: 'audit/token-subpath',
    level: 'error',
    says: 'A token is mounted by `subPath`: the file is never renewed, and the pod is logged out when the first token ends.',
    * pod(pod) {
      const withTokens = new Set(tokenVolumesOf(pod).map(({ name }) => name));
      for (const { name, mounts } of pod.containers) {
        for (const { volume, path, subPath } of mounts) {
          if (!subPath || !withTokens.has(volume)) continue;
          yield { object: nameOf(pod.object), part: `container ${name} mount ${path}`, message: `it mounts the token of ${volume} by subPath, and such a file is never renewed`, fix: 'mount the whole volume at a folder of its own', names: { volume, path } };
        }
      }
    },
    plan: [
      'Mount the whole volume {volume} at a new folder, beside the mount at {path}.',
      'Point the program at the file in the new folder (its variable or its configuration), and let it read the file again and again.',
      'Roll out; the token outlives its first lifetime now.',
      'Take out the mount at {path}.',
    ],
  },
  {
    code: 'audit/token-lifetime',
    level: 'error',
    says: '`expirationSeconds` is out of bounds: the API server refuses the pod.',
    pod: pod => eachToken(pod, ({ expirationSeconds: seconds }) => (seconds === undefined || seconds === null || (typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= LIFETIME.min && seconds <= LIFETIME.max)
      ? undefined
      : { message: `expected expirationSeconds from ${LIFETIME.min} to ${LIFETIME.max}, got ${JSON.stringify(seconds)}: the API server refuses the pod`, fix: 'write expirationSeconds: 3600, or leave it out' })),
    plan: [
      'Write expirationSeconds: 3600 into {volume}; webhooks of clouds want no less.',
      'Apply it with kubectl apply --dry-run=server, then roll out. Pods that run are not touched until then.',
    ],
  },
  {
    code: 'audit/token-lifetime-long',
    level: 'warning',
    says: 'A token is to live longer than a day: most clusters cut that in silence, and the kubelet renews it after a day all the same.',
    pod: pod => eachToken(pod, ({ expirationSeconds: seconds }) => (typeof seconds === 'number' && Number.isInteger(seconds) && seconds > DAY && seconds <= LIFETIME.max
      ? { message: `it asks for a lifetime of ${seconds} seconds: managed clusters cut it in silence, and elsewhere a stolen token is good for as long`, fix: 'write expirationSeconds: 3600: the kubelet renews it' }
      : undefined)),
    plan: [
      'See that the program reads the file again and again, as SDKs do, and not once at its start.',
      'Write expirationSeconds: 3600 (at most 86400) into {volume}.',
      'Roll out, and see that it is still let in after the first lifetime.',
    ],
  },
  {
    code: 'audit/token-year',
    level: 'warning',
    says: '`expirationSeconds: 3607` without an audience: by default the API server makes exactly such tokens valid for up to a year.',
    pod: pod => eachToken(pod, ({ audience, expirationSeconds }, volume) => (expirationSeconds === AUTOMOUNTED && !text(audience) && !isAutomountVolume(volume)
      ? { message: `it asks for a token for the Kubernetes API with exactly ${AUTOMOUNTED} seconds, which the API server makes valid for up to a year`, fix: 'write expirationSeconds: 3600' }
      : undefined)),
    plan: [
      'See that the program reads the file again and again: clients of the Kubernetes API do since 2020.',
      'Write expirationSeconds: 3600 into {volume}, and roll out.',
    ],
  },
  {
    code: 'audit/token-path',
    level: 'error',
    says: 'A token has no path, or one that leads out of its volume: the API server refuses the pod.',
    pod: pod => eachToken(pod, ({ path }) => {
      const good = typeof path === 'string' && path !== '' && !path.startsWith('/') && !path.startsWith('..') && !path.split('/').includes('..');
      return good ? undefined : { message: `expected a path in the volume, got ${JSON.stringify(path) ?? 'none'}: the API server refuses the pod`, fix: 'write path: token' };
    }),
    plan: [
      'Write path: token into the serviceAccountToken of {volume}; the file is then at the mount, followed by /token.',
      'Point the program at it, and apply with kubectl apply --dry-run=server before you roll out.',
    ],
  },
  {
    code: 'audit/token-collision',
    level: 'error',
    says: 'A token has the path of another file in its volume: the kubelet keeps the later one, and nobody says so.',
    * pod(pod) {
      for (const { name, volume } of tokenVolumesOf(pod)) {
        for (const path of collisionsIn(volume)) {
          yield { object: nameOf(pod.object), part: `volume ${name}`, message: `it has several files at the path ${path}, a token among them: the kubelet keeps the last one alone`, fix: 'give each file a path of its own', names: { volume: name, path } };
        }
      }
    },
    plan: [
      'Find out which of the files at {path} the program works with now: it is the last one in {volume}.',
      'Leave that one its path, and give the others new ones.',
      'Roll out, then point each program at the file that was meant for it.',
    ],
  },
];

function mountsIn({ containers, template }: PodView): ReadonlySet<string> {
  const ephemeral = list(data(template.spec).ephemeralContainers).flatMap(({ volumeMounts }) => list(volumeMounts).map(({ name }) => shown(name)));
  return new Set([...containers.flatMap(({ mounts }) => mounts.map(({ volume }) => volume)), ...ephemeral]);
}

function eachToken(pod: PodView, see: (token: Data, volume: string) => Pick<Sighting, 'message' | 'fix'> | undefined): readonly Sighting[] {
  return tokenVolumesOf(pod).flatMap(({ name, tokens }) => tokens.flatMap((token): readonly Sighting[] => {
    const seen = see(token, name);
    return seen === undefined ? [] : [{ object: nameOf(pod.object), part: `volume ${name}`, names: { volume: name }, ...seen }];
  }));
}

/** Paths that two sources write to, one of them a token. The API server compares no paths of tokens. */
function collisionsIn(volume: Data): readonly string[] {
  const counts = new Map<string, number>();
  const tokens = new Set<string>();
  for (const { serviceAccountToken, configMap, secret, downwardAPI } of list(data(volume.projected).sources)) {
    const token = data(serviceAccountToken).path;
    if (typeof token === 'string') tokens.add(token);
    const paths = [token, ...[configMap, secret, downwardAPI].flatMap(source => list(data(source).items).map(item => item.path))];
    for (const path of paths) if (typeof path === 'string') counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return [...tokens].filter(path => (counts.get(path) ?? 0) > 1);
}
