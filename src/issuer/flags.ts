import type { IssuerInput } from './input';
import type { ApiServerFlag } from '../core/api-server-flag';
import { InvalidDefinitionError } from '../core/errors';
import { checkIssuer } from '../core/issuer';
import { Findings, complain, joinPath, show } from '../core/issues';
import { readShape, type Shape } from '../core/shape';

/** How the API server is told of its issuer. */
export interface ApiServerIssuer extends Pick<IssuerInput, 'issuer' | 'jwksUri'> {
  /** Issuers that it signed as before, and still accepts, in any order. @default none */
  readonly earlier?: readonly string[];
  /** Whom tokens for the API server itself are for. @default all its issuers, as Kubernetes has it */
  readonly apiAudiences?: readonly string[];
  /** The file of the private key that signs. @default '/etc/kubernetes/pki/sa.key', as kubeadm has it */
  readonly signingKeyFile?: string;
  /** The files of public keys that are accepted. While keys are rotated, the old one and the new one. @default ['/etc/kubernetes/pki/sa.pub'], as kubeadm has it; always said beside a `signingKeyFile` of your own */
  readonly keyFiles?: readonly string[];
}

const KUBEADM_KEY = '/etc/kubernetes/pki/sa.key';

const SHAPE: Shape<ApiServerIssuer> = { issuer: 'text', jwksUri: 'text?', earlier: 'texts?', apiAudiences: 'texts?', signingKeyFile: 'text?', keyFiles: 'texts?' };

/** The flags, in the forms in which they are set. */
export interface IssuerFlags {
  /** `--service-account-issuer=https://…`, in the order in which they have to stand: the first issuer is the one that signs. */
  readonly args: readonly string[];
  /** The same for `kubeadm`, whose v1beta4 has a list, since a flag may stand twice. https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/ */
  readonly kubeadm: {
    readonly apiVersion: 'kubeadm.k8s.io/v1beta4';
    readonly kind: 'ClusterConfiguration';
    readonly apiServer: { readonly extraArgs: readonly ApiServerFlag[] };
  };
}

/**
 * The flags of the API server that make it the issuer. An issuer that signed before has to stay as long as there are
 * tokens of it: without it, every running pod is logged out at once.
 *
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery
 *
 * @throws InvalidDefinitionError when an issuer is not one that Kubernetes can publish, or stands twice
 */
export function apiServerFlags(input: ApiServerIssuer): IssuerFlags {
  const findings = new Findings();
  const read = readShape(input, SHAPE, '', findings.report);
  const {
    issuer, earlier = [], jwksUri, apiAudiences = [], signingKeyFile = KUBEADM_KEY, keyFiles = ['/etc/kubernetes/pki/sa.pub'],
  } = read;
  if (issuer !== undefined) checkIssuer(issuer, 'issuer', findings.report);
  earlier.forEach((other, i) => {
    const path = joinPath('earlier', i);
    // What was an issuer once need not be one that can be published: kubeadm's own is.
    if (other === '') complain(findings.report, 'issuer/format', path, { expected: 'an issuer', got: other, fix: 'take it out' });
    if (other === issuer || earlier.indexOf(other) !== i) complain(findings.report, 'issuer/twice', path, { expected: 'every issuer once', got: other, fix: 'take the second one out: the API server does not start with both' });
  });
  if (apiAudiences.length > 0 && apiAudiences.some(audience => audience === '' || audience.includes(','))) {
    complain(findings.report, 'issuer/api-audiences', 'apiAudiences', { expected: 'audiences without commas', got: apiAudiences, fix: 'give each by itself' });
  }
  if (jwksUri !== undefined && !jwksUri.startsWith('https://')) complain(findings.report, 'issuer/jwks-uri', 'jwksUri', { expected: 'an https URL', got: jwksUri, fix: 'the API server does not start with another one' });
  // The public half of kubeadm's own key says nothing of another one: the server would refuse every token that it signs.
  if (read.keyFiles === undefined && signingKeyFile !== KUBEADM_KEY && signingKeyFile !== '') {
    complain(findings.report, 'issuer/key-file', 'keyFiles', { expected: `the file of the public key beside a signingKeyFile of your own, ${show(signingKeyFile)}`, got: undefined, fix: 'name it, and while keys are rotated the one before it, too' });
  }
  if (signingKeyFile.endsWith('.pub')) complain(findings.report, 'issuer/key-file', 'signingKeyFile', { expected: 'the file of a private key', got: signingKeyFile, fix: 'the file of the public key belongs to keyFiles: nothing can be signed with it' });
  if (keyFiles.length === 0) complain(findings.report, 'issuer/key-file', 'keyFiles', { expected: 'at least one file', got: keyFiles, fix: 'name the file of the public key, or leave it out' });
  for (const [path, file] of [['signingKeyFile', signingKeyFile] as const, ...keyFiles.map((name, i) => [joinPath('keyFiles', i), name] as const)]) {
    if (file === '') complain(findings.report, 'issuer/key-file', path, { expected: 'the path of a file', got: file, fix: 'name the file on the control plane nodes' });
  }
  if (issuer === undefined || findings.errors.length > 0) throw new InvalidDefinitionError(`API server of ${show(issuer)}`, findings.all);
  const flags: readonly ApiServerFlag[] = [
    ...[issuer, ...earlier].map(value => ({ name: 'service-account-issuer', value })),
    ...(jwksUri === undefined ? [] : [{ name: 'service-account-jwks-uri', value: jwksUri }]),
    ...(apiAudiences.length === 0 ? [] : [{ name: 'api-audiences', value: apiAudiences.join(',') }]),
    { name: 'service-account-signing-key-file', value: signingKeyFile },
    ...keyFiles.map(value => ({ name: 'service-account-key-file', value })),
  ];
  return {
    args: flags.map(({ name, value }) => `--${name}=${value}`),
    kubeadm: { apiVersion: 'kubeadm.k8s.io/v1beta4', kind: 'ClusterConfiguration', apiServer: { extraArgs: flags } },
  };
}
