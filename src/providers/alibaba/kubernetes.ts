import type { InjectedEnv, PodRule, Reach } from '../../kubernetes/injection';
import { tokenVolume } from '../../kubernetes/projected-token';
import type { PodSide } from '../provider';
import { providerArnOf, roleArn } from './arn';
import { AUDIENCE, DEFAULT_SECONDS, type AlibabaEdge } from './settings';

/** What the webhook of ACK reads and makes: https://www.alibabacloud.com/help/en/ack/product-overview/ack-pod-identity-webhook */
const DOMAIN = 'pod-identity.alibabacloud.com';
const VOLUME = 'rrsa-oidc-token';
const MOUNT = '/var/run/secrets/ack.alibabacloud.com/rrsa-tokens';
const FILE = 'token';

/** SDKs use a pair of keys before all else. https://www.alibabacloud.com/help/en/sdk/developer-reference/v2-manage-access-credentials */
const NO_KEYS: PodRule = {
  of: 'env',
  field: 'ALIBABA_CLOUD_ACCESS_KEY_ID',
  also: { of: 'env', field: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET' },
  code: 'alibaba/own-identity',
  expected: 'no ALIBABA_CLOUD_ACCESS_KEY_ID of the container\'s own (SDKs use keys first, and never look at the token)',
  fix: 'take it out, or name the container under skipContainers if it is to be somebody else',
  secret: true,
};

export function podSideOf(edge: AlibabaEdge): PodSide {
  if (edge.injection === 'none') return {};
  return edge.injection === 'webhook' ? webhook(edge) : { injection: explicit(edge) };
}

/** Annotations say which role, a label of the pod or of its namespace that there shall be one at all. All values are text: `on` without quotes would be a truth value. */
function webhook(edge: AlibabaEdge): PodSide {
  const { roleName, expirationSeconds: seconds, injectStsEndpoint, optIn, ownRegion, region, onlyContainers, skipContainers } = edge.settings;
  const label = { [`${DOMAIN}/injection`]: 'on' };
  const annotations = {
    ...(onlyContainers !== undefined && { [`${DOMAIN}/only-containers`]: onlyContainers.join(',') }),
    ...(skipContainers !== undefined && { [`${DOMAIN}/skip-containers`]: skipContainers.join(',') }),
  };
  return {
    annotations: {
      // The name alone: the webhook knows no role of another account.
      [`${DOMAIN}/role-name`]: roleName,
      ...(seconds !== DEFAULT_SECONDS && { [`${DOMAIN}/service-account-token-expiration`]: String(seconds) }),
      ...(injectStsEndpoint !== undefined && { [`${DOMAIN}/inject-sts-endpoint`]: injectStsEndpoint ? 'on' : 'off' }),
    },
    injection: {
      reserved: [MOUNT],
      rules: [{ ...NO_KEYS, ...reachOf(edge) }],
      ...(optIn === 'pod-label' && { labels: label }),
      annotations,
      ...(ownRegion && { env: [{ name: 'ALIBABA_CLOUD_STS_REGION', value: region as string, ...reachOf(edge) }] }),
    },
    ...(optIn === 'namespace-label' && { expected: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: edge.subject.namespace, labels: label } }] }),
  };
}

/** The same as the webhook makes, under the same names. */
function explicit(edge: AlibabaEdge): NonNullable<PodSide['injection']> {
  const reach = reachOf(edge);
  return {
    volumes: [tokenVolume(VOLUME, { audience: AUDIENCE, expirationSeconds: edge.settings.expirationSeconds, path: FILE })],
    mounts: [{ name: VOLUME, mountPath: MOUNT, readOnly: true, ...reach }],
    env: [
      { name: 'ALIBABA_CLOUD_ROLE_ARN', value: roleArn(edge), ...reach },
      { name: 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN', value: providerArnOf(edge), ...reach },
      { name: 'ALIBABA_CLOUD_OIDC_TOKEN_FILE', value: `${MOUNT}/${FILE}`, ...reach },
      ...endpointsOf(edge).map(variable => ({ ...variable, ...reach })),
    ],
    rules: [{ ...NO_KEYS, ...reach }],
  };
}

/** The STS of the cluster's own region; on ACK, inside its VPC. */
function endpointsOf({ cluster, settings: { region, injectStsEndpoint } }: AlibabaEdge): readonly InjectedEnv[] {
  if (region === undefined) return [];
  const inside = cluster.ack !== undefined;
  return [
    { name: 'ALIBABA_CLOUD_STS_REGION', value: region },
    ...(injectStsEndpoint === true ? [{ name: 'ALIBABA_CLOUD_STS_ENDPOINT', value: `${inside ? 'sts-vpc' : 'sts'}.${region}.aliyuncs.com` }] : []),
    ...(injectStsEndpoint === true && inside ? [{ name: 'ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED', value: 'true' }] : []),
  ];
}

function reachOf({ settings: { onlyContainers, skipContainers } }: AlibabaEdge): Reach {
  return { ...(onlyContainers !== undefined && { containers: onlyContainers }), ...(skipContainers !== undefined && { skipContainers }) };
}
