import type { EnforcementLevel } from './input';

// What @pulumi/policy takes and gives, as far as it is used: the pack is made by the user's own copy of it.
// https://www.pulumi.com/docs/reference/pkg/nodejs/pulumi/policy/

/** Tells the user what is wrong; without a URN with the stack as a whole. */
export type ReportViolation = (message: string, urn?: string) => void;

/** A resource of the stack. What is not known in a preview throws when it is read. */
export interface StackResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  /** Its outputs; in a preview its inputs, and the outputs as far as they are known. */
  readonly props: { readonly [field: string]: unknown };
  readonly provider?: { readonly type: string; readonly urn: string; readonly name: string; readonly props: { readonly [field: string]: unknown } };
}

/** What a policy on the whole stack sees. */
export interface StackView {
  readonly resources: readonly StackResource[];
}

interface Policy {
  readonly name: string;
  readonly description: string;
  readonly enforcementLevel: EnforcementLevel;
}

/** One policy on the whole stack, at the end of a preview and of an update. */
export interface StackPolicy extends Policy {
  validateStack(stack: StackView, reportViolation: ReportViolation): void;
}

/** One policy on each resource, before it is made. */
export interface ResourcePolicy extends Policy {
  validateResource(resource: StackResource, reportViolation: ReportViolation): void;
}

/** The second argument of `new PolicyPack`. */
export interface StackPolicies {
  policies: (StackPolicy | ResourcePolicy)[];
}
