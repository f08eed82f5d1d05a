import { admittedIn, checkKnown, partIn } from './admitted';
import type { WorkloadIdentityDefinition } from './definition';
import { describedCluster } from './described-cluster';
import type { Facts } from './facts';
import { factsIn, identitiesIn } from './given';
import { findCluster } from './half';
import { checkedLayouts } from './layouts';
import { checkTogether } from './together';
import { checkAudience } from '../core/audience';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain, joinPath, type Report } from '../core/issues';
import { byText } from '../core/names';
import { readShape, type Shape } from '../core/shape';
import { checkActions, checkAlso, checkSize } from '../kubernetes/admission/check';
import type { AdmissionAction, AdmittedNamespace, AdmittedPods } from '../kubernetes/admission/input';
import { policiesOf } from '../kubernetes/admission/policies';
import type { KubernetesObject } from '../kubernetes/manifest';
import type { ClusterDefinition } from '../platforms/cluster';

/** What admission policies need to know besides the definitions. */
export interface AdmissionOptions {
  /** The cluster that they are for, or its name. @default the only one of the definitions */
  readonly cluster?: ClusterDefinition | string;
  /** What runs besides in the namespaces of the definitions. @default nothing */
  readonly also?: readonly AdmittedPods[];
  /** What happens to what is not allowed: `['Audit', 'Warn']` to look first. @default ['Deny'] */
  readonly actions?: readonly AdmissionAction[];
  /**
   * What the API server calls itself in its tokens (`--api-audiences`): whoever may have a token for it may ask for these.
   * @default the cluster's issuer, where it is known, and `https://kubernetes.default.svc`
   */
  readonly apiAudiences?: readonly string[];
  /** Values that only the environment knows. @default none */
  readonly facts?: Facts;
}

const SHAPE: Shape<AdmissionOptions> = { cluster: 'value?', also: 'list?', actions: 'list?', apiAudiences: 'texts?', facts: 'value?' };

type Definitions = WorkloadIdentityDefinition | readonly WorkloadIdentityDefinition[];

/** Behind the function of this name in `late.ts`, which says what it does. */
export function admissionPolicies(given: Definitions, options: AdmissionOptions = {}): readonly KubernetesObject[] {
  return guardrailsOf(given, options).policies;
}

/** The policies, and what they let through. */
export interface Guardrails {
  readonly cluster: string;
  readonly policies: readonly KubernetesObject[];
  readonly admitted: readonly AdmittedNamespace[];
}

/** The same, with what is let through as data. */
export function guardrailsOf(given: Definitions, options: AdmissionOptions): Guardrails {
  const definitions = identitiesIn(given);
  const findings = new Findings();
  const { cluster: named, also = [], actions = ['Deny'], apiAudiences, facts: givenFacts = {} } = readShape<AdmissionOptions>(options, SHAPE, '', findings.report);
  const facts = factsIn(givenFacts);
  checkActions(actions, 'actions', findings.report);
  apiAudiences?.forEach((audience, i) => checkAudience(audience, 'admission/audience', joinPath('apiAudiences', i), findings.report, 'write it as the API server has it in --api-audiences'));
  const cluster = chosen(definitions, named, findings.report);
  if (cluster === undefined) throw invalid(findings);

  const running = definitions.filter(({ clusters }) => clusters.some(({ name }) => name === cluster.name));
  const here = partIn(checkedLayouts(running, facts, checkTogether), cluster.name);
  const namespaces = [...new Set(here.subjects.map(({ subject }) => subject.namespace))].sort(byText);
  const more = checkAlso(also, namespaces, 'also', findings.report);
  if (findings.errors.length > 0) throw invalid(findings);
  checkKnown(here, cluster.name, facts, definitions);
  const admitted = namespaces.map(namespace => admittedIn(namespace, cluster.name, here, more));
  for (const each of admitted) checkSize(each, findings.report);
  if (findings.errors.length > 0) throw invalid(findings);
  const { issuer } = describedCluster(cluster, facts);
  const own = apiAudiences ?? [...issuer === undefined ? [] : [issuer], 'https://kubernetes.default.svc'];
  return { cluster: cluster.name, policies: admitted.flatMap(each => policiesOf(each, { actions, apiAudiences: own })), admitted };
}

function invalid(findings: Findings): InvalidDefinitionError {
  return new InvalidDefinitionError('admission policies', findings.all);
}

/** The cluster that is meant: the one that is named, else the only one. */
function chosen(definitions: readonly WorkloadIdentityDefinition[], named: unknown, report: Report): ClusterDefinition | undefined {
  const known = new Map(definitions.flatMap(definition => definition.clusters.map(cluster => [cluster.name, definition] as const)));
  const name = typeof named === 'object' ? (named as Partial<ClusterDefinition> | null)?.name : named ?? (known.size === 1 ? [...known.keys()][0] : undefined);
  const definition = known.get(name as string);
  if (definition !== undefined) return findCluster(definition, (named ?? name) as ClusterDefinition | string);
  complain(report, 'admission/cluster', 'cluster', { expected: `one of the clusters of the definitions: ${[...known.keys()].join(', ') || 'there is none'}`, got: name, fix: 'say which one: every cluster has its own policies' });
  return undefined;
}
