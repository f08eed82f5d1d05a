import { complain, type Report } from '../../core/issues';
import { groupBy } from '../group';
import type { AwsPodIdentityFields } from './binding';
import type { AwsEdge } from './settings';

type Field = keyof AwsPodIdentityFields;

/** What to do about each field that is for Pod Identity alone, where there is no Pod Identity. */
const INSTEAD: { readonly [field in Field]-?: string } = {
  targetRole: 'take it out, and let the application assume the other role itself',
  disableSessionTags: 'take it out: such sessions have no tags',
  unsafeTrustWithoutTags: 'take it out: such a role is limited to the service account by its trust',
  sessionPolicy: 'pods would have all that the role may: limit the role itself, by inlinePolicies or permissionsBoundary',
  associationTags: 'take it out, since no association is made; tags of the role are tags',
  agentOverIpv6: 'take it out: such pods ask no agent',
};
const FIELDS = Object.keys(INSTEAD) as readonly Field[];

/** A field that no edge of those it is said for can use would be lost, and with `sessionPolicy` a limit. What is said to be off is as good as left out. */
export function checkPodFields(edges: readonly AwsEdge[], report: Report): void {
  for (const field of FIELDS) {
    const said = edges.filter(({ settings: { podFields } }) => podFields[field] !== undefined && podFields[field] !== false);
    if (said.length === 0) continue;
    for (const [path, group] of groupBy(said, edge => edge.at(field))) {
      if (group.some(({ settings }) => settings.podIdentity !== undefined)) continue;
      complain(report, 'aws/pod-identity-field', path, {
        expected: `no ${field} beside mechanism: "irsa", for which it does nothing`, got: group[0]?.settings.podFields[field], fix: `${INSTEAD[field]}; or say mechanism: "pod-identity"`,
      });
    }
  }
}
