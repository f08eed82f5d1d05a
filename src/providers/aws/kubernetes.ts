import type { Deferrable } from '../../core/deferred';
import type { InjectedEnv } from '../../kubernetes/injection';
import { tokenVolume } from '../../kubernetes/projected-token';
import type { PodSide } from '../provider';
import { roleArn } from './arn';
import { DEFAULT_AUDIENCE, DEFAULT_SECONDS, type AwsEdge } from './settings';

/** What the EKS webhook reads and makes: https://github.com/aws/amazon-eks-pod-identity-webhook */
const ROLE_ARN = 'eks.amazonaws.com/role-arn';
const AUDIENCE = 'eks.amazonaws.com/audience';
const REGIONAL_STS = 'eks.amazonaws.com/sts-regional-endpoints';
const EXPIRATION = 'eks.amazonaws.com/token-expiration';
const VOLUME = 'aws-iam-token';
const MOUNT = '/var/run/secrets/eks.amazonaws.com/serviceaccount';
const FILE = 'token';
const RESERVED = [MOUNT];

export function podSideOf(edge: AwsEdge): PodSide {
  if (edge.injection === 'none') return {};
  if (edge.injection === 'explicit') return { injection: explicit(edge) };
  // The webhook sets the region of the cluster, unless the pod has one already.
  return { annotations: annotationsOf(edge), injection: edge.settings.ownRegion ? { reserved: RESERVED, env: regionsOf(edge) } : { reserved: RESERVED } };
}

/** Annotations of the ServiceAccount; what is the webhook's default is left out. */
function annotationsOf(edge: AwsEdge): NonNullable<PodSide['annotations']> {
  const { audience, expirationSeconds } = edge.settings;
  const annotations: { [key: string]: Deferrable<string> } = { [ROLE_ARN]: roleArn(edge) };
  if (audience !== DEFAULT_AUDIENCE) annotations[AUDIENCE] = audience;
  // A global STS endpoint is a single point of failure far away; the webhook has to be told.
  annotations[REGIONAL_STS] = 'true';
  if (expirationSeconds !== DEFAULT_SECONDS) annotations[EXPIRATION] = String(expirationSeconds);
  return annotations;
}

function regionsOf({ settings: { region } }: AwsEdge): readonly InjectedEnv[] {
  return region === undefined ? [] : [{ name: 'AWS_DEFAULT_REGION', value: region }, { name: 'AWS_REGION', value: region }];
}

/** The same as the webhook makes, under the same names: a webhook that runs all the same finds nothing left to do. */
function explicit(edge: AwsEdge): NonNullable<PodSide['injection']> {
  const { audience, expirationSeconds } = edge.settings;
  return {
    volumes: [tokenVolume(VOLUME, { audience, expirationSeconds, path: FILE })],
    mounts: [{ name: VOLUME, mountPath: MOUNT, readOnly: true }],
    env: [
      { name: 'AWS_STS_REGIONAL_ENDPOINTS', value: 'regional' },
      ...regionsOf(edge),
      { name: 'AWS_ROLE_ARN', value: roleArn(edge) },
      { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: `${MOUNT}/${FILE}` },
    ],
  };
}
