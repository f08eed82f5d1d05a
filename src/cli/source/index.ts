import { extname } from 'node:path';
import { readApp, type AppHalf } from './app';
import { sortExports } from './exports';
import { asGuest } from './guest';
import { readJson } from './json';
import { loadModule, translate } from './module';
import { readText, type UserFile } from './text';
import { readYaml } from './yaml';
import { InputError, InvalidDefinitionError } from '../../core/errors';
import { Findings, type Issue } from '../../core/issues';
import { checkPlain, sameData } from '../../core/plain';
import type { WorkloadIdentityDefinition } from '../../identity/definition';
import { readDefinitionFile } from '../../identity/file';
import type { ProjectedTokensDefinition } from '../../identity/projected-tokens';
import type { NamedTokens } from '../projected';

/** What is to be rendered. */
export interface Source {
  readonly definitions: readonly WorkloadIdentityDefinition[];
  /** Manifests with pods that no app renders. */
  readonly workloads: readonly object[];
  readonly apps: readonly AppHalf[];
  /** Projected tokens without an identity. */
  readonly projected: readonly NamedTokens[];
  /** What constructs warned of while they were made and rendered. */
  readonly warnings: readonly Issue[];
}

type Reader = (file: UserFile, env: string | undefined, cwd: string) => Promise<Source>;

const READERS: { readonly [extension: string]: Reader } = {
  '.yaml': (file, env) => fromData(file, env, readYaml),
  '.yml': (file, env) => fromData(file, env, readYaml),
  '.json': (file, env) => fromData(file, env, readJson),
  ...Object.fromEntries(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'].map(extension => [extension, fromModule])),
};

/**
 * Reads a definition file or an app.
 *
 * @throws InputError when it cannot be read or holds nothing to render
 * @throws InvalidDefinitionError with everything that is wrong in it
 */
export async function readSource(file: UserFile, env: string | undefined, cwd: string): Promise<Source> {
  const reader = READERS[extname(file.path).toLowerCase()];
  if (reader !== undefined) return reader(file, env, cwd);
  // A file that is not there, or a folder, is the worse mistake.
  readText(file);
  throw new InputError(`${file.shown}: expected a file that ends in ${Object.keys(READERS).join(', ')}`);
}

async function fromData(file: UserFile, env: string | undefined, read: (file: UserFile) => unknown): Promise<Source> {
  if (env !== undefined) throw new InputError(`${file.shown}: it is data and knows no environments, so that nothing can be done with --env ${env}; write one file for each`);
  return { ...readDefinitionFile(await read(file), file.shown), apps: [], projected: [], warnings: [] };
}

async function fromModule(file: UserFile, env: string | undefined, cwd: string): Promise<Source> {
  const warnings: Issue[] = [];
  return asGuest(async () => {
    const module = await loadModule(file, cwd);
    try {
      const exported = await sortExports(module, env, file.shown);
      const apps = [...exported.apps].map(app => readApp(app, file.shown));
      // To render nothing would take away what was rendered before.
      const empty = apps.length > 0 && exported.definitions.size === 0 && apps.every(({ charts }) => charts.every(({ objects }) => objects.length === 0));
      if (empty) throw new InputError(`${file.shown}: the app renders nothing; export the app after its charts have something in them`);
      const used = apps.flatMap(app => app.uses.map(use => use.definition));
      return {
        definitions: unique([...exported.definitions, ...used]),
        workloads: plain([...exported.workloads], file),
        apps,
        projected: namedTokens(apps, exported.tokens),
        warnings,
      };
    } catch (error) {
      throw translate(error, file, cwd, 'what it exports threw');
    }
  }, issue => warnings.push(issue));
}

/** Those that apps attach, by the path of their construct; and those that are exported for somebody else to attach. */
function namedTokens(apps: readonly AppHalf[], exported: ReadonlyMap<ProjectedTokensDefinition, string>): readonly NamedTokens[] {
  const attached = apps.flatMap(({ tokens }) => tokens);
  const others = [...exported].filter(([definition]) => !attached.some(each => each.definition === definition));
  return [
    ...attached.map(({ definition, path }) => ({ name: path, definition, attached: true })),
    ...others.map(([definition, name]) => ({ name, definition, attached: false })),
  ];
}

/** A function that gives a definition may have been called more than once: equal ones are one. */
function unique(definitions: readonly WorkloadIdentityDefinition[]): readonly WorkloadIdentityDefinition[] {
  const known = new Map<string, WorkloadIdentityDefinition[]>();
  return definitions.filter(definition => {
    const twins = known.get(definition.name) ?? [];
    if (twins.some(twin => twin === definition || sameData(twin, definition))) return false;
    known.set(definition.name, [...twins, definition]);
    return true;
  });
}

function plain(workloads: readonly object[], file: UserFile): readonly object[] {
  const findings = new Findings();
  checkPlain(workloads, 'workloads', findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError(file.shown, findings.all);
  return workloads;
}
