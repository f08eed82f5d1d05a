import type { InjectedMount, InjectionPart, PodRule } from '../../kubernetes/injection';
import { tokenVolume } from '../../kubernetes/projected-token';
import type { PodSide } from '../provider';
import { roleArn } from './arn';
import { DOMAIN, REGIONAL_STS, reaching, regionsOf, skipping } from './pod-parts';
import { NO_KEYS, NO_OPT_OUT, identityVariables } from './rules';
import { DEFAULT_AUDIENCE, DEFAULT_SECONDS, type AwsEdge } from './settings';

const VOLUME = 'aws-iam-token';
export const MOUNT = '/var/run/secrets/eks.amazonaws.com/serviceaccount';
const FILE = 'token';
const TOKEN_MOUNT: InjectedMount = { name: VOLUME, mountPath: MOUNT, readOnly: true };

/** The webhook would leave such a pod as somebody else without a word. */
const RULES: readonly PodRule[] = [NO_OPT_OUT, ...identityVariables('by webhook the pod becomes the role only where these variables are not set'), ...NO_KEYS];

export function byWebhook(edge: AwsEdge): PodSide {
  // The webhook sets the region of the cluster, unless the pod has one already.
  const env = edge.settings.ownRegion ? { env: reaching(edge, regionsOf(edge)) } : {};
  return { annotations: annotationsOf(edge), injection: { reserved: [MOUNT], rules: reaching(edge, RULES), ...skipping(edge), ...env } };
}

/** Annotations of the ServiceAccount; what is the webhook's default is left out. */
export function annotationsOf(edge: AwsEdge): NonNullable<PodSide['annotations']> {
  const { audience, expirationSeconds } = edge.settings;
  return {
    [`${DOMAIN}/role-arn`]: roleArn(edge),
    ...(audience !== DEFAULT_AUDIENCE && { [`${DOMAIN}/audience`]: audience }),
    // The webhook has to be told.
    [`${DOMAIN}/sts-regional-endpoints`]: 'true',
    ...(expirationSeconds !== DEFAULT_SECONDS && { [`${DOMAIN}/token-expiration`]: String(expirationSeconds) }),
  };
}

const WINDOWS_FILE = `C:${MOUNT}/${FILE}`.replaceAll('/', '\\');

/** The same as the webhook makes, under the same names: a webhook that runs all the same finds nothing left to do. */
export function explicitly(edge: AwsEdge): InjectionPart {
  const { audience, expirationSeconds } = edge.settings;
  return {
    volumes: [tokenVolume(VOLUME, { audience, expirationSeconds, path: FILE })],
    mounts: reaching(edge, [TOKEN_MOUNT]),
    env: reaching(edge, [
      REGIONAL_STS,
      ...regionsOf(edge),
      // The webhook gives way to a container's own identity; here that is a finding, since the pod would be somebody else.
      { name: 'AWS_ROLE_ARN', value: roleArn(edge) },
      { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: `${MOUNT}/${FILE}`, windowsValue: WINDOWS_FILE },
    ]),
    rules: reaching(edge, NO_KEYS),
  };
}
