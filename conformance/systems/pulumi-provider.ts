/**
 * A provider for Pulumi's engine that makes nothing and writes everything down: it stands in the place of a cloud's.
 * A program by itself, which the engine starts. Each call becomes a line of JSON in the file that RECORD names.
 */
import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import type * as pluginProto from '@pulumi/pulumi/proto/plugin_pb';
import type * as providerProto from '@pulumi/pulumi/proto/provider_pb';
import { UNKNOWN, answerOf, changesInPlace, idOf, type Inputs, type Recorded } from './pulumi-records';

// Pulumi's own dependencies, as Pulumi itself finds them.
const load = createRequire(require.resolve('@pulumi/pulumi'));
const grpc = load('@grpc/grpc-js') as typeof import('@grpc/grpc-js');
const { Empty } = load('google-protobuf/google/protobuf/empty_pb.js') as typeof import('google-protobuf/google/protobuf/empty_pb');
const { Struct } = load('google-protobuf/google/protobuf/struct_pb.js') as typeof import('google-protobuf/google/protobuf/struct_pb');
const { ResourceProviderService } = load('@pulumi/pulumi/proto/provider_grpc_pb.js') as { ResourceProviderService: Parameters<InstanceType<typeof grpc.Server>['addService']>[0] };
const proto = load('@pulumi/pulumi/proto/provider_pb.js') as typeof providerProto;
const { PluginInfo } = load('@pulumi/pulumi/proto/plugin_pb.js') as typeof pluginProto;

type StructMessage = InstanceType<typeof Struct>;

const { RECORD = '', WRITING_TAKES = '0', PLUGIN_VERSION = '', THERE } = process.env;

/** What the cloud says of things that nobody made here, by their ids. Where nothing is said, whatever is asked for is as the engine knows it. */
const there = THERE === undefined ? undefined : JSON.parse(THERE) as { readonly [id: string]: Inputs };

const dataOf = (struct: StructMessage | undefined): Inputs => (struct?.toJavaScript() ?? {}) as Inputs;
const structOf = (data: Inputs): StructMessage => Struct.fromJavaScript(data as { [key: string]: string });
const now = (): number => performance.timeOrigin + performance.now();
const write = (record: Recorded): void => appendFileSync(RECORD, `${JSON.stringify(record)}\n`);
const typeOf = (urn: string): string => urn.split('::')[2]?.split('$').at(-1) ?? '';

/** Takes as long as a cloud would, and is written down with its times. */
async function writing(method: Recorded['method'], urn: string, preview: boolean, inputs: Inputs): Promise<void> {
  const began = now();
  if (!preview) await new Promise(resolve => setTimeout(resolve, Number(WRITING_TAKES)));
  write({ method, urn, type: typeOf(urn), preview, inputs, began, ended: now() });
}

const methods = {
  handshake: () => new proto.ProviderHandshakeResponse().setAcceptSecrets(false).setAcceptResources(false).setAcceptOutputs(false),
  checkConfig: (request: providerProto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews()),
  diffConfig: () => new proto.DiffResponse().setChanges(proto.DiffResponse.DiffChanges.DIFF_NONE),
  configure: () => new proto.ConfigureResponse().setAcceptsecrets(false).setSupportspreview(true).setAcceptresources(false),
  getPluginInfo: () => new PluginInfo().setVersion(PLUGIN_VERSION),
  cancel: () => new Empty(),

  check: (request: providerProto.CheckRequest) => {
    const [urn, inputs, at] = [request.getUrn(), dataOf(request.getNews()), now()];
    write({ method: 'check', urn, type: typeOf(urn), preview: false, inputs, began: at, ended: at });
    return new proto.CheckResponse().setInputs(request.getNews());
  },

  diff: (request: providerProto.DiffRequest) => {
    const [olds, news, type] = [dataOf(request.getOldInputs()), dataOf(request.getNews()), typeOf(request.getUrn())];
    const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(key => !isDeepStrictEqual(olds[key], news[key]));
    const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
    const replaces = changed.filter(key => !changesInPlace(type, key));
    return new proto.DiffResponse().setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME).setDiffsList(changed).setReplacesList(replaces);
  },

  create: async (request: providerProto.CreateRequest) => {
    const [urn, inputs, preview] = [request.getUrn(), dataOf(request.getProperties()), request.getPreview()];
    await writing('create', urn, preview, inputs);
    const answer = answerOf(typeOf(urn), inputs);
    const made = preview ? Object.fromEntries(Object.keys(answer).map(key => [key, UNKNOWN])) : answer;
    return new proto.CreateResponse().setId(preview ? '' : idOf(typeOf(urn), urn, inputs)).setProperties(structOf({ ...inputs, ...made }));
  },

  read: (request: providerProto.ReadRequest) => {
    const [urn, at] = [request.getUrn(), now()];
    write({ method: 'read', urn, type: typeOf(urn), preview: false, inputs: dataOf(request.getInputs()), began: at, ended: at });
    const known = request.getProperties()?.toJavaScript() ?? {};
    const answer = new proto.ReadResponse().setId(request.getId());
    if (there === undefined || Object.keys(known).length > 0) return answer.setProperties(request.getProperties()).setInputs(request.getInputs());
    const found = there[request.getId()];
    // Without an id the engine says that it is not there.
    return found === undefined ? new proto.ReadResponse() : answer.setProperties(structOf(found)).setInputs(structOf(found));
  },

  update: async (request: providerProto.UpdateRequest) => {
    const [urn, inputs, preview] = [request.getUrn(), dataOf(request.getNews()), request.getPreview()];
    await writing('update', urn, preview, inputs);
    return new proto.UpdateResponse().setProperties(structOf({ ...inputs, ...answerOf(typeOf(urn), inputs) }));
  },

  delete: async (request: providerProto.DeleteRequest) => {
    await writing('delete', request.getUrn(), false, dataOf(request.getOldInputs()));
    return new Empty();
  },
};

/** A method of the service. What it throws goes back as gRPC has it. */
function answering(method: (request: never) => unknown) {
  return (call: ServerUnaryCall<unknown, unknown>, reply: sendUnaryData<unknown>): void => {
    const refuse = (error: Error): void => reply({ code: grpc.status.UNKNOWN, message: error.message });
    Promise.resolve(call.request as never).then(method).then(response => reply(null, response), refuse);
  };
}

const server = new grpc.Server();
const handlers = Object.entries(methods).map(([name, method]) => [name, answering(method as (request: never) => unknown)] as const);
server.addService(ResourceProviderService, Object.fromEntries(handlers));
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
// The engine may be gone before it could end us.
const engine = process.ppid;
setInterval(() => {
  if (process.ppid !== engine) process.exit();
}, 1000);
