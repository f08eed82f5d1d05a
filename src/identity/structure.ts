import { complain, joinPath, type Report } from '../core/issues';
import { nearest } from '../core/nearest';

type Schema = { readonly [keyword: string]: unknown };

interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
}

let loaded: typeof import('./structure.generated') | undefined;

/** Loaded with the first definition, or with a door that always has one, and not with the library: it is large, and a program that only reads plans or proofs has no use for it. */
function generated(): typeof import('./structure.generated') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return loaded ??= require('./structure.generated') as typeof import('./structure.generated');
}

/** The types that a structure can be checked against: each has a validator that is generated from the type itself. */
const DEFINITIONS = {
  ClusterInput: 'ClusterInput',
  WorkloadIdentityInput: 'WorkloadIdentityInput',
  IdentityInFile: 'IdentityInFile',
  DefinitionFile: 'DefinitionFile',
  ProjectedTokensInput: 'ProjectedTokensInput',
  RbacRuleInput: 'RbacRuleInput',
  RbacReadInput: 'RbacReadInput',
  RbacReadWriteInput: 'RbacReadWriteInput',
  RbacAllowInput: 'RbacAllowInput',
  RbacUrlInput: 'RbacUrlInput',
  RbacClusterRoleInput: 'RbacClusterRoleInput',
  RbacRoleInput: 'RbacRoleInput',
  RbacRequestTokensInput: 'RbacRequestTokensInput',
  RbacReviewTokensInput: 'RbacReviewTokensInput',
  RbacTokensRequestedByInput: 'RbacTokensRequestedByInput',
  RbacNodesMayRequestInput: 'RbacNodesMayRequestInput',
  aws: 'AwsBinding',
  azure: 'AzureBinding',
  gcp: 'GcpBinding',
  alibaba: 'AlibabaBinding',
  jwt: 'JwtBinding',
  vault: 'VaultBinding',
} as const;

/** A type whose structure can be checked; a binding goes by the name of its provider. */
export type StructureName = keyof typeof DEFINITIONS;

type Validator = (typeof import('./structure.generated'))['isClusterInput'];

const validators = new Map<StructureName, Validator>();

function validatorOf(name: StructureName): Validator {
  const known = validators.get(name);
  if (known !== undefined) return known;
  const validator = generated()[`is${DEFINITIONS[name]}`];
  validators.set(name, validator);
  return validator;
}

/** Types, required fields and unknown keys. What the values may be is for the rules of each room to say. */
export function checkStructure(name: StructureName, value: unknown, path: string, report: Report): void {
  const validate = validatorOf(name);
  if (validate(value)) return;
  const errors = (validate.errors ?? []) as readonly SchemaError[];
  // Where no branch of a union fits, every branch complains: one finding says it for all.
  const unions = new Set(errors.filter(error => error.keyword === 'anyOf').map(error => error.instancePath));
  // A value of the wrong type is none of those that are allowed: the list of these, or the only one, says it all.
  const lists = new Set(errors.filter(error => error.keyword === 'enum' || error.keyword === 'const').map(error => error.instancePath));
  for (const error of errors) {
    if (unions.has(error.instancePath) && error.keyword !== 'anyOf') continue;
    if (lists.has(error.instancePath) && error.keyword === 'type') continue;
    tell(name, error, value, path, report);
  }
}

function tell(name: StructureName, error: SchemaError, root: unknown, path: string, report: Report): void {
  const keys = error.instancePath.split('/').slice(1).map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const got = valueOf(root, keys);
  // A key whose value is undefined is left out, as JavaScript has it: in a map, and where nobody knows the key.
  if (got === undefined && keys.length > 0 && !isIndex(keys, keys.length - 1, root)) return;
  if (error.keyword === 'additionalProperties' && valueOf(got, [String(error.params.additionalProperty)]) === undefined) return;
  const at = keys.reduce((joined, key, i) => joinPath(joined, isIndex(keys, i, root) ? Number(key) : key), path);
  const schema = schemaAt(generated().definitions[DEFINITIONS[name]] as Schema, keys);
  const { params } = error;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const known = Object.keys((schema.properties as Schema | undefined) ?? {});
      const close = nearest(key, known);
      return complain(report, 'structure/unknown-key', joinPath(at, key), {
        expected: `one of the keys ${known.join(', ')}`, got: key, fix: close === undefined ? 'take it out' : `did you mean ${close}?`,
      });
    }
    case 'required':
      return complain(report, 'structure/required', joinPath(at, String(params.missingProperty)), { expected: 'a value', got: undefined, fix: 'this field is required' });
    case 'enum':
      return complain(report, 'structure/value', at, { expected: `one of ${(params.allowedValues as readonly unknown[]).map(value => JSON.stringify(value)).join(', ')}`, got, fix: 'choose one of these' });
    case 'const':
      return complain(report, 'structure/value', at, { expected: JSON.stringify(params.allowedValue), got, fix: 'write exactly this' });
    case 'pattern':
      return complain(report, 'structure/value', at, { expected: describe(schema), got, fix: 'use other characters' });
    case 'type':
    case 'anyOf':
      return complain(report, 'structure/type', at, { expected: describe(schema), got, fix: hintFor(schema, got) });
    default:
      return complain(report, 'structure/type', at, { expected: describe(schema), got, fix: 'give it in this form' });
  }
}

function hintFor(schema: Schema, got: unknown): string {
  if (schema.type === 'string' && (typeof got === 'number' || typeof got === 'boolean')) return 'put it in quotes, since a file without them gives a number or a truth value';
  if (schema.type === 'string' && Array.isArray(got)) return 'only one is allowed here';
  return 'give it in this form';
}

/** A schema in words. */
function describe(schema: Schema): string {
  const branches = schema.anyOf as readonly Schema[] | undefined;
  if (branches !== undefined) return branches.map(branch => describe(resolve(branch))).join(' or ');
  const allowed = schema.enum as readonly unknown[] | undefined;
  if (allowed !== undefined) return `one of ${allowed.map(value => JSON.stringify(value)).join(', ')}`;
  const known = schema.properties as Schema | undefined;
  switch (schema.type) {
    case 'string': return schema.pattern === undefined ? 'text' : `text like ${String(schema.pattern)}`;
    case 'boolean': return 'true or false';
    case 'array': return 'a list';
    case 'object': return known === undefined ? 'a map' : `an object with ${Object.keys(known).map(key => describeField(key, resolve(known[key] as Schema))).join(', ')}`;
    default: return Array.isArray(schema.type) ? schema.type.join(' or ') : `a ${String(schema.type ?? 'value')}`;
  }
}

function describeField(key: string, field: Schema): string {
  return field.pattern === undefined ? key : `${key} (${describe(field)})`;
}

/** The schema of the value that the keys lead to. */
function schemaAt(schema: Schema, keys: readonly string[]): Schema {
  const here = resolve(schema);
  const [key, ...rest] = keys;
  if (key === undefined) return here;
  const branches = here.anyOf as readonly Schema[] | undefined;
  const container = branches === undefined ? here : branches.map(resolve).find(branch => branch.type === 'object' || branch.type === 'array') ?? here;
  const properties = container.properties as { readonly [key: string]: Schema } | undefined;
  const next = properties?.[key] ?? container.items ?? container.additionalProperties;
  return typeof next === 'object' && next !== null ? schemaAt(next as Schema, rest) : {};
}

function resolve(schema: Schema): Schema {
  const reference = schema.$ref;
  return typeof reference === 'string' ? resolve(generated().definitions[decodeURIComponent(reference.replace('#/definitions/', ''))] as Schema) : schema;
}

function isIndex(keys: readonly string[], i: number, root: unknown): boolean {
  return Array.isArray(valueOf(root, keys.slice(0, i)));
}

function valueOf(root: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => (value as { [key: string]: unknown })[key], root);
}
