import { parseArgs } from 'node:util';
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

/** Options that stand alone, or before any command. */
export const COMMON = {
  help: { type: 'boolean', short: 'h', says: 'show this help' },
  version: { type: 'boolean', short: 'v', says: 'show the version' },
} as const satisfies { readonly [name: string]: Option };

/** Options of `symbolon synth`. */
export const SYNTH = {
  out: { type: 'string', value: 'DIR', says: 'where to write (default: dist). Only the folders kubernetes, cloud and patches in it are replaced' },
  facts: { type: 'string', value: 'FILE', says: 'values that only the cloud knows: what `pulumi stack output --json` prints' },
  env: { type: 'string', value: 'NAME', says: 'call the functions that the file exports with this environment' },
  json: { type: 'boolean', says: 'one JSON document for machines on stdout, also when something fails' },
} as const satisfies { readonly [name: string]: Option };

/** Options of `symbolon verify`. */
export const VERIFY = {
  'cluster': { type: 'string', many: true, value: 'NAME=ISSUER', says: 'a cluster, and the issuer of its tokens or a file with its discovery document; may be repeated' },
  'definition': { type: 'string', value: 'FILE', says: 'take the clusters of this definition file or app' },
  'env': { type: 'string', value: 'NAME', says: 'call the functions that the definition file exports with this environment' },
  'evidence': { type: 'string', value: 'FILE', says: 'what the outputs leave out: which resource a policy belongs to, which cluster a folder is for' },
  'baseline': { type: 'string', value: 'FILE', says: 'findings that are known and do not count' },
  'write-baseline': { type: 'string', value: 'FILE', says: 'write everything that is found now as a baseline' },
  'format': { type: 'string', value: 'FORMAT', says: 'text (default), json, sarif or junit' },
  'json': { type: 'boolean', says: 'the same as --format json' },
} as const satisfies { readonly [name: string]: Option };

/** Options of `symbolon graph`. */
export const GRAPH = {
  cluster: VERIFY.cluster,
  definition: VERIFY.definition,
  env: VERIFY.env,
  evidence: VERIFY.evidence,
  format: { type: 'string', value: 'FORMAT', says: 'mermaid (default), dot, html or json' },
  json: VERIFY.json,
  out: { type: 'string', value: 'FILE', says: 'write it to a file instead of stdout' },
} as const satisfies { readonly [name: string]: Option };

const GRAPH_FORMATS = ['mermaid', 'dot', 'html', 'json'] as const;

/** How `symbolon graph` draws. */
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

const FORMATS = ['text', 'json', 'sarif', 'junit'] as const;

/** How the answer of `symbolon verify` is printed. */
export type Format = (typeof FORMATS)[number];

/** The options of every command. */
const COMMANDS = { synth: SYNTH, verify: VERIFY, graph: GRAPH } as const satisfies { readonly [command: string]: { readonly [name: string]: Option } };
type CommandName = keyof typeof COMMANDS;
const NAMES = Object.keys(COMMANDS) as CommandName[];

const OPTIONS: { readonly [name: string]: Option } = { ...COMMON, ...SYNTH, ...VERIFY, ...GRAPH };

/** What `symbolon synth` is to do. */
export interface SynthOptions {
  readonly file: string;
  readonly env?: string;
  readonly facts?: string;
  readonly out: string;
  readonly json: boolean;
}

/** What `symbolon verify` is to do. */
export interface VerifyOptions {
  /** Files and folders; `-` is stdin. */
  readonly paths: readonly string[];
  readonly clusters: readonly string[];
  readonly definition?: string;
  readonly env?: string;
  readonly evidence?: string;
  readonly baseline?: string;
  /** Where a new baseline goes. */
  readonly writeTo?: string;
  readonly format: Format;
}

/** What `symbolon graph` is to do. */
export interface GraphOptions extends Omit<VerifyOptions, 'baseline' | 'writeTo' | 'format'> {
  readonly format: GraphFormat;
  /** The file to write. @default stdout */
  readonly out?: string;
}

/** What the arguments ask for. */
export type Command =
  | { readonly name: 'help'; readonly topic: 'symbolon' | CommandName }
  | { readonly name: 'version' }
  | { readonly name: 'synth'; readonly options: SynthOptions }
  | { readonly name: 'verify'; readonly options: VerifyOptions }
  | { readonly name: 'graph'; readonly options: GraphOptions };

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
  if (command === 'graph') return graphFrom(values, files);
  return command === 'synth' ? synthFrom(values, files) : verifyFrom(values, files);
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
      json: values.json === true,
    },
  };
}

function verifyFrom(values: Values, paths: readonly string[]): Command {
  if (paths.length === 0) throw usage('verify: expected files or folders: symbolon verify k8s/ cloud/ --cluster NAME=ISSUER');
  const text = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
  const [definition, env, evidence, baseline, writeTo, format] = ['definition', 'env', 'evidence', 'baseline', 'write-baseline', 'format'].map(text);
  if (format !== undefined && !isFormat(format)) throw usage(`--format: expected ${FORMATS.join(', ')}, got ${JSON.stringify(format)}`);
  if (values.json === true && format !== undefined && format !== 'json') throw usage(`--json and --format ${format} exclude each other`);
  if (env !== undefined && definition === undefined) throw usage('--env says how a definition file is read; give one by --definition FILE');
  return {
    name: 'verify',
    options: {
      paths,
      clusters: (values.cluster ?? []) as readonly string[],
      ...(definition !== undefined && { definition }),
      ...(env !== undefined && { env }),
      ...(evidence !== undefined && { evidence }),
      ...(baseline !== undefined && { baseline }),
      ...(writeTo !== undefined && { writeTo }),
      format: values.json === true ? 'json' : format ?? 'text',
    },
  };
}

function graphFrom(values: Values, paths: readonly string[]): Command {
  if (paths.length === 0) throw usage('graph: expected files or folders: symbolon graph k8s/ cloud/ --cluster NAME=ISSUER');
  const { format: said, json, out, ...rest } = values;
  const format = GRAPH_FORMATS.find(each => each === said);
  if (said !== undefined && format === undefined) throw usage(`--format: expected ${GRAPH_FORMATS.join(', ')}, got ${JSON.stringify(said)}`);
  if (json === true && format !== undefined && format !== 'json') throw usage(`--json and --format ${format} exclude each other`);
  const { options: { paths: _, format: _text, ...evidence } } = verifyFrom(rest, paths) as Extract<Command, { name: 'verify' }>;
  return { name: 'graph', options: { paths, ...evidence, ...(typeof out === 'string' && { out }), format: json === true ? 'json' : format ?? 'mermaid' } };
}

function isFormat(text: string): text is Format {
  return (FORMATS as readonly string[]).includes(text);
}

/** Lenient where node is strict and strict where it is lenient: every mistake gets a message of ours, and nothing is overridden silently. */
function parse(argv: readonly string[]): { readonly values: Values; readonly positionals: readonly string[] } {
  const options = Object.fromEntries(Object.entries(OPTIONS).map(([name, { type, short }]) => [name, { type, ...(short !== undefined && { short }) }]));
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const values: { [name: string]: string | true | readonly string[] } = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
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
