import type { GrantReader } from './grant';
import { dataOf } from '../../kubernetes/data';

/** The policies of the tokens that a role gives. https://developer.hashicorp.com/vault/api-docs/auth/kubernetes#token_policies */
export const vault: GrantReader = ({ becomes, request }) => {
  const { token_policies: policies } = dataOf(request);
  return becomes === undefined || !Array.isArray(policies) ? [] : policies.map(policy => ({ becomes, label: `policy ${String(policy)}` }));
};
