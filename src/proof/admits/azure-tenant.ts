import type { TrustArtifact } from '../artifacts';
import { data, text } from '../pods';
import type { Ask, TrustIndex } from './admitter';
import { tenantOf } from './azure-webhook';

const IDENTITY = 'managedidentity.UserAssignedIdentity';
const CREDENTIAL = 'managedidentity.FederatedIdentityCredential';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a pod says of the tenant that it asks. */
export interface AskedTenant {
  /** `AZURE_TENANT_ID`, where it can be read. */
  readonly said: string | undefined;
  /** Whether it is left to the webhook, which then gives the tenant that it was installed with: on AKS that of the cluster. */
  readonly byWebhook: boolean;
  readonly issuer: string | undefined;
}

/** A managed identity is found again by its id, whatever the case. */
export function filedByIdentity({ kind, name }: TrustArtifact): readonly string[] {
  return kind === IDENTITY ? [name.toLowerCase()] : [];
}

/**
 * An identity is asked for in its own tenant, and no other knows it (AADSTS700016). Applications can be of several tenants, and are not compared.
 * https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
 */
export function tenantProblem(client: string, { said, byWebhook, issuer }: AskedTenant, trust: TrustIndex): Pick<Ask, 'fault' | 'doubt'> {
  const home = homeOf(client, trust);
  const asked = byWebhook ? tenantOf(issuer) : said;
  if (home === undefined || asked === undefined || home.toLowerCase() === asked.toLowerCase()) return {};
  if (byWebhook) return { doubt: `the identity lies in the tenant ${home}, the cluster in ${asked}, and neither the service account nor the container says which one to ask` };
  // A tenant has names besides its id.
  if (!GUID.test(asked)) return { doubt: `whether the tenant ${asked}, which the pod asks, is ${home}, where the identity lies, is not known` };
  return { fault: `the pod asks the tenant ${asked}, and the identity lies in ${home}` };
}

/** The tenant of the managed identity, where one that has a credential says it. */
function homeOf(client: string, trust: TrustIndex): string | undefined {
  const owners = trust.byHandle(client).flatMap(({ kind, name }) => (kind === CREDENTIAL ? [name.replace(/\/federatedIdentityCredentials\/[^/]+$/i, '')] : []));
  return owners.flatMap(owner => trust.filed('azure', owner.toLowerCase())).map(({ request }) => text(data(request).tenantId)).find(tenant => tenant !== undefined);
}
