import { InputError, InvalidDefinitionError, isSymbolonError } from '../../core/errors';
import { Findings, complain } from '../../core/issues';
import { hashOf } from '../../core/names';
import { checkPlain } from '../../core/plain';
import type { WorkloadIdentityDefinition } from '../../identity/definition';
import type { Facts } from '../../identity/facts';
import type { ProjectedTokensDefinition } from '../../identity/projected-tokens';
import type { KubernetesObject } from '../../kubernetes/manifest';

/** What the construct of the cdk8s door says about itself; the symbol is all that the two know of each other. */
const MADE_FROM = Symbol.for('symbolon.WorkloadIdentity');
const TOKENS_OF = Symbol.for('symbolon.ProjectedTokens');

/** A construct, as far as the command line has to know one. */
interface ConstructLike {
  readonly node: { readonly path: string; readonly scope?: ConstructLike; findAll(): readonly ConstructLike[] };
}

interface ChartLike extends ConstructLike {
  toJson(): readonly unknown[];
}

/** A cdk8s App, as far as the command line has to know one: whatever its version, and whichever copy. */
export interface AppLike extends ConstructLike {
  readonly charts: readonly ChartLike[];
  synth(): void;
}

/** An identity that an app renders in a cluster. */
export interface Use {
  readonly definition: WorkloadIdentityDefinition;
  readonly cluster: string;
  readonly facts?: Facts;
}

/** What one chart renders. */
export interface ChartHalf {
  /** Unique among the charts, and good for a file. */
  readonly name: string;
  /** Left out where nothing says which cluster it is for. */
  readonly cluster?: string;
  readonly objects: readonly KubernetesObject[];
}

/** The Kubernetes half that an app makes. */
export interface AppHalf {
  readonly uses: readonly Use[];
  /** Projected tokens that it attaches, with the path of their construct. */
  readonly tokens: readonly { readonly definition: ProjectedTokensDefinition; readonly path: string }[];
  readonly charts: readonly ChartHalf[];
}

export function isApp(value: unknown): value is AppLike {
  if (typeof value !== 'object' || value === null) return false;
  const { synth, node } = value as Partial<AppLike>;
  // The charts of an app are sorted whenever they are asked for, so they are not asked for here.
  return 'charts' in value && typeof synth === 'function' && typeof node?.findAll === 'function';
}

/**
 * Renders the charts of an app. A chart is for the cluster of the identities in it; one without identities is for the
 * only cluster of the app, if there is only one.
 *
 * @throws InvalidDefinitionError for a chart with identities of two clusters, or that does not render, or not to plain data
 */
export function readApp(app: AppLike, shown: string): AppHalf {
  const charts = new Set(app.charts);
  const constructs = app.node.findAll();
  const found = constructs.flatMap(construct => {
    const use = useOf(construct);
    return use === undefined ? [] : [{ use, construct, chart: chartOf(construct, charts) }];
  });
  const clusters = new Set(found.map(({ use }) => use.cluster));
  const homes = new Map<ConstructLike | undefined, string>();
  const findings = new Findings();
  for (const { use, construct, chart } of found) {
    const other = homes.get(chart);
    if (chart !== undefined && other !== undefined && other !== use.cluster) {
      complain(findings.report, 'app/two-clusters', construct.node.path, {
        expected: `an identity in ${other}, as the others of the chart ${chart.node.path}`, got: use.cluster, fix: 'a chart is applied to one cluster, so make one chart for each',
      });
    }
    homes.set(chart, use.cluster);
  }
  const [only] = clusters.size === 1 ? clusters : [];
  const halves = [...charts].map(chart => {
    const cluster = homes.get(chart) ?? only;
    const objects = render(chart, shown);
    checkPlain(objects, chart.node.path, findings.report);
    return { name: fileNameOf(chart), ...(cluster !== undefined && { cluster }), objects: objects as readonly KubernetesObject[] };
  });
  if (findings.errors.length > 0) throw new InvalidDefinitionError(shown, findings.all);
  return { uses: found.map(({ use }) => use), tokens: constructs.flatMap(tokensOf), charts: halves };
}

function tokensOf(construct: ConstructLike): AppHalf['tokens'] {
  const definition = (construct as { readonly [TOKENS_OF]?: ProjectedTokensDefinition })[TOKENS_OF];
  return definition === undefined ? [] : [{ definition, path: construct.node.path }];
}

function useOf(construct: ConstructLike): Use | undefined {
  const made = (construct as { [MADE_FROM]?: Omit<Use, 'cluster'> & { readonly cluster: string | { readonly name: string } } })[MADE_FROM];
  if (made === undefined) return undefined;
  const { definition, cluster, facts } = made;
  return { definition, cluster: typeof cluster === 'string' ? cluster : cluster.name, ...(facts !== undefined && { facts }) };
}

function chartOf(construct: ConstructLike, charts: ReadonlySet<ConstructLike>): ConstructLike | undefined {
  return construct.node.scope === undefined || charts.has(construct) ? construct : chartOf(construct.node.scope, charts);
}

/** cdk8s validates the whole app before it renders a chart, and so do the constructs of others. */
function render(chart: ChartLike, shown: string): readonly unknown[] {
  const { path } = chart.node;
  let objects: unknown;
  try {
    objects = chart.toJson();
  } catch (error) {
    if (isSymbolonError(error)) throw error;
    throw new InvalidDefinitionError(shown, [{ code: 'app/render', severity: 'error', path, message: `${path}: it cannot be rendered: ${(error as Error).message}` }]);
  }
  if (!Array.isArray(objects)) throw new InputError(`${shown}: the chart ${path} renders no list of manifests`);
  return objects;
}

/** The path of the chart where that is a plain name; else a name like it, with a hash that no plain one has. */
function fileNameOf({ node: { path } }: ChartLike): string {
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(path) ? path : `${path.replace(/[^A-Za-z0-9-]+/g, '.').slice(0, 100)}_${hashOf(path, 8)}`;
}
