/**
 * From the input types, which carry the documentation: the JSON Schema that is published, and the validators that the
 * library runs. One source, so that neither can say something else than the types.
 */
import { writeFileSync } from 'node:fs';
import { minifySync } from '@swc/core';
import Ajv, { type AnySchemaObject } from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import { createGenerator } from 'ts-json-schema-generator';

type Schema = AnySchemaObject;

const generator = createGenerator({ path: 'src/identity/input.ts', tsconfig: 'tsconfig.json', skipTypeCheck: true, additionalProperties: false, expose: 'export', jsDoc: 'extended' });
const published = { $id: 'https://symbolon.dev/schema/1', ...generator.createSchema('DefinitionFile') } as Schema;
writeFileSync('schema/symbolon.schema.json', `${JSON.stringify(proseDefaults(published), null, 2)}\n`);

// Bindings are checked one by one, by the validator of their provider: a union of all of them could only say
// "matches none". The definition itself leaves them open, and so do the clusters of an identity and the file.
const definitions = {
  ...(generator.createSchema('WorkloadIdentityInput') as Schema).definitions,
  ...(generator.createSchema('ProjectedTokensInput') as Schema).definitions,
  ...published.definitions,
} as { [name: string]: Schema };
const open = { type: 'object' };
definitions.TrustedByInput = open;
const identity = definitions.WorkloadIdentityInput as Schema;
identity.properties.clusters = { type: 'array', items: open };
// An entry of `rbac` is checked by the validator of its form, for the same reason.
identity.properties.rbac = { type: 'array', items: open };
const inFile = definitions.DefinitionFile as Schema;
inFile.properties.clusters = { type: 'array', items: open };
inFile.properties.identities = { type: 'array', items: open };

const rbacForms = ((definitions.RbacInput as Schema).anyOf as { $ref: string }[]).map(({ $ref }) => $ref.replace('#/definitions/', ''));

const ajv = new Ajv({ allErrors: true, messages: false, strict: false, inlineRefs: false, code: { source: true, esm: false, optimize: 2 } });
const bare = withoutDocs(definitions);
ajv.addSchema({ $id: 'all', definitions: bare });
const names = ['ClusterInput', 'WorkloadIdentityInput', 'IdentityInFile', 'DefinitionFile', 'ProjectedTokensInput', 'AwsBinding', 'AzureBinding', 'GcpBinding', 'AlibabaBinding', 'JwtBinding', 'VaultBinding', ...rbacForms];
const code = standaloneCode(ajv, Object.fromEntries(names.map(name => [`is${name}`, `all#/definitions/${name}`])));
if (/require\(/.test(code)) throw new Error(`the validators need ${/require\([^)]*\)/.exec(code)?.[0]}: they must need nothing`);
writeFileSync('src/identity/structure.generated.ts', [
  '// Generated from the input types by `npm run generate`. Do not edit.',
  '/* eslint-disable */',
  '// @ts-nocheck',
  'const validators: { readonly [name: string]: StructureValidator } = {};',
  `(function (exports) {${minifySync(brief(code), { compress: true, mangle: true }).code}})(validators);`,
  ...names.map(name => `export const is${name}: StructureValidator = validators.is${name};`),
  `/** The schemas, for messages. */\nexport const definitions: { readonly [name: string]: unknown } = ${JSON.stringify(bare)};`,
  '/** True for a value of the right structure; else `errors` says what is wrong. */',
  'export interface StructureValidator { (value: unknown): boolean; errors?: readonly object[] | null }',
  '',
].join('\n'));

/**
 * What Ajv writes out wherever something can be wrong, as a call of one function: that is half of its code. Nobody reads `schemaPath`.
 */
function brief(validators: string): string {
  const SITE = /const (err\d+) = \{instancePath(:[^{}]*?)?,schemaPath:"[^"]*",keyword:("\w+"),params:(\{(?:[^{}]|\{[^{}]*\})*\})\};\s*if\(vErrors === null\)\{\s*vErrors = \[\1\];\s*\}\s*else \{\s*vErrors\.push\(\1\);\s*\}/g;
  const told = validators.replace(SITE, (_site, _name, path: string | undefined, keyword: string, params: string) => `vErrors = tell(vErrors, ${path?.slice(1) ?? 'instancePath'}, ${keyword}, ${params});`);
  if (told.includes('schemaPath')) throw new Error(`Ajv writes errors in another way now: ${/.{80}schemaPath.{200}/s.exec(told)?.[0]}`);
  return `${told}\nfunction tell(list, instancePath, keyword, params) { const error = { instancePath, keyword, params }; if (list === null) return [error]; list.push(error); return list; }`;
}

/** The documentation in the schemas would only make the package larger. */
function withoutDocs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDocs);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value)
    .filter(([key, field]) => !(['description', 'default', 'title'].includes(key) && typeof field !== 'object'))
    .map(([key, field]) => [key, withoutDocs(field)]));
}

/** A default that is a sentence is no value that an editor may insert: it belongs to the description. */
function proseDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(proseDefaults);
  if (typeof value !== 'object' || value === null) return value;
  const { default: fallback, ...rest } = Object.fromEntries(Object.entries(value).map(([key, field]) => [key, proseDefaults(field)]));
  if (fallback === undefined) return rest;
  return typeof fallback === 'object' ? { ...rest, default: fallback } : { ...rest, description: [rest.description, `Default: ${String(fallback)}.`].filter(Boolean).join(' ') };
}
