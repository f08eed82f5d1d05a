import { parseArgs } from 'node:util';
import { InputError } from '../core/errors';
import { nearest } from '../core/nearest';

/** One option, as it is read and as it is explained. */
interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
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

const COMMANDS = ['synth'] as const;
const OPTIONS: { readonly [name: string]: Option } = { ...COMMON, ...SYNTH };

/** What `symbolon synth` is to do. */
export interface SynthOptions {
  readonly file: string;
  readonly env?: string;
  readonly facts?: string;
  readonly out: string;
  readonly json: boolean;
}

/** What the arguments ask for. */
export type Command =
  | { readonly name: 'help'; readonly topic: 'symbolon' | (typeof COMMANDS)[number] }
  | { readonly name: 'version' }
  | { readonly name: 'synth'; readonly options: SynthOptions };

/** @throws InputError for a command or an option that does not exist, or is not used as it should be */
export function readArguments(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  const [command, ...files] = positionals;
  if (values.version === true) return { name: 'version' };
  if (command === undefined) {
    if (values.help === true) return { name: 'help', topic: 'symbolon' };
    throw usage('expected a command: synth');
  }
  if (command !== 'synth') {
    const close = nearest(command, COMMANDS);
    throw usage(`there is no command ${JSON.stringify(command)}; ${close === undefined ? `the commands are: ${COMMANDS.join(', ')}` : `did you mean ${close}?`}`);
  }
  if (values.help === true) return { name: 'help', topic: 'synth' };
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

/** Lenient where node is strict and strict where it is lenient: every mistake gets a message of ours, and nothing is overridden silently. */
function parse(argv: readonly string[]): { readonly values: { readonly [name: string]: string | true }; readonly positionals: readonly string[] } {
  const options = Object.fromEntries(Object.entries(OPTIONS).map(([name, { type, short }]) => [name, { type, ...(short !== undefined && { short }) }]));
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const values: { [name: string]: string | true } = {};
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
    if (Object.hasOwn(values, name)) throw usage(`${rawName} is given twice; give it once`);
    if (option.type === 'boolean' && value !== undefined) throw usage(`${rawName} takes no value, got ${JSON.stringify(value)}`);
    if (option.type === 'string' && (value === undefined || value === '' || (inlineValue === false && value.startsWith('-')))) {
      throw usage(`${rawName} needs a value: --${name} ${option.value ?? ''}`);
    }
    values[name] = value ?? true;
  }
  return { values, positionals };
}

function usage(problem: string): InputError {
  return new InputError(`${problem} (see symbolon --help)`);
}
