/** What a container finds in its volumes, as the kubelet writes them: manifests by hand, every mistake that the API server lets pass. */
import { EKS_ISSUER, ROLE, only, pod, role, statement } from './support';
import type { KubernetesObject } from '../../src/kubernetes/manifest';
import { prove } from '../../src/proof/prove';

const STS = { serviceAccountToken: { path: 'token', audience: 'sts.amazonaws.com' } };
const ENV = [{ name: 'AWS_ROLE_ARN', value: ROLE }, { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '/aws/token' }];

/** A pod that asks AWS, with these sources in its volume. */
function asking(sources: readonly object[], { defaultMode, ...spec }: { readonly [field: string]: unknown } = {}, container: object = {}): KubernetesObject {
  return pod({
    containers: [{ name: 'app', image: 'app:1', env: ENV, volumeMounts: [{ name: 'aws', mountPath: '/aws' }], ...container }],
    volumes: [{ name: 'aws', projected: { sources, ...(defaultMode !== undefined && { defaultMode }) } }],
    ...spec,
  });
}
const proofOf = (...objects: readonly KubernetesObject[]): ReturnType<typeof prove> => prove({ clusters: [{ name: 'blue', issuer: EKS_ISSUER, objects }], trust: [role(statement())] });

test.each<[string, KubernetesObject, RegExp]>([
  ['another token comes later at the same path', asking([STS, { serviceAccountToken: { path: 'token', audience: 'other' } }]), /the volume aws has 2 tokens at the path token, of which the kubelet keeps the last alone/],
  ['another token stood earlier at the same path', asking([{ serviceAccountToken: { path: 'token', audience: 'other' } }, STS]), /2 tokens at the path token/],
  ['no API server grants so short a life', asking([{ serviceAccountToken: { ...STS.serviceAccountToken, expirationSeconds: 599 } }]), /the API server refuses the pod: .* has expirationSeconds 599, and not a whole number from 600 to 4294967296/],
  ['no API server grants so long a life', asking([{ serviceAccountToken: { ...STS.serviceAccountToken, expirationSeconds: 4294967297 } }]), /has expirationSeconds 4294967297/],
  ['a key comes later at the path of the token', asking([STS, { configMap: { name: 'c', items: [{ key: 'k', path: 'token' }] } }]), /ConfigMap c/],
  ['a key of a Secret comes later at the path of the token', asking([STS, { secret: { name: 's', items: [{ key: 'k', path: 'token' }] } }]), /not among the manifests/],
  ['a certificate comes later at the path of the token', asking([STS, { podCertificate: { keyPath: 'token' } }]), /not among the manifests/],
  ['the token\'s path is a folder, too', asking([STS, { clusterTrustBundle: { path: 'token/ca.pem' } }]), /token is to be a file and a folder/],
  ['another path is file and folder, so that nothing is written', asking([STS, { downwardAPI: { items: [{ path: 'a' }] } }, { secret: { name: 's', items: [{ key: 'k', path: 'a/b/c' }] } }]), /a is to be a file and a folder/],
  ['the token is root\'s, and the user is not', asking([STS], { defaultMode: 0o440 }, { securityContext: { runAsNonRoot: true } }), /\/aws\/token belongs to root with the mode 0440, and the container app runs not as root; with an fsGroup/],
  ['two containers have two users', asking([STS], { defaultMode: 0o400, initContainers: [{ name: 'init', securityContext: { runAsUser: 2 } }] }, { securityContext: { runAsUser: 1 } }), /the container app runs as user 1/],
])('refused, since %s', (_what, object, reason) => {
  const proof = proofOf(object);
  expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringMatching(reason) as string });
  expect(proof.holds).toBe(false);
});

test.each<[string, KubernetesObject]>([
  ['its life is the shortest that there is', asking([{ serviceAccountToken: { ...STS.serviceAccountToken, expirationSeconds: 600 } }])],
  ['other files have other paths', asking([STS, { downwardAPI: { items: [{ path: 'tokens/a' }] } }, { secret: { name: 's', items: [{ key: 'k', path: 'token.key' }] } }])],
  ['the group of the pod may read it', asking([STS], { defaultMode: 0o400, securityContext: { fsGroup: 7, runAsNonRoot: true } })],
  ['the one user of all containers is given it', asking([STS], { defaultMode: 0o400, securityContext: { runAsUser: 7 } })],
  ['root\'s group may read it, and the user is in it', asking([STS], { defaultMode: 0o440, initContainers: [{ name: 'init' }] }, { securityContext: { runAsUser: 7, runAsGroup: 0 } })],
  ['only the image knows who it is', asking([STS], { defaultMode: 0o400 })],
  ['on Windows there are no modes', asking([STS], { defaultMode: 0o400, nodeSelector: { 'kubernetes.io/os': 'windows' }, securityContext: { runAsNonRoot: true } })],
])('admitted, since %s', (_what, object) => {
  expect(only(proofOf(object).verdicts)).toMatchObject({ admitted: true });
});

test('of two variables of one name the last counts: the pod becomes whom that names, and the trust of the other lets in somebody who never asks', () => {
  const second = 'arn:aws:iam::111122223333:role/admin';
  const proof = proofOf(asking([STS], {}, { env: [...ENV, { name: 'AWS_ROLE_ARN', value: second }] }));
  expect(only(proof.verdicts)).toMatchObject({ becomes: second, admitted: false, decided: false });
  expect(only(proof.strangers)).toMatchObject({ becomes: ROLE });
  expect(proof.holds).toBe(false);
  expect(only(proofOf(asking([STS], {}, { env: [{ name: 'AWS_ROLE_ARN', value: second }, ...ENV] })).verdicts)).toMatchObject({ becomes: ROLE, admitted: true });
});

test('keys that nobody lists are files, too, and the kubelet writes them over a token', () => {
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'shop' }, data: { token: 'x' } };
  expect(only(proofOf(config, asking([STS, { configMap: { name: 'c' } }])).verdicts)).toMatchObject({ admitted: false });
  expect(only(proofOf(config, asking([{ configMap: { name: 'c' } }, STS])).verdicts)).toMatchObject({ admitted: true });
});

test('a token for an API that its container cannot read is reported with the reason, and the proof does not hold', () => {
  const object = pod({
    containers: [{ name: 'app', securityContext: { runAsUser: 7 }, volumeMounts: [{ name: 'v', mountPath: '/v' }] }, { name: 'root', securityContext: { runAsUser: 0 }, volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
    volumes: [{ name: 'v', projected: { defaultMode: 0o400, sources: [{ serviceAccountToken: { path: 'token', audience: 'https://a.example.com' } }] } }],
  });
  const proof = prove({ clusters: [{ name: 'blue', objects: [object] }], trust: [] });
  expect(only(proof.tokens)).toMatchObject({ audience: 'https://a.example.com', fault: expect.stringMatching(/runs as user 7/) as string });
  expect(proof.holds).toBe(false);
});

test('a token that nobody asks with, and nobody can read, is refused and no stranger', () => {
  const object = pod({ securityContext: { runAsNonRoot: true }, containers: [{ name: 'app', volumeMounts: [{ name: 'v', mountPath: '/v' }] }], volumes: [{ name: 'v', projected: { defaultMode: 0o400, sources: [STS] } }] });
  const proof = proofOf(object);
  expect(proof).toMatchObject({ holds: false, strangers: [], tokens: [], verdicts: [{ admitted: false, decided: true, reason: expect.stringMatching(/^\/v\/token belongs to root/) as string }] });
});

test('of two tokens at one path only the later one is there to be reported', () => {
  const sources = ['a', 'b'].map(audience => ({ serviceAccountToken: { path: 'token', audience } }));
  const object = pod({ containers: [{ name: 'app', volumeMounts: [{ name: 'v', mountPath: '/v' }] }], volumes: [{ name: 'v', projected: { sources } }] });
  const { tokens, holds } = prove({ clusters: [{ name: 'blue', objects: [object] }], trust: [] });
  expect(only(tokens)).toMatchObject({ audience: 'b', fault: expect.stringMatching(/2 tokens at the path token/) as string });
  expect(holds).toBe(false);
});
