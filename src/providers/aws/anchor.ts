import { derive, type Deferrable } from '../../core/deferred';
import { byText } from '../../core/names';
import { partitionOfEks } from '../../platforms/eks';
import type { AnchorNeed, AnchorRequest, TrustLayout } from '../provider';
import { oidcProviderArn } from './arn';
import { DEFAULT_AUDIENCE, trusts, type AwsEdge } from './settings';

export type AnchorDocument = TrustLayout<'iam.OpenIDConnectProvider', { readonly Url: Deferrable<string>; readonly ClientIDList: Deferrable<readonly string[]> }>;

/** Pod Identity needs none, and whoever made an existing role made it trust something: its anchor is there already. */
export function anchorNeedOf(edge: AwsEdge): AnchorNeed | undefined {
  const { existing, accountId, partition, audience } = edge.settings;
  return existing || !trusts(edge, 'irsa') ? undefined : { home: accountId, realm: partition, audience };
}

/** The IAM OIDC provider of a cluster in an account. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
export function anchorOf({ cluster, issuer, home, realm, audiences }: AnchorRequest): AnchorDocument {
  const partition = realm ?? (cluster.eks === undefined ? 'aws' : partitionOfEks(cluster.eks));
  return {
    provider: 'aws',
    kind: 'iam.OpenIDConnectProvider',
    id: 'aws',
    binding: 'aws',
    name: derive([home, issuer], (account, url) => oidcProviderArn(partition, account, url)),
    owned: true,
    request: { Url: issuer, ClientIDList: derive(audiences.length > 0 ? audiences : [DEFAULT_AUDIENCE], (...known) => [...new Set(known)].sort(byText)) },
  };
}
