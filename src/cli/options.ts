import { parseArgs } from 'node:util';
import type { EvidenceOptions } from './evidence/given';
import { InputError } from '../core/errors';
import { nearest } from '../core/nearest';

/** One option, as it is read and as it is explained. */
interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Whether it may be given more than once. */
  readonly many?: true;
  /** What stands for its value in the help. */
  readonly value?: string;
  readonly says: string;
}

interface Options {
  readonly [name: string]: Option;
}

/** Options that stand alone, or before any command. */
export const COMMON = {
  help: { type: 'boolean', short: 'h', says: 'show this help' },
  version: { type: 'boolean', short: 'v', says: 'show the version' },
} as const satisfies { readonly [name: string]: Option };

/** What the commands share that hold what they find against a lock. */
const LOCK = {
  'lock': { type: 'string', value: 'FILE', says: 'who may get in, as it was reviewed (default: symbolon.lock beside the definition, if there is one)' },
  'update-lock': { type: 'boolean', says: 'write the lock anew, if all the rest holds' },
} as const satisfies { readonly [name: string]: Option };

/** Options of `symbolon synth`. */
export const SYNTH = {
  out: { type: 'string', value: 'DIR', says: 'where to write (default: dist). Only the folders kubernetes, cloud and patches in it are replaced' },
  facts: { type: 'string', value: 'FILE', says: 'values that only the cloud knows: what `pulumi stack output --json` prints' },
  env: { type: 'string', value: 'NAME', says: 'call the functions that the file exports with this environment' },
  ...LOCK,
  json: { type: 'boolean', says: 'one JSON document for machines on stdout, also when something fails' },
} as const satisfies { readonly [name: string]: Option };

/** What the commands share that look for something. */
const FINDINGS = {
  'baseline': { type: 'string', value: 'FILE', says: 'findings that are known and do not count' },
  'write-baseline': { type: 'string', value: 'FILE', says: 'write everything that is found now as a baseline' },
  'format': { type: 'string', value: 'FORMAT', says: 'text (default), json, sarif or junit' },
  'json': { type: 'boolean', says: 'the same as --format json' },
} as const satisfies { readonly [name: string]: Option };

/** What the commands share that read evidence. */
const EVIDENCE = {
  cluster: { type: 'string', many: true, value: 'NAME=ISSUER', says: 'a cluster, and the issuer of its tokens or a file with its discovery document; may be repeated' },
  definition: { type: 'string', value: 'FILE', says: 'take the clusters of this definition file or app' },
  env: { type: 'string', value: 'NAME', says: 'call the functions that the definition file exports with this environment' },
  evidence: { type: 'string', value: 'FILE', says: 'what the outputs leave out: which resource a policy belongs to, which cluster a folder is for' },
} as const satisfies { readonly [name: string]: Option };

/** Options of `symbolon verify`. */
export const VERIFY = {
  ...EVIDENCE,
  ...LOCK,
  ...FINDINGS,
} as const satisfies { readonly [name: string]: Option };

/** Options of `symbolon audit`. */
export const AUDIT = FINDINGS;

/** Options of `symbolon explain`. */
export const EXPLAIN = {
  ...EVIDENCE,
  jwks: { type: 'string', value: 'FILE', says: 'check the signature with these keys: what `kubectl get --raw /openid/v1/jwks` prints' },
  at: { type: 'string', value: 'TIME', says: 'the moment to judge expiry by, such as 2026-03-01T12:00:00Z; without it nothing is said of it' },
  json: SYNTH.json,
} as const satisfies { readonly [name: string]: Option };

/** Options of `symbolon diff`. */
export const DIFF = {
  ...EVIDENCE,
  format: { type: 'string', value: 'FORMAT', says: 'text (default), json or markdown' },
  json: VERIFY.json,
} as const satisfies { readonly [name: string]: Option };

/** Options of `symbolon graph`. */
export const GRAPH = {
  ...EVIDENCE,
  format: { type: 'string', value: 'FORMAT', says: 'mermaid (default), dot, html or json' },
  json: VERIFY.json,
  out: { type: 'string', value: 'FILE', says: 'write it to a file instead of stdout' },
} as const satisfies { readonly [name: string]: Option };

/** Options of `symbolon facts`. */
export const FACTS = {
  out: { type: 'string', value: 'FILE', says: 'write the clusters to a file instead of stdout: JSON if it ends in .json, else YAML' },
  facts: { type: 'string', value: 'FILE', says: 'write here, as JSON, what belongs in a facts file: client ids, project numbers of other clusters' },
  json: { type: 'boolean', says: 'JSON instead of YAML, also when something fails' },
} as const satisfies { readonly [name: string]: Option };

/** Options of `symbolon guardrails`. */
export const GUARDRAILS = {
  cluster: { type: 'string', value: 'NAME', says: 'the cluster that the policies are for, where the definitions have several' },
  for: { type: 'string', value: 'KIND', says: 'instead of a cluster\'s policies that of an organization, by its kind; an unknown one lists those that there are' },
  action: { type: 'string', many: true, value: 'ACTION', says: 'what happens to what is not allowed: Deny (default), Warn or Audit; may be repeated' },
  also: { type: 'string', value: 'FILE', says: 'what is allowed besides: YAML or JSON, a list of namespace, serviceAccount, audiences, automount; with --for, of issuers' },
  facts: SYNTH.facts,
  env: SYNTH.env,
  out: GRAPH.out,
} as const satisfies { readonly [name: string]: Option };

const FORMATS = ['text', 'json', 'sarif', 'junit'] as const;
const DIFF_FORMATS = ['text', 'json', 'markdown'] as const;
const GRAPH_FORMATS = ['mermaid', 'dot', 'html', 'json'] as const;

/** How the answer of `symbolon diff` is printed. */
export type DiffFormat = (typeof DIFF_FORMATS)[number];

/** How `symbolon graph` draws. */
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** How findings are printed. */
export type Format = (typeof FORMATS)[number];

/** The options of every command. */
const COMMANDS = {
  synth: SYNTH, verify: VERIFY, audit: AUDIT, explain: EXPLAIN, diff: DIFF, graph: GRAPH, facts: FACTS, guardrails: GUARDRAILS,
} as const satisfies { readonly [command: string]: Options };
type CommandName = keyof typeof COMMANDS;
const NAMES = Object.keys(COMMANDS) as CommandName[];

const OPTIONS: { readonly [name: string]: Option } = { ...COMMON, ...SYNTH, ...VERIFY, ...AUDIT, ...EXPLAIN, ...DIFF, ...GRAPH, ...FACTS, ...GUARDRAILS };

/** What `symbolon synth` is to do. */
export interface SynthOptions extends LockOptions {
  readonly file: string;
  readonly env?: string;
  readonly facts?: string;
  readonly out: string;
  readonly json: boolean;
}

/** What the commands share that hold what they find against a lock. */
export interface LockOptions {
  readonly lock?: string;
  readonly update: boolean;
}

/** What the commands share that look for something. */
interface FindingOptions {
  readonly baseline?: string;
  /** Where a new baseline goes. */
  readonly writeTo?: string;
  readonly format: Format;
}

/** What `symbolon verify` is to do. */
export interface VerifyOptions extends EvidenceOptions, FindingOptions, LockOptions {}

/** What `symbolon audit` is to do. */
export interface AuditOptions extends FindingOptions {
  /** Files and folders; `-` is stdin. */
  readonly paths: readonly string[];
}

/** What `symbolon explain` is to do. */
export interface ExplainOptions extends EvidenceOptions {
  /** The file with the token; `-` is stdin. */
  readonly token: string;
  readonly jwks?: string;
  readonly at?: string;
  readonly json: boolean;
}

/** What `symbolon diff` is to do. */
export interface DiffOptions extends Omit<EvidenceOptions, 'paths'> {
  readonly before: string;
  readonly after: string;
  readonly format: DiffFormat;
}

/** What `symbolon graph` is to do. */
export interface GraphOptions extends EvidenceOptions {
  readonly format: GraphFormat;
  /** The file to write. @default stdout */
  readonly out?: string;
}

/** What `symbolon facts` is to do. */
export interface FactsOptions {
  /** Files and folders, each with `NAME=` before it where it is given a name; `-` is stdin. */
  readonly paths: readonly string[];
  /** Where the clusters go. @default stdout */
  readonly out?: string;
  /** Where facts go. */
  readonly facts?: string;
  readonly json: boolean;
}

/** What `symbolon guardrails` is to do. */
export interface GuardrailOptions {
  readonly file: string;
  readonly env?: string;
  readonly facts?: string;
  readonly cluster?: string;
  /** The kind of a policy of an organization, in the place of those of a cluster. */
  readonly for?: string;
  readonly actions: readonly string[];
  /** The file that says what runs besides. */
  readonly also?: string;
  /** The file to write. @default stdout */
  readonly out?: string;
}

/** What the arguments ask for. */
export type Command =
  | { readonly name: 'help'; readonly topic: 'symbolon' | CommandName }
  | { readonly name: 'version' }
  | { readonly name: 'synth'; readonly options: SynthOptions }
  | { readonly name: 'verify'; readonly options: VerifyOptions }
  | { readonly name: 'audit'; readonly options: AuditOptions }
  | { readonly name: 'explain'; readonly options: ExplainOptions }
  | { readonly name: 'diff'; readonly options: DiffOptions }
  | { readonly name: 'graph'; readonly options: GraphOptions }
  | { readonly name: 'facts'; readonly options: FactsOptions }
  | { readonly name: 'guardrails'; readonly options: GuardrailOptions };

/** @throws InputError for a command or an option that does not exist, or is not used as it should be */
export function readArguments(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  const [command, ...files] = positionals;
  if (values.version === true) return { name: 'version' };
  if (command === undefined) {
    if (values.help === true) return { name: 'help', topic: 'symbolon' };
    throw usage(`expected a command: ${NAMES.join(', ')}`);
  }
  if (!isCommand(command)) {
    const close = nearest(command, NAMES);
    throw usage(`there is no command ${JSON.stringify(command)}; ${close === undefined ? `the commands are: ${NAMES.join(', ')}` : `did you mean ${close}?`}`);
  }
  if (values.help === true) return { name: 'help', topic: command };
  for (const name of Object.keys(values)) if (!Object.hasOwn(COMMANDS[command], name)) throw usage(`${command}: there is no option --${name}`);
  return READERS[command](values, files);
}

function isCommand(text: string): text is CommandName {
  return Object.hasOwn(COMMANDS, text);
}

type Values = { readonly [name: string]: string | true | readonly string[] };

function synthFrom(values: Values, files: readonly string[]): Command {
  const [file, ...more] = files;
  if (file === undefined) throw usage('synth: expected a definition file or an app: symbolon synth identity.yaml');
  if (more.length > 0) throw usage(`synth: expected one file, got ${files.join(' ')}; a file can import, or list, what several share`);
  return {
    name: 'synth',
    options: {
      file,
      ...(typeof values.env === 'string' && { env: values.env }),
      ...(typeof values.facts === 'string' && { facts: values.facts }),
      out: typeof values.out === 'string' ? values.out : 'dist',
      ...lockIn(values),
      json: values.json === true,
    },
  };
}

function verifyFrom(values: Values, paths: readonly string[]): Command {
  if (paths.length === 0) throw usage('verify: expected files or folders: symbolon verify k8s/ cloud/ --cluster NAME=ISSUER');
  return { name: 'verify', options: { paths, ...evidenceIn(values), ...findingsIn(values), ...lockIn(values) } };
}

function auditFrom(values: Values, paths: readonly string[]): Command {
  if (paths.length === 0) throw usage('audit: expected files or folders: symbolon audit k8s/');
  return { name: 'audit', options: { paths, ...findingsIn(values) } };
}

function explainFrom(values: Values, files: readonly string[]): Command {
  const [token, ...paths] = files;
  if (token === undefined) throw usage('explain: expected a file with a token, or - for stdin: kubectl create token NAME | symbolon explain - cloud/');
  if (token === '-' && paths.includes('-')) throw usage('explain: - is there twice, and stdin can be read once: give the token or the documents as files');
  return {
    name: 'explain',
    options: { token, paths, ...evidenceIn(values), ...textsIn(values, ['jwks', 'at']), json: values.json === true },
  };
}

function diffFrom(values: Values, paths: readonly string[]): Command {
  const [before, after, ...more] = paths;
  if (before === undefined || after === undefined || more.length > 0) throw usage(`diff: expected two files or folders, got ${paths.length}: symbolon diff BEFORE AFTER --cluster NAME=ISSUER`);
  if (before === '-' && after === '-') throw usage('diff: - is there twice, and stdin can be read once');
  return { name: 'diff', options: { before, after, ...evidenceIn(values), format: formatIn(values, DIFF_FORMATS) } };
}

function graphFrom(values: Values, paths: readonly string[]): Command {
  if (paths.length === 0) throw usage('graph: expected files or folders: symbolon graph k8s/ cloud/ --cluster NAME=ISSUER');
  return { name: 'graph', options: { paths, ...evidenceIn(values), ...textsIn(values, ['out']), format: formatIn(values, GRAPH_FORMATS) } };
}

function factsFrom(values: Values, paths: readonly string[]): Command {
  if (paths.length === 0) throw usage('facts: expected files with what a vendor\'s tool prints: aws eks describe-cluster --name prod | symbolon facts -');
  return { name: 'facts', options: { paths, ...textsIn(values, ['out', 'facts']), json: values.json === true } };
}

function guardrailsFrom(values: Values, files: readonly string[]): Command {
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) throw usage(`guardrails: expected one definition file or app, got ${files.length}: symbolon guardrails identity.yaml --cluster NAME`);
  for (const name of ['cluster', 'action']) if (values.for !== undefined && values[name] !== undefined) throw usage(`guardrails: --for and --${name} exclude each other: a policy of an organization is for all clusters`);
  return {
    name: 'guardrails',
    options: { file, actions: (values.action ?? []) as readonly string[], ...textsIn(values, ['cluster', 'for', 'also', 'facts', 'env', 'out']) },
  };
}

const READERS: { readonly [command in CommandName]: (values: Values, files: readonly string[]) => Command } = {
  synth: synthFrom,
  verify: verifyFrom,
  audit: auditFrom,
  explain: explainFrom,
  diff: diffFrom,
  graph: graphFrom,
  facts: factsFrom,
  guardrails: guardrailsFrom,
};

/** What all commands have that read evidence. */
function evidenceIn(values: Values): Omit<EvidenceOptions, 'paths'> {
  if (values.env !== undefined && values.definition === undefined) throw usage('--env says how a definition file is read; give one by --definition FILE');
  return { clusters: (values.cluster ?? []) as readonly string[], ...textsIn(values, ['definition', 'env', 'evidence']) };
}

/** What the commands have that look for something. */
function findingsIn(values: Values): FindingOptions {
  const writeTo = values['write-baseline'];
  return { ...textsIn(values, ['baseline']), ...(typeof writeTo === 'string' && { writeTo }), format: formatIn(values, FORMATS) };
}

/** What the commands have that hold what they find against a lock. */
function lockIn(values: Values): LockOptions {
  return { ...textsIn(values, ['lock']), update: values['update-lock'] === true };
}

function textsIn<K extends string>(values: Values, names: readonly K[]): { readonly [name in K]?: string } {
  return Object.fromEntries(names.flatMap(name => (typeof values[name] === 'string' ? [[name, values[name]]] : []))) as { [name in K]?: string };
}

function formatIn<F extends string>(values: Values, formats: readonly F[]): F {
  const { format, json } = values;
  const known = formats.find(each => each === format);
  if (format !== undefined && known === undefined) throw usage(`--format: expected ${formats.join(', ')}, got ${JSON.stringify(format)}`);
  if (json === true && known !== undefined && known !== 'json') throw usage(`--json and --format ${known} exclude each other`);
  return json === true ? 'json' as F : known ?? formats[0] as F;
}

/** Lenient where node is strict and strict where it is lenient: every mistake gets a message of ours, and nothing is overridden silently. */
function parse(argv: readonly string[]): { readonly values: Values; readonly positionals: readonly string[] } {
  const options = Object.fromEntries(Object.entries(OPTIONS).map(([name, { type, short }]) => [name, { type, ...(short !== undefined && { short }) }]));
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const command = tokens.find(token => token.kind === 'positional')?.value ?? '';
  // Commands have options of one name that take different things: a folder, a file.
  const own: { readonly [name: string]: Option } = isCommand(command) ? COMMANDS[command] : {};
  const values: { [name: string]: string | true | readonly string[] } = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(own, name) ? own[name] : Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
    if (option === undefined) {
      const close = nearest(name, Object.keys(OPTIONS));
      throw usage(`there is no option ${rawName}${close === undefined ? '' : `; did you mean --${close}?`}`);
    }
    if (Object.hasOwn(values, name) && option.many !== true) throw usage(`${rawName} is given twice; give it once`);
    if (option.type === 'boolean' && value !== undefined) throw usage(`${rawName} takes no value, got ${JSON.stringify(value)}`);
    if (option.type === 'string' && (value === undefined || value === '' || (inlineValue === false && value.startsWith('-')))) {
      throw usage(`${rawName} needs a value: --${name} ${option.value ?? ''}`);
    }
    values[name] = option.many === true ? [...(values[name] ?? []) as readonly string[], value as string] : value ?? true;
  }
  return { values, positionals };
}

function usage(problem: string): InputError {
  return new InputError(`${problem} (see symbolon --help)`);
}
