import { Refused, type Decision } from './service';

interface Statement {
  readonly Effect: string;
  readonly Principal: { readonly Federated?: string | readonly string[]; readonly Service?: string | readonly string[] };
  readonly Action: string | readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

/** Who asks, as IAM sees it. */
export interface PolicyContext {
  readonly action: string;
  /** The ARN of the OIDC provider, or the name of the service. */
  readonly principal: { readonly Federated: string } | { readonly Service: string };
  /** The keys that conditions can name; IAM compares their names without regard to case. */
  readonly keys: { readonly [key: string]: string };
}

/**
 * Lets pass whom a trust policy allows. It knows what a policy for web identities needs, and stops at everything else:
 * a policy that it does not understand must not look like one that refuses. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allow(policy: PolicyDocument, context: PolicyContext): void {
  if (policy.Version !== '2012-10-17') throw new Error(`a policy of version ${policy.Version}`);
  const refusals = policy.Statement.map(statement => refusalOf(statement, context));
  if (refusals.length > 0 && refusals.every(refusal => refusal !== undefined)) {
    // What comes closest says best what is wrong: the right provider, then the right audience.
    const because = ['subject', 'audience', 'issuer', 'action'].find(each => refusals.includes(each)) ?? 'policy';
    throw new Refused(because, `not authorized to perform: ${context.action}`);
  }
  if (refusals.length === 0) throw new Refused('policy', 'the trust policy has no statement');
}

function refusalOf({ Effect, Principal, Action, Condition = {}, ...rest }: Statement, { action, principal, keys }: PolicyContext): Decision['refusedFor'] {
  const unknown = Object.keys(rest).filter(field => field !== 'Sid');
  const [kind, name] = Object.entries(principal)[0] as ['Federated' | 'Service', string];
  const known = ['Federated', 'Service'].includes(Object.keys(Principal).join());
  if (Effect !== 'Allow' || unknown.length > 0 || !known) throw new Error(`a statement that is not understood: ${JSON.stringify({ Effect, Principal, ...rest })}`);
  if (!listOf(Action).includes(action)) return 'action';
  if (!listOf(Principal[kind]).includes(name)) return 'issuer';
  for (const [operator, block] of Object.entries(Condition)) {
    if (operator !== 'StringEquals') throw new Error(`a condition that is not understood: ${operator}`);
    for (const [key, wanted] of Object.entries(block)) {
      const got = keys[key.toLowerCase()];
      if (got === undefined || !listOf(wanted).includes(got)) return key.endsWith(':aud') ? 'audience' : key.endsWith('/eks-cluster-arn') ? 'issuer' : 'subject';
    }
  }
  return undefined;
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}
