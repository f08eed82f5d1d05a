import { InvalidDefinitionError } from '../core/errors';
import { checkIssuer } from '../core/issuer';
import { Findings, complain, joinPath, type Report } from '../core/issues';
import { readShape, type Shape } from '../core/shape';
import { isClusterDefinition } from '../identity/definition';
import { describedCluster } from '../identity/described-cluster';
import type { ClusterDefinition } from '../platforms/cluster';
import type { ClusterArtifact } from '../proof/artifacts';

/** What Pulumi does about a violation. https://www.pulumi.com/docs/insights/policy/policy-packs/authoring/#enforcement-levels */
export type EnforcementLevel = 'advisory' | 'mandatory' | 'disabled';

/** A cluster that the stack's pods run in, or whose pods the stack's trust lets in. */
export type PolicyCluster = Omit<ClusterArtifact, 'objects'>;

/** What the policies need to know besides the stack. */
export interface PolicyOptions {
  /**
   * The clusters whose tokens count: what `defineCluster` returned, or name and issuer. With several of them, a cluster is called as the
   * stack's Kubernetes provider for it is.
   * @default one of which nothing is known, so that what depends on its issuer is not decided
   */
  readonly clusters?: readonly (ClusterDefinition | PolicyCluster)[];
  /** What the resources do not say and their readers ask for: the number of the account, the address of the Vault. @default nothing */
  readonly said?: string;
  /** What happens where it does not hold. @default 'mandatory' */
  readonly proof?: EnforcementLevel;
  /**
   * What happens where it cannot be decided: a value is not known before it is made, or stands in another stack.
   * @default 'advisory': it is said, and the update goes on
   */
  readonly undecided?: EnforcementLevel;
  /** What happens where manifests have mistakes with tokens, as `symbolon audit` finds them. @default 'advisory' */
  readonly audit?: EnforcementLevel;
}

/** The options with their defaults. */
export interface ReadOptions {
  readonly clusters: readonly PolicyCluster[];
  readonly said: string | undefined;
  readonly proof: EnforcementLevel;
  readonly undecided: EnforcementLevel;
  readonly audit: EnforcementLevel;
}

const OPTIONS: Shape<PolicyOptions> = { clusters: 'list?', said: 'text?', proof: 'text?', undecided: 'text?', audit: 'text?' };
const CLUSTER: Shape<PolicyCluster> = { name: 'text', issuer: 'text?', workloadPool: 'text?', resourceId: 'text?', clusterArn: 'text?', ramProvider: 'text?', signingAlgorithms: 'texts?' };
const LEVELS: readonly string[] = ['advisory', 'mandatory', 'disabled'] satisfies readonly EnforcementLevel[];

/** @throws InvalidDefinitionError with everything that is wrong with the options */
export function readOptions(given: PolicyOptions): ReadOptions {
  const findings = new Findings();
  const { report } = findings;
  const { clusters = [], said, proof = 'mandatory', undecided = 'advisory', audit = 'advisory' } = readShape<PolicyOptions>(given, OPTIONS, '', report);
  for (const [field, level] of Object.entries({ proof, undecided, audit })) {
    if (!LEVELS.includes(level)) complain(report, 'policy/level', field, { expected: `one of ${LEVELS.join(', ')}`, got: level, fix: 'take mandatory to stop the update, advisory to be told' });
  }
  const described = clusters.map((cluster, i) => clusterIn(cluster, joinPath('clusters', i), report));
  const names = described.map(({ name }) => name);
  names.forEach((name, i) => {
    if (names.indexOf(name) < i) complain(report, 'policy/cluster-twice', joinPath('clusters', i), { expected: 'every cluster once', got: name, fix: 'take the second one out, or correct its name' });
  });
  if (findings.errors.length > 0) throw new InvalidDefinitionError('symbolonPolicies', findings.all);
  return { clusters: described, said, proof, undecided, audit };
}

function clusterIn(given: unknown, path: string, report: Report): PolicyCluster {
  if (isClusterDefinition(given)) return describedCluster(given, {});
  const { name = '', ...rest } = readShape<PolicyCluster>(given, CLUSTER, path, report);
  if (rest.issuer !== undefined) checkIssuer(rest.issuer, `${path}.issuer`, report);
  return { name, ...rest };
}
