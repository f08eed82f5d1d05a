import type { AwsEdge } from './settings';
import type { InjectedEnv, Reach } from '../../kubernetes/injection';

/** The domain of the webhook's annotations and labels. */
export const DOMAIN = 'eks.amazonaws.com';

const EITHER_REGION = ['AWS_REGION', 'AWS_DEFAULT_REGION'];

/** Both variables, or neither: SDKs differ in which one they read. */
export function regionsOf({ settings: { region } }: AwsEdge): readonly InjectedEnv[] {
  return region === undefined ? [] : [{ name: 'AWS_DEFAULT_REGION', value: region, yieldsTo: EITHER_REGION }, { name: 'AWS_REGION', value: region, yieldsTo: EITHER_REGION }];
}

/** A global STS endpoint is a single point of failure far away. */
export const REGIONAL_STS: InjectedEnv = { name: 'AWS_STS_REGIONAL_ENDPOINTS', value: 'regional', yieldsTo: ['AWS_STS_REGIONAL_ENDPOINTS'] };

/** The parts, for all containers but those that are skipped. */
export function reaching<T extends Reach>({ settings: { skipContainers } }: AwsEdge, parts: readonly T[]): readonly T[] {
  return skipContainers === undefined || skipContainers.length === 0 ? parts : parts.map(part => ({ ...part, skipContainers }));
}

/** The pod's annotation that tells the webhook which containers to skip. Names of containers have no commas. */
export function skipping({ settings: { skipContainers } }: AwsEdge): { readonly annotations?: { readonly [key: string]: string } } {
  return skipContainers === undefined || skipContainers.length === 0 ? {} : { annotations: { [`${DOMAIN}/skip-containers`]: skipContainers.join(',') } };
}
