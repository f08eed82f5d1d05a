import type { Issue } from './core/issues';
import type { AdmissionOptions } from './identity/admission';
import type { PlanDifference } from './identity/compare-plans';
import type { ProjectedTokensDefinition, WorkloadIdentityDefinition } from './identity/definition';
import type { Facts } from './identity/facts';
import type { WorkloadIdentityInput } from './identity/input';
import type { OrganizationOptions } from './identity/organization';
import type { Plan } from './identity/plan';
import type { ProjectedTokensInput } from './identity/projected-input';
import type { ApiServerFlags } from './kubernetes/api-server/input';
import type { PodParts } from './kubernetes/injection';
import type { KubernetesObject } from './kubernetes/manifest';
import type { OrganizationPolicy } from './providers/organization';

// What defines, plans and checks is two thirds of the library. It is loaded by the first call, and not by the import: a program
// may import the library for one function, or for its types.

/* eslint-disable @typescript-eslint/no-require-imports */
const load = {
  define: once(() => require('./identity/define') as typeof import('./identity/define')),
  projectedTokens: once(() => require('./identity/projected-tokens') as typeof import('./identity/projected-tokens')),
  plan: once(() => require('./identity/plan') as typeof import('./identity/plan')),
  comparison: once(() => require('./identity/compare-plans') as typeof import('./identity/compare-plans')),
  facts: once(() => require('./identity/read-facts') as typeof import('./identity/read-facts')),
  injection: once(() => require('./identity/inject') as typeof import('./identity/inject')),
  admission: once(() => require('./identity/admission') as typeof import('./identity/admission')),
  organization: once(() => require('./identity/organization') as typeof import('./identity/organization')),
  flags: once(() => require('./identity/check-api-server') as typeof import('./identity/check-api-server')),
};
/* eslint-enable @typescript-eslint/no-require-imports */

function once<T>(work: () => T): () => T {
  let done: T | undefined;
  return () => done ??= work();
}

/**
 * Says who runs where and who shall trust it: the one definition that both halves are made of.
 *
 * @returns the definition, checked against everything that is known without the environment, and frozen
 * @throws InvalidDefinitionError with everything that is wrong, when anything is
 */
export function defineWorkloadIdentity(input: WorkloadIdentityInput): WorkloadIdentityDefinition {
  return load.define().defineWorkloadIdentity(input);
}

/** Everything that {@link defineWorkloadIdentity} would find, errors and warnings, without throwing. */
export function checkWorkloadIdentity(input: WorkloadIdentityInput): readonly Issue[] {
  return load.define().checkWorkloadIdentity(input);
}

/**
 * Projected tokens for pods that run as whoever they run as: no ServiceAccount is made, and none is demanded.
 *
 * ```ts
 * const tokens = defineProjectedTokens({ tokens: { payments: { audience: 'https://payments.example.com' } } });
 * inject(deployment, tokens.injection);
 * ```
 *
 * @returns the tokens, checked and frozen; given again, the same
 * @throws InvalidDefinitionError with everything that is wrong, when anything is
 */
export function defineProjectedTokens(input: ProjectedTokensInput): ProjectedTokensDefinition {
  return load.projectedTokens().defineProjectedTokens(input);
}

/** Everything that {@link defineProjectedTokens} would find, errors and warnings, without throwing. */
export function checkProjectedTokens(input: ProjectedTokensInput): readonly Issue[] {
  return load.projectedTokens().checkProjectedTokens(input);
}

/**
 * Plans one identity, or several together.
 *
 * @param facts  values that only the environment knows
 * @throws MissingFactError with every fact that is needed and missing
 * @throws InvalidFactsError when the facts are none, or facts and definition contradict each other
 * @throws InvalidDefinitionError when, with the facts, a rule is broken, or two definitions own the same thing
 */
export function planWorkloadIdentities(definitions: WorkloadIdentityDefinition | readonly WorkloadIdentityDefinition[], facts?: Facts): Plan {
  return load.plan().planWorkloadIdentities(definitions, facts);
}

/**
 * What changes on each side when one plan takes the place of another: when a cluster joins a fleet or retires, an audience
 * or a role changes. In the order of the plan that comes after; what is gone comes last, in the order of the one before.
 *
 * Things are the same by their names, as the clusters and clouds have it: a new name is one thing removed and one added.
 *
 * @returns nothing for two plans of the same content
 * @throws InvalidDefinitionError when one of them is no plan
 */
export function comparePlans(before: Plan, after: Plan): readonly PlanDifference[] {
  return load.comparison().comparePlans(before, after);
}

/**
 * Reads facts from what `pulumi stack output --json` prints, as it is, or from a file of facts.
 *
 * Of a stack's outputs the one called `symbolon` is read: `export const symbolon = identity.facts`, or a list of
 * several identities' facts. Anything else in it is left alone.
 *
 * @throws InvalidFactsError with everything that is wrong: the text `[secret]`, values that are not text, two values
 *   for one fact
 */
export function readFacts(json: unknown): Facts {
  return load.facts().readFacts(json);
}

/**
 * The manifest with everything in its pod template that the identity's pods carry: service account, labels, volumes,
 * mounts and environment. For manifests that no construct made: plain YAML, the output of Helm.
 *
 * Pure: the manifest that is given stays as it is. Injecting twice changes nothing more.
 *
 * @param manifest  a Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, …; of a List, one of its items
 * @param injection  from `planWorkloadIdentities(…).clusters[…].injections`, or of `defineProjectedTokens(…)`
 * @param onWarning  told of what is no error and still most likely a mistake, such as a container that is not there. @default nobody is told
 * @throws InvalidDefinitionError when the manifest has no pods or is not of the shape that Kubernetes takes, runs as another service account
 *   or in another namespace, or uses a name of the injection for something else; or when the injection is none
 */
export function inject<T extends object>(manifest: T, injection: PodParts, onWarning?: (issue: Issue) => void): T {
  return load.injection().inject(manifest, injection, onWarning);
}

/**
 * What is wrong with the flags of a kube-apiserver, as far as they are about service account tokens: what keeps it from
 * starting, what keeps a cloud from trusting it (errors), and what weakens it (warnings): among that an API audience that is also
 * a cloud's, or another relying party's. It looks at nothing but the flags, and gives an empty list for those that are in order.
 *
 * @param flags  a whole command line, the flags by name, or a kubeadm ClusterConfiguration. With the latter, what kubeadm
 *   itself gives (keys, an issuer) counts as given. What is none of these is a finding
 * @param definitions  what runs in the cluster: the audiences of their bindings and tokens must not be the API server's. @default the
 *   audiences that clouds have by themselves
 * @throws InvalidDefinitionError when `definitions` are no definitions; never for the flags
 *
 * https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
 */
export function checkApiServerFlags(
  flags: ApiServerFlags, definitions?: readonly (WorkloadIdentityDefinition | ProjectedTokensDefinition)[],
): readonly Issue[] {
  return load.flags().checkApiServerFlags(flags, definitions);
}

/**
 * Policies by which the API server itself refuses, in the namespaces of the definitions, what they do not name: pods of other service
 * accounts, tokens for other audiences or of longer lives, and Secrets with tokens that never expire. They are manifests for one cluster, three policies with
 * their bindings for each namespace: on pods, on requests for tokens, on Secrets. Kubernetes 1.30 or newer takes them.
 *
 * What webhooks add for the definitions is let through, and what runs already is left alone.
 *
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 *
 * @throws InvalidDefinitionError when definitions or options are wrong, or a namespace has more service accounts than a policy can hold
 * @throws MissingFactError with every fact that an audience waits for
 */
export function admissionPolicies(
  definitions: WorkloadIdentityDefinition | readonly WorkloadIdentityDefinition[], options?: AdmissionOptions,
): readonly KubernetesObject[] {
  return load.admission().admissionPolicies(definitions, options);
}

/**
 * Policies by which a whole organization trusts no issuers but those of the definitions' clusters, for each cloud that has such and that the definitions are trusted by: on AWS a
 * resource control policy, on Azure the definition of a policy, on Google Cloud a policy of a constraint on lists.
 *
 * @throws InvalidDefinitionError when definitions or options are wrong, or a policy is larger than its cloud takes
 * @throws MissingFactError with every issuer that waits for a fact
 */
export function organizationPolicies(
  definitions: WorkloadIdentityDefinition | readonly WorkloadIdentityDefinition[], options?: OrganizationOptions,
): readonly OrganizationPolicy[] {
  return load.organization().organizationPolicies(definitions, options);
}
