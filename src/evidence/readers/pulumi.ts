import { objectOf } from './iac/objects';
import { terraformType, spelling } from './iac/pulumi-types';
import { learnFrom, readResources, type InCluster } from './iac/read';
import { UNKNOWN, type Resource } from './iac/resource';
import { dataOf, isData, listOf, type Data } from '../../kubernetes/data';
import type { MapDocument, Reader } from '../reader';

/**
 * A stack of Pulumi: as it is, and as a preview would make it. A preview leaves out what stays as it is, unless it is asked for.
 * https://www.pulumi.com/docs/iac/cli/commands/pulumi_stack_export/ https://www.pulumi.com/docs/iac/cli/commands/pulumi_preview/
 */
export const pulumi: Reader = {
  prints: ['pulumi stack export', 'pulumi preview --json --show-sames'],
  learn: (document, knowledge) => learnFrom(resourcesIn(document) ?? [], knowledge),
  read: (document, knowledge) => {
    const resources = resourcesIn(document);
    return resources && readResources(resources, document.of, knowledge, manifestOf);
  },
};

/** Steps after which a resource is not there. */
const GONE = /^(delete|discard|remove-pending-replace|forget)/;

interface State {
  readonly path: string;
  readonly state: Data;
  /** Whether its outputs are what the cloud has said: those of a preview may be of yesterday. */
  readonly made: boolean;
}

const read = new WeakMap<object, readonly Resource[]>();

function resourcesIn({ value }: MapDocument): readonly Resource[] | undefined {
  const before = read.get(value);
  if (before !== undefined) return before;
  const states = statesIn(value);
  if (states === undefined) return undefined;
  const providers = new Map(states.filter(({ state }) => text(state.type).startsWith('pulumi:providers:')).map(({ state }) => [text(state.urn), known(dataOf(state.inputs)) as Data]));
  const resources = states.filter(({ state }) => state.custom === true && state.delete !== true && state.pendingReplacement !== true)
    .map(each => resourceOf(each, providers));
  read.set(value, resources);
  return resources;
}

function statesIn({ deployment, steps, changeSummary }: Data): readonly State[] | undefined {
  if (isData(deployment) && (Array.isArray(deployment.resources) || 'manifest' in deployment)) {
    return asList(deployment.resources).flatMap((state, i) => (isData(state) ? [{ state, path: `deployment.resources[${i}]`, made: true }] : []));
  }
  const isPreview = Array.isArray(steps) && (isData(changeSummary) || listOf(steps).some(({ op, urn }) => typeof op === 'string' && text(urn).startsWith('urn:pulumi:')));
  if (!isPreview) return undefined;
  // A replacement is several steps for one resource: the last one has most to say.
  const states = new Map<string, State>();
  steps.forEach((step: unknown, i) => {
    const { op, urn, newState } = dataOf(step);
    if (isData(newState) && typeof op === 'string' && !GONE.test(op)) states.set(text(urn ?? newState.urn), { state: { urn, ...newState }, path: `steps[${i}].newState`, made: op === 'same' || op === 'read' });
  });
  return [...states.values()];
}

function resourceOf({ state, path, made }: State, providers: ReadonlyMap<string, Data>): Resource {
  const token = text(state.type);
  const [inputs, outputs] = [known(dataOf(state.inputs)) as Data, known(dataOf(state.outputs)) as Data];
  const id = typeof state.id === 'string' && state.id !== '' ? known(state.id) : undefined;
  const type = terraformType(token);
  const values = made ? { ...inputs, ...outputs } : { ...outputs, ...inputs };
  const provider = text(state.provider).replace(/::[^:]*$/, '');
  const isManifest = token.startsWith('kubernetes:');
  return {
    type,
    address: text(state.urn),
    path,
    values: isManifest ? values : { ...spelling(values) as Data, ...(id !== undefined && { id }) },
    provider: { ...providers.get(provider), called: provider.replace(/^.*::/, '') },
  };
}

/** The manifest of a resource. A patch is read where it says what became of the whole. */
function manifestOf({ type, values, provider }: Resource): InCluster | undefined {
  const [, group = '', version = '', name = ''] = /^kubernetes:([^/:]+)\/([^:]+):(\w+)$/.exec(type) ?? [];
  if (name === '') return undefined;
  const isPatch = name.endsWith('Patch');
  if (group === 'helm.sh' || (isPatch && (values.spec === undefined && values.data === undefined && dataOf(values.metadata).uid === undefined))) return { unknown: [] };
  const kind = isPatch ? name.slice(0, -'Patch'.length) : name;
  const own = Object.fromEntries(Object.entries(values).filter(([key]) => !key.startsWith('__')));
  const cluster = text(provider.called);
  const found = objectOf({ apiVersion: group === 'core' ? version : `${group}/${version}`, kind, ...own });
  return { ...found, ...(found.object === undefined && found.unknown.length === 0 && { unknown: ['metadata.name'] }), ...(cluster !== '' && { cluster }) };
}

/** Signs that stand for a value which is not there. https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go */
const SENTINELS = [
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9', '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7', '3eeb2bf0-c639-47a8-9e75-3b44932eb421', '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58', 'e48ece36-62e2-4504-bad9-02848725956a', 'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
];
/** The key of a map that is no map: a secret, an asset, an output. */
const SIGNATURE = '4dabf18193072939515e22adb298388d';
/** What a preview prints for a secret. */
const BLINDED = '[secret]';

/** The value with what is secret or not known as such. */
function known(value: unknown): unknown {
  if (typeof value === 'string') return value === BLINDED || SENTINELS.some(sentinel => value.includes(sentinel)) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(known);
  if (!isData(value)) return value;
  if (Object.hasOwn(value, SIGNATURE)) return UNKNOWN;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, known(item)]));
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value as readonly unknown[] : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
