import type { AlibabaEdge } from './settings';
import { derive, type Deferrable } from '../../core/deferred';

/** https://www.alibabacloud.com/help/en/ram/user-guide/policy-elements */
export function roleArn({ settings }: AlibabaEdge): Deferrable<string> {
  return derive([settings.accountId], account => `acs:ram::${account}:role/${settings.roleName}`);
}

/** The provider that stands for the edge's cluster in the account of the role. */
export function providerArnOf({ settings }: AlibabaEdge): Deferrable<string> {
  return derive([settings.accountId], account => oidcProviderArn(account, settings.providerName));
}

export function oidcProviderArn(account: string, name: string): string {
  return `acs:ram::${account}:oidc-provider/${name}`;
}
