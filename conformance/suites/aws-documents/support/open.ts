import type { TrustDocument } from 'symbolon';

/** What IAM refuses, and the library does not refuse yet. Nothing may be added to hide a failure; what is mended goes. */
interface Open {
  readonly what: string;
  readonly refusedWith: string;
  is(document: Pick<TrustDocument, 'kind' | 'name'>): boolean;
}

/** Of the role and of the policy that is attached to it. */
const arnsOf = (name: string): readonly (readonly string[])[] => name.split(' ').map(arn => arn.split(':'));

export const OPEN: readonly Open[] = [
  {
    what: 'a managed policy of another partition, or of another account',
    refusedWith: 'NoSuchEntityException',
    is: ({ kind, name }) => {
      if (kind !== 'iam.RolePolicyAttachment') return false;
      const [role = [], policy = []] = arnsOf(name);
      return role[1] !== policy[1] || !['aws', role[4]].includes(policy[4]);
    },
  },
];
