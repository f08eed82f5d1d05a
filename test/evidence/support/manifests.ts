/** Manifests and names that the documents of these tests are for. */
import { gather, type ClusterDescription, type Gathered } from '../../../src/evidence';
import { gapsOf, printed, proofOf } from '../support';
import type { Proof, Verdict } from 'symbolon';

export { account, pod } from '../../proof/support';

export const ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
export const ROLE = 'arn:aws:iam::111122223333:role/checkout';
export const ANCHOR = `arn:aws:iam::111122223333:oidc-provider/${ISSUER.slice(8)}`;
export const CLIENT = 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b';
export const SUBJECT = 'system:serviceaccount:shop:checkout';
export const CLUSTER: ClusterDescription = { name: 'prod', issuer: ISSUER };

export function trustPolicy(sub: string = SUBJECT): string {
  const key = ISSUER.slice(8);
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Federated: ANCHOR }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { [`${key}:sub`]: sub, [`${key}:aud`]: 'sts.amazonaws.com' } } }],
  });
}

export interface Told extends Gathered {
  readonly proof: Proof;
  /** What is said about the evidence itself. */
  readonly said: readonly string[];
}

/** All documents read and proved. A list of two is a document and the word of the user about it. */
export function tell(documents: readonly (object | readonly [object, string])[], clusters: readonly ClusterDescription[] = [CLUSTER]): Told {
  const gathered = gather(documents.map((document, i) => {
    const [value, of] = Array.isArray(document) ? document as [object, string] : [document];
    return printed(value, of === undefined ? {} : { of }, `${i}.json`);
  }), clusters);
  return { ...gathered, proof: proofOf(gathered), said: gapsOf(gathered).map(({ message }) => message) };
}

/** The one verdict. */
export function verdict({ proof }: Told): Verdict {
  expect(proof.verdicts).toHaveLength(1);
  return proof.verdicts[0] as Verdict;
}
