import { isApp, type AppLike } from './app';
import { InputError } from '../../core/errors';
import { show } from '../../core/issues';
import { isWorkloadIdentityDefinition, type WorkloadIdentityDefinition } from '../../identity/definition';
import { isProjectedTokensDefinition, type ProjectedTokensDefinition } from '../../identity/projected-tokens';

/** What can be used of what a module exports. */
export interface Exported {
  readonly definitions: Set<WorkloadIdentityDefinition>;
  readonly apps: Set<AppLike>;
  readonly workloads: Set<object>;
  /** Projected tokens without an identity, and the name of what exports them. */
  readonly tokens: Map<ProjectedTokensDefinition, string>;
}

type Environment = (env: string) => unknown;

/**
 * Sorts out what a module exports: definitions, lists of them, apps, `workloads`; and functions of the environment,
 * which are called, or refused, and never skipped. Classes and everything else are the module's own business.
 *
 * @throws InputError when nothing can be used, or functions and `--env` do not go together
 */
export async function sortExports(module: unknown, env: string | undefined, shown: string): Promise<Exported> {
  const exported: Exported = { definitions: new Set(), apps: new Set(), workloads: new Set(), tokens: new Map() };
  const functions = new Map<Environment, string>();
  const entries = entriesOf(module);
  for (const [name, value] of entries) {
    const given: unknown = await value;
    if (isEnvironment(given)) functions.set(given, name);
    else take(given, name, exported, shown);
  }

  if (env === undefined && functions.size > 0) {
    throw new InputError(`${shown}: it exports functions of an environment (${[...functions.values()].join(', ')}); pass --env NAME to have them called`);
  }
  if (env !== undefined && functions.size === 0) throw new InputError(`${shown}: it exports no function, so that nothing can be done with --env ${env}; leave --env out`);
  for (const [call, name] of functions) {
    const result: unknown = await call(env ?? '');
    if (!take(result, name, exported, shown)) {
      throw new InputError(`${shown}: ${name}(${show(env)}) returned ${show(result)}; with --env every function that a file exports has to return what is to be rendered, so keep helpers in another file`);
    }
  }
  if (exported.definitions.size + exported.apps.size + exported.tokens.size === 0) {
    const names = entries.map(([name]) => name);
    throw new InputError(`${shown}: it exports nothing to render${names.length === 0 ? '' : ` (only ${names.join(', ')})`}; export what defineWorkloadIdentity or defineProjectedTokens returns, a list of that, a function of the environment, or a cdk8s App`);
  }
  return exported;
}

/** The exports by name. CommonJS may export one thing, and arrives as the default then. */
function entriesOf(module: unknown): readonly (readonly [string, unknown])[] {
  if (!isBag(module)) return [['default', module]];
  const entries = Object.entries(module).filter(([name]) => name !== 'module.exports');
  const inner = entries.find(([name]) => name === 'default')?.[1];
  return isBag(inner) ? [...entries.filter(([name]) => name !== 'default'), ...Object.entries(inner)] : entries;
}

/** An object whose fields are exports, rather than one export. */
function isBag(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isWorkloadIdentityDefinition(value) && !isProjectedTokensDefinition(value) && !isApp(value) && !('then' in value);
}

/** Takes what can be used; false when there is nothing. */
function take(value: unknown, name: string, into: Exported, shown: string): boolean {
  if (isWorkloadIdentityDefinition(value)) into.definitions.add(readable(value, name, shown));
  else if (isProjectedTokensDefinition(value)) takeTokens(value, name, into);
  else if (isApp(value)) into.apps.add(value);
  else if (name === 'workloads') takeWorkloads(value, into, shown);
  else if (Array.isArray(value) && value.some(isDefinition)) takeList(value, name, into, shown);
  else return false;
  return true;
}

function isDefinition(value: unknown): value is WorkloadIdentityDefinition | ProjectedTokensDefinition {
  return isWorkloadIdentityDefinition(value) || isProjectedTokensDefinition(value);
}

/**
 * A definition that another copy of the package made, whose version may have had other fields.
 *
 * @throws InputError for one that this version cannot read
 */
function readable(definition: WorkloadIdentityDefinition, name: string, shown: string): WorkloadIdentityDefinition {
  const { clusters, runsAs, trustedBy, tokens } = definition as { readonly [field in keyof WorkloadIdentityDefinition]?: unknown };
  if (Array.isArray(clusters) && Array.isArray(runsAs) && typeof trustedBy === 'object' && typeof tokens === 'object') return definition;
  throw new InputError(`${shown}: ${name} is a definition of a version of symbolon that this one cannot read; install one version only (npm ls symbolon)`);
}

function takeList(list: readonly unknown[], name: string, into: Exported, shown: string): void {
  list.forEach((item, i) => {
    if (!isDefinition(item)) throw new InputError(`${shown}: ${name}[${i}] is ${show(item)}; a list of identities holds only what defineWorkloadIdentity or defineProjectedTokens returned`);
    take(item, `${name}[${i}]`, into, shown);
  });
}

/** What is exported by itself as well as in a list goes by its own name, whichever comes first. */
function takeTokens(definition: ProjectedTokensDefinition, name: string, { tokens }: Exported): void {
  if (tokens.get(definition)?.includes('[') ?? true) tokens.set(definition, name);
}

function takeWorkloads(value: unknown, into: Exported, shown: string): void {
  if (!Array.isArray(value)) throw new InputError(`${shown}: workloads is ${show(value)}; it has to be a list of manifests`);
  for (const workload of value as unknown[]) {
    if (typeof workload !== 'object' || workload === null || Array.isArray(workload)) throw new InputError(`${shown}: workloads holds ${show(workload)}; it has to be a list of manifests`);
    into.workloads.add(workload);
  }
}

function isEnvironment(value: unknown): value is Environment {
  return typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value));
}
