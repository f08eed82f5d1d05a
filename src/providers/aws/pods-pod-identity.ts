import type { InjectedMount, InjectionPart, PodRule } from '../../kubernetes/injection';
import { tokenVolume } from '../../kubernetes/projected-token';
import type { PodSide } from '../provider';
import { DOMAIN, REGIONAL_STS, reaching, regionsOf, skipping } from './pod-parts';
import { MOUNT as IRSA_MOUNT, annotationsOf } from './pods-irsa';
import { NO_KEYS, NO_OPT_OUT, NO_POD_IDENTITY_NODES, identityVariables } from './rules';
import { DEFAULT_SECONDS, PODS_AUDIENCE, trusts, type AwsEdge } from './settings';

const VOLUME = 'eks-pod-identity-token';
const MOUNT = '/var/run/secrets/pods.eks.amazonaws.com/serviceaccount';
const FILE = 'eks-pod-identity-token';
const TOKEN_MOUNT: InjectedMount = { name: VOLUME, mountPath: MOUNT, readOnly: true };

/** The agent listens on every node. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
const AGENT = { ipv4: 'http://169.254.170.23/v1/credentials', ipv6: 'http://[fd00:ec2::23]/v1/credentials' };

const EXPLICIT_RULES: readonly PodRule[] = [...NO_POD_IDENTITY_NODES, ...identityVariables('SDKs look for these variables first, and never ask the agent of Pod Identity'), ...NO_KEYS];
const WEBHOOK_RULES: readonly PodRule[] = [NO_OPT_OUT, ...EXPLICIT_RULES];

/**
 * The association tells the webhook, so that no annotation has to. While the role trusts both mechanisms, the annotation of the other one stays: a pod that starts
 * before the webhook has heard of the association gets in by it.
 */
export function byWebhook(edge: AwsEdge): PodSide {
  const fallback = trusts(edge, 'irsa');
  const { expirationSeconds, ownRegion } = edge.settings;
  const lifetime = expirationSeconds === DEFAULT_SECONDS ? {} : { annotations: { [`${DOMAIN}/token-expiration`]: String(expirationSeconds) } };
  return {
    ...(fallback ? { annotations: annotationsOf(edge) } : lifetime),
    injection: {
      reserved: fallback ? [MOUNT, IRSA_MOUNT] : [MOUNT],
      rules: reaching(edge, WEBHOOK_RULES),
      ...skipping(edge),
      ...(ownRegion && { env: reaching(edge, regionsOf(edge)) }),
    },
  };
}

/** The same as the webhook makes, but for the lifetime: it draws one from 79200 to 86400 seconds for each pod. */
export function explicitly(edge: AwsEdge): InjectionPart {
  const { expirationSeconds, podIdentity } = edge.settings;
  return {
    volumes: [tokenVolume(VOLUME, { audience: PODS_AUDIENCE, expirationSeconds, path: FILE })],
    mounts: reaching(edge, [TOKEN_MOUNT]),
    env: reaching(edge, [
      REGIONAL_STS,
      ...regionsOf(edge),
      { name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI', value: podIdentity?.agentOverIpv6 === true ? AGENT.ipv6 : AGENT.ipv4 },
      { name: 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', value: `${MOUNT}/${FILE}` },
    ]),
    rules: reaching(edge, EXPLICIT_RULES),
  };
}
