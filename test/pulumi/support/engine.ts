/**
 * A stand-in for Pulumi's engine: enough of its two services that an unmodified program runs to its end through
 * `@pulumi/pulumi/cmd/run`, in a process of its own, as Pulumi's language host runs it. It has no providers: what is
 * registered is written down, and answered with its own inputs and with what the test says.
 *
 * It sees what mocks cannot: dependencies, what is written at the same time, what a preview does not know, and how a
 * program fails.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import type * as callbackProto from '@pulumi/pulumi/proto/callback_pb';
import type * as engineProto from '@pulumi/pulumi/proto/engine_pb';
import type * as resourceProto from '@pulumi/pulumi/proto/resource_pb';

/** One resource, as the program registered it. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly provider: string;
  readonly inputs: { readonly [key: string]: unknown };
  /** URNs of everything that it waits for. */
  readonly dependencies: readonly string[];
  /** By property: the URNs that its value comes from. */
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  /** When its writing began and ended, on a clock that counts both. */
  readonly began: number;
  ended: number;
}

export interface RunOptions {
  readonly preview?: boolean;
  /** What a resource answers besides its inputs. In a preview, what is not answered is unknown. */
  readonly answer?: (resource: Registration) => { readonly [key: string]: unknown };
  /** What is there already, by its id: whoever looks it up is answered with it. @default nothing */
  readonly there?: { readonly [id: string]: object };
  /** Milliseconds that the writing of a resource takes. @default 0 */
  readonly delay?: (resource: Registration) => number;
  /** What a component that another program makes, such as a Helm chart, registers in it. */
  readonly children?: (component: Registration) => readonly { readonly type: string; readonly name: string; readonly inputs: object }[];
  readonly env?: { readonly [name: string]: string };
}

export interface RunResult {
  /** 0, or Pulumi's exit code for a program that failed. */
  readonly code: number | null;
  /** In the order in which they were registered. */
  readonly resources: readonly Registration[];
  /** The ids of what it looked up. */
  readonly found: readonly string[];
  /** What the program exports. */
  readonly outputs: { readonly [name: string]: unknown };
  /** What the user is shown: warnings, errors, and everything printed. */
  readonly log: string;
}

/** What stands for a value that is not known yet. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** Runs a program of `test/pulumi/programs`, or one at a path from there. */
export async function runProgram(name: string, options: RunOptions = {}): Promise<RunResult> {
  const engine = new Engine(options);
  const address = await engine.listen();
  try {
    const code = await run(path.join(__dirname, '..', 'programs', `${name}.ts`), address, options, text => engine.log.push(text));
    return { code, resources: engine.resources, found: engine.found, outputs: engine.outputs, log: engine.log.join('\n') };
  } finally {
    engine.stop();
  }
}

const PROJECT = 'program';
const STACK = 'test';

async function run(program: string, address: string, { preview = false, env = {} }: RunOptions, print: (text: string) => void): Promise<number | null> {
  const child = spawn(process.execPath, [
    '--require', path.join(__dirname, 'register.js'), require.resolve('@pulumi/pulumi/cmd/run'),
    '--monitor', address, '--engine', address, '--project', PROJECT, '--stack', STACK, '--organization', 'organization',
    '--parallel', '16', '--dry-run', String(preview), '--query-mode', 'false', '--pwd', path.dirname(program), program,
  ], { env: { ...process.env, PULUMI_NODEJS_PROJECT: PROJECT, PULUMI_NODEJS_STACK: STACK, PULUMI_CONFIG: '{}', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', print);
  return new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
}

// Pulumi's own dependencies, as Pulumi itself finds them.
const load = createRequire(require.resolve('@pulumi/pulumi'));
const grpc = load('@grpc/grpc-js') as typeof import('@grpc/grpc-js');
const { Empty } = load('google-protobuf/google/protobuf/empty_pb.js') as typeof import('google-protobuf/google/protobuf/empty_pb');
const { Struct } = load('google-protobuf/google/protobuf/struct_pb.js') as typeof import('google-protobuf/google/protobuf/struct_pb');
const { ResourceMonitorService } = load('@pulumi/pulumi/proto/resource_grpc_pb.js') as { ResourceMonitorService: Service };
const { EngineService } = load('@pulumi/pulumi/proto/engine_grpc_pb.js') as { EngineService: Service };
const { CallbacksClient } = load('@pulumi/pulumi/proto/callback_grpc_pb.js') as { CallbacksClient: new (address: string, credentials: object) => Callbacks };
const callback = load('@pulumi/pulumi/proto/callback_pb.js') as typeof callbackProto;
const resource = load('@pulumi/pulumi/proto/resource_pb.js') as typeof resourceProto;
const engine = load('@pulumi/pulumi/proto/engine_pb.js') as typeof engineProto;

type Service = Parameters<InstanceType<typeof grpc.Server>['addService']>[0];

class Engine {
  readonly resources: Registration[] = [];
  readonly log: string[] = [];
  readonly found: string[] = [];
  outputs: { readonly [name: string]: unknown } = {};
  readonly #server = new grpc.Server();
  readonly #options: RunOptions;
  /** Those of a resource, and of all that it stands in, by its URN. */
  readonly #transforms = new Map<string, readonly callbackProto.Callback[]>();
  #root = '';
  #clock = 0;

  constructor(options: RunOptions) {
    this.#options = options;
  }

  async listen(): Promise<string> {
    this.#server.addService(EngineService, {
      log: answering((request: engineProto.LogRequest) => {
        if (request.getSeverity() > engine.LogSeverity.INFO) this.log.push(request.getMessage());
        return new Empty();
      }),
      getRootResource: answering(() => new engine.GetRootResourceResponse().setUrn(this.#root)),
      setRootResource: answering((request: engineProto.SetRootResourceRequest) => {
        this.#root = request.getUrn();
        return new engine.SetRootResourceResponse();
      }),
    });
    this.#server.addService(ResourceMonitorService, {
      supportsFeature: answering((request: resourceProto.SupportsFeatureRequest) =>
        new resource.SupportsFeatureResponse().setHassupport(['secrets', 'resourceReferences', 'aliasSpecs', 'transforms'].includes(request.getId()))),
      registerPackage: answering(() => new resource.RegisterPackageResponse().setRef('package')),
      registerResource: answering(async (request: resourceProto.RegisterResourceRequest) => this.#register(request)),
      readResource: answering((request: resourceProto.ReadResourceRequest) => this.#read(request)),
      registerResourceOutputs: answering((request: resourceProto.RegisterResourceOutputsRequest) => {
        if (request.getUrn() === this.#root) this.outputs = known(request.getOutputs()?.toJavaScript()) as { readonly [name: string]: unknown };
        return new Empty();
      }),
      signalAndWaitForShutdown: answering(() => new Empty()),
    });
    const credentials = grpc.ServerCredentials.createInsecure();
    return new Promise((resolve, reject) => this.#server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? reject(error) : resolve(`127.0.0.1:${port}`))));
  }

  stop(): void {
    this.#server.forceShutdown();
  }

  #read(request: resourceProto.ReadResourceRequest): resourceProto.ReadResourceResponse {
    const there = this.#options.there?.[request.getId()];
    if (there === undefined) throw new Error(`resource '${request.getId()}' does not exist`);
    this.found.push(request.getId());
    const urn = `urn:pulumi:${STACK}::${PROJECT}::${request.getType()}::${request.getName()}`;
    return new resource.ReadResourceResponse().setUrn(urn).setProperties(Struct.fromJavaScript(there as { [key: string]: string }));
  }

  async #register(request: resourceProto.RegisterResourceRequest): Promise<resourceProto.RegisterResourceResponse> {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const transforms = [...request.getTransformsList(), ...this.#transforms.get(parent) ?? []];
    for (const each of transforms) await transformed(request, { target: each.getTarget(), token: each.getToken() });
    const within = parent === '' || parent === this.#root ? '' : `${parent.split('::')[2]}$`;
    const registration: Registration = {
      urn: `urn:pulumi:${STACK}::${PROJECT}::${within}${type}::${name}`,
      type,
      name,
      parent,
      provider: request.getProvider(),
      inputs: known(request.getObject()?.toJavaScript() ?? {}) as { readonly [key: string]: unknown },
      dependencies: request.getDependenciesList(),
      propertyDependencies: Object.fromEntries(entriesOf(request.getPropertydependenciesMap()).map(([key, of]) => [key, of.getUrnsList()])),
      began: this.#clock++,
      ended: Infinity,
    };
    if (this.resources.some(({ urn }) => urn === registration.urn)) throw new Error(`Duplicate resource URN '${registration.urn}'`);
    this.resources.push(registration);
    this.#transforms.set(registration.urn, transforms);
    await new Promise(resolve => setTimeout(resolve, this.#options.delay?.(registration) ?? 0));
    registration.ended = this.#clock++;
    const state = { ...registration.inputs, ...this.#options.answer?.(registration) };
    for (const child of request.getRemote() ? this.#options.children?.(registration) ?? [] : []) {
      const inputs = Struct.fromJavaScript(child.inputs as { [key: string]: string });
      const asked = new resource.RegisterResourceRequest().setType(child.type).setName(child.name).setParent(registration.urn);
      await this.#register(asked.setCustom(true).setObject(inputs));
    }
    const response = new resource.RegisterResourceResponse().setUrn(registration.urn).setObject(Struct.fromJavaScript(state as { [key: string]: string }));
    return this.#options.preview === true || !request.getCustom() ? response : response.setId('id' in state ? String(state.id) : `${name}-id`);
  }
}

function entriesOf<V>(map: { forEach(callback: (value: V, key: string) => void): void }): readonly [string, V][] {
  const entries: [string, V][] = [];
  map.forEach((value, key) => entries.push([key, value]));
  return entries;
}

interface Callbacks {
  invoke(request: callbackProto.CallbackInvokeRequest, answer: (error: Error | null, response: callbackProto.CallbackInvokeResponse) => void): void;
  close(): void;
}

/** Has the program change what it registers, as the engine does before anything is written down. */
async function transformed(request: resourceProto.RegisterResourceRequest, { target, token }: { target: string; token: string }): Promise<void> {
  const options = new resource.TransformResourceOptions().setDependsOnList(request.getDependenciesList());
  const asked = new resource.TransformRequest().setType(request.getType()).setName(request.getName()).setCustom(request.getCustom())
    .setParent(request.getParent()).setProperties(request.getObject()).setOptions(options);
  const client = new CallbacksClient(target, grpc.credentials.createInsecure());
  const invoke = new callback.CallbackInvokeRequest().setToken(token).setRequest(asked.serializeBinary());
  try {
    const response = await new Promise<callbackProto.CallbackInvokeResponse>((resolve, reject) => {
      client.invoke(invoke, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
    const answer = resource.TransformResponse.deserializeBinary(response.getResponse_asU8());
    request.setObject(answer.getProperties()).setDependenciesList(answer.getOptions()?.getDependsOnList() ?? []);
  } finally {
    client.close();
  }
}

/** A method of a service. What it throws goes back as gRPC has it. */
function answering<Request, Response>(answer: (request: Request) => Response | Promise<Response>) {
  return (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>): void => {
    const refuse = (error: Error): void => reply({ code: grpc.status.UNKNOWN, message: error.message });
    Promise.resolve(call.request).then(answer).then(response => reply(null, response), refuse);
  };
}

const SIGNATURE = '4dabf18193072939515e22adb298388d';

/** Values without Pulumi's wrapping; a secret is shown as `pulumi stack output --json` shows it. */
function known(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== 'object' || value === null) return value;
  if (SIGNATURE in value && value[SIGNATURE] === '1b47061264138c4ac30d75fd1eb44270') return '[secret]';
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, known(field)]));
}
