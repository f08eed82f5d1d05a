import { artifactOf, type ClusterHalf } from './halves';
import type { ProjectedTokensDefinition } from '../identity/projected-tokens';
import { specimenOf } from '../identity/specimen';
import type { KubernetesObject } from '../kubernetes/manifest';
import { prove } from '../proof/prove';
import type { TokenReport } from '../proof/verdict';

/** Projected tokens without an identity, and what they are called. */
export interface NamedTokens {
  /** The name of an export, or the path of a construct. */
  readonly name: string;
  readonly definition: ProjectedTokensDefinition;
  /** Whether an app attaches them itself. Otherwise pods that are made elsewhere are to carry them. */
  readonly attached: boolean;
}

/** A token of which nobody knows in which cluster it is, or in which pods. */
export interface LooseToken extends Omit<TokenReport, 'cluster' | 'workload' | 'subject'>, Partial<Pick<TokenReport, 'workload' | 'subject'>> {
  /** What it is of, where the file exports it and nothing here attaches it. */
  readonly of?: NamedTokens;
}

/** What a pod carries that has these tokens and nothing else. */
export function podWith({ definition }: NamedTokens): KubernetesObject {
  return specimenOf({ ...definition.injection, namespace: 'default', serviceAccountName: 'default' }, []);
}

/** The tokens of charts that are for nobody knows which cluster, and of exports that nothing attaches: who takes them is not asked. */
export function looseTokens(halves: readonly ClusterHalf[], projected: readonly NamedTokens[]): readonly LooseToken[] {
  const unplaced = halves.filter(half => artifactOf(half).length === 0).flatMap(({ files }) => [...files.values()].flat());
  return [
    ...tokensIn(unplaced).map(({ cluster: _, ...token }) => token),
    ...projected.filter(({ attached }) => !attached).flatMap(of => tokensIn([podWith(of)]).map(token => ({ ...fileOf(token), of }))),
  ];
}

/** Without the pod that only stands for others. */
function fileOf({ cluster: _cluster, workload: _workload, subject: _subject, ...token }: TokenReport): LooseToken {
  return token;
}

function tokensIn(objects: readonly KubernetesObject[]): readonly TokenReport[] {
  return objects.length === 0 ? [] : prove({ clusters: [{ name: '', objects }], trust: [] }).tokens;
}
