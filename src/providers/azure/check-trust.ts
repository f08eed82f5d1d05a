import { checkCount } from './check-count';
import { checkNoUse } from './check-idle';
import { credentialName } from './credential-name';
import { principalKey } from './identity-id';
import type { AzureEdge, AzureSettings } from './settings';
import { isDeferred } from '../../core/deferred';
import { complain, type Report } from '../../core/issues';
import { checkAgreement, type Shared } from '../agree';
import { groupBy } from '../group';
import { checkUnused } from '../unused';

const GRANTS: Shared<AzureSettings> = {
  roleAssignments: settings => settings.roleAssignments.map(({ id }) => id),
};

/** What a managed identity has, whichever cluster its pods run in. */
const OF_IDENTITY: Shared<AzureSettings> = {
  tenantId: settings => settings.tenantId,
  subscriptionId: settings => settings.subscriptionId,
  location: settings => settings.location,
  clientId: settings => settings.clientId,
  tags: settings => settings.tags,
  ...GRANTS,
};

/** What an application has, whichever cluster its pods run in. */
const OF_APPLICATION: Shared<AzureSettings> = {
  tenantId: settings => settings.tenantId,
  clientId: settings => settings.clientId,
  ...GRANTS,
};

const isApplication = ({ mechanism }: AzureEdge): boolean => mechanism === 'application';

/** The rules of one identity or application with all its credentials. */
export function checkTrust(edges: readonly AzureEdge[], report: Report): void {
  checkUnused(edges, { code: 'azure/layout', field: 'layout', injection: 'explicit', own: ({ ownLayout }) => ownLayout }, report);
  checkNoUse(edges, report);
  const applications = edges.filter(isApplication);
  if (applications.length === 0) {
    checkAgreement(edges, 'managed identity', 'identityName', OF_IDENTITY, report);
  } else {
    checkAgreement(edges.filter(edge => !isApplication(edge)), 'managed identity', 'identityName', OF_IDENTITY, report);
    checkAgreement(applications, 'application', 'applicationName', OF_APPLICATION, report);
    checkOneKind(edges, report);
  }
  checkClients(edges, report);
  for (const group of groupBy(edges, principalKey).values()) {
    const [first] = group;
    if (first === undefined) continue;
    checkCount(first, group, report);
    const names = group.filter(({ mechanism }) => mechanism !== 'identity-binding').map(credentialName);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice === undefined) continue;
    complain(report, 'azure/credential-name', first.at('credentialName'), {
      expected: 'a name of its own for every credential', got: twice, fix: 'each service account in each cluster has a credential: leave credentialName out, or say it for one cluster under on',
    });
  }
}

/** One cloud identity is either the one or the other: which, no cluster of several that share it can say alone. */
function checkOneKind(edges: readonly AzureEdge[], report: Report): void {
  for (const [first, ...others] of groupBy(edges, edge => edge.variant).values()) {
    const other = others.find(edge => isApplication(edge) !== isApplication(first as AzureEdge));
    if (other === undefined) continue;
    complain(report, 'azure/mechanism', other.at('mechanism'), {
      expected: 'an application, or a managed identity, for all clusters that share it', got: [first?.mechanism, other.mechanism], fix: 'say the applicationName or identityName beside it, or make it a binding of its own (provider: "azure")',
    });
  }
}

/** Azure gives every identity and application a client id of its own, so that one said for two is wrong for one of them. */
function checkClients(edges: readonly AzureEdge[], report: Report): void {
  const owners = new Map<string, AzureEdge>();
  for (const edge of edges) {
    const { clientId } = edge.settings;
    if (isDeferred(clientId)) continue;
    const owner = owners.get(clientId);
    if (owner !== undefined && principalKey(owner) !== principalKey(edge) && owner.variant !== edge.variant) {
      complain(report, 'azure/client-id', edge.at('clientId'), {
        expected: 'a client id of its own for every managed identity or application', got: clientId, fix: 'say each one beside the name of its own, under on, or leave them out and give them as facts',
      });
    }
    owners.set(clientId, edge);
  }
}
