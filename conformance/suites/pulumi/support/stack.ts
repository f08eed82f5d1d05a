import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startGuarded } from '../../../systems/guard';
import type { Inputs, Recorded } from '../../../systems/pulumi-records';
import { system } from '../../support/systems';

/** What the program that carries it out is told. */
export interface Operation {
  readonly operation: 'preview' | 'up' | 'refresh' | 'destroy';
  readonly root: string;
  readonly plugins: readonly { readonly name: string; readonly path: string }[];
  readonly folder: string;
  readonly program: string;
  readonly config: { readonly [key: string]: string };
}

/** Something that the engine does with one resource: `same`, `create`, `update`, `replace`, `delete`, … */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly inputs: Inputs;
  /** The properties that differ. */
  readonly keys: readonly string[];
}

/** What came of it. */
export interface Operated {
  readonly steps: readonly Step[];
  /** Warnings and errors that people are told. */
  readonly log: readonly string[];
  readonly outputs: { readonly [name: string]: unknown };
  /** What the providers were asked for, in the order of its end. */
  readonly records: readonly Recorded[];
  readonly failure?: string;
}

export interface StackOptions {
  readonly config?: { readonly [key: string]: string };
  /** Milliseconds that the clouds take for each thing that is written. @default 0 */
  readonly writingTakes?: number;
  /** The folder of the provider of Kubernetes. @default the recording one */
  readonly kubernetes?: string;
}

/** A stack of its own, whose state is in a temporary folder. Nothing of it looks beyond this machine. */
export class TestStack {
  private readonly folder = mkdtempSync(join(system('pulumi').scratch, 'stack-'));
  private serial = 0;

  constructor(private readonly program: string, private readonly options: StackOptions = {}) {
    mkdirSync(join(this.folder, 'state'));
  }

  /** `env` is what the program reads. */
  async run(operation: Operation['operation'], env: NodeJS.ProcessEnv = {}): Promise<Operated> {
    const { root, plugins } = system('pulumi');
    const { config = {}, writingTakes = 0, kubernetes } = this.options;
    const [record, answer, log] = ['record', 'answer', 'log'].map(name => join(this.folder, `${name}-${this.serial}`)) as [string, string, string];
    this.serial++;
    const chosen = plugins.map(plugin => (plugin.name === 'kubernetes' ? { ...plugin, path: kubernetes ?? plugin.path } : plugin));
    const asked: Operation = { operation, root, plugins: chosen, folder: this.folder, program: this.program, config };
    const child = startGuarded(process.execPath, ['-r', join(__dirname, '../../../../test/pulumi/support/register.js'), join(__dirname, 'operate.ts'), JSON.stringify(asked), answer], {
      log,
      env: {
        ...process.env,
        PULUMI_BACKEND_URL: `file://${this.folder}/state`,
        PULUMI_CONFIG_PASSPHRASE: 'conformance',
        PULUMI_SKIP_UPDATE_CHECK: 'true',
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
        PULUMI_IGNORE_AMBIENT_PLUGINS: 'true',
        // Whatever would look beyond all the same finds a closed door.
        HTTP_PROXY: 'http://127.0.0.1:9',
        HTTPS_PROXY: 'http://127.0.0.1:9',
        http_proxy: 'http://127.0.0.1:9',
        https_proxy: 'http://127.0.0.1:9',
        NO_PROXY: '127.0.0.1,localhost',
        no_proxy: '127.0.0.1,localhost',
        RECORD: record,
        WRITING_TAKES: String(writingTakes),
        ...env,
      },
    });
    await child.exit;
    if (!existsSync(answer)) throw new Error(child.lastWords());
    const lines = existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n') : [];
    return { ...JSON.parse(readFileSync(answer, 'utf8')) as Omit<Operated, 'records'>, records: lines.map(line => JSON.parse(line) as Recorded) };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What was really written, in the order of its end. */
export function written({ records }: Operated): readonly Recorded[] {
  return records.filter(({ method, preview }) => !preview && ['create', 'update', 'delete'].includes(method));
}

export function urnsOf(steps: readonly Step[]): readonly string[] {
  return [...new Set(steps.map(({ urn }) => urn))].sort();
}
