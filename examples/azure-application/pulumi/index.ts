/** The cloud half. `pulumi stack output --json > facts.json` is what the command line reads. */
import { invoices, reports } from '../identities';
import { WorkloadIdentity } from 'symbolon/pulumi';

/** Everything about Entra comes from @pulumi/azuread, and the rest from @pulumi/azure-native: each has a provider of its own. */
// region: facts
export const symbolon = [invoices, reports].map(definition => new WorkloadIdentity(definition.name, { definition }).facts);
// endregion
