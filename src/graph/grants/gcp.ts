import type { GrantReader } from './grant';
import { dataOf } from '../../kubernetes/data';

/** Memberships in roles, of service accounts or of principals themselves; those that let somebody become a service account are trust. https://cloud.google.com/iam/docs/principal-identifiers */
export const gcp: GrantReader = ({ kind, becomes, request }, { identities }) => {
  const { member, role, resource } = dataOf(request);
  if (typeof member !== 'string' || kind === 'iam.ServiceAccountMember') return [];
  const who = becomes ?? member.replace(/^serviceAccount:/, '');
  const label = `${String(role)} on ${String(resource)}`;
  return identities.has(who) ? [{ becomes: who, label }] : [{ label: `${label} for ${member}` }];
};
