import type { StackResource, StackView } from './pack';
import type { EvidenceDocument } from '../evidence';

/** What Pulumi itself writes where a value is not known. https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go */
const NOT_KNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/**
 * The stack as one document, in the form in which Pulumi exports stacks: there is one reader of both.
 *
 * @param said  what the user says of it
 */
export function documentOf({ resources }: StackView, said: string | undefined): EvidenceDocument {
  const providers = new Map(resources.flatMap(({ provider }) => (provider === undefined ? [] : [[provider.urn, provider] as const])));
  const states = [
    ...resources.map(stateOf),
    ...[...providers.values()].map(({ urn, type, props }) => ({ urn, type, custom: true, inputs: known(props) })),
  ];
  return { value: { deployment: { manifest: {}, resources: states } }, at: { file: 'the stack', document: 0, path: '' }, ...(said !== undefined && { of: said }) };
}

/** The URN of the resource that a part of the document is: of a provider's, too. */
export function urnAt(path: string, document: EvidenceDocument): string | undefined {
  const [, index] = /^deployment\.resources\[(\d+)\]/.exec(path) ?? [];
  const { deployment } = document.value as { readonly deployment: { readonly resources: readonly { readonly urn: string }[] } };
  return index === undefined ? undefined : deployment.resources[Number(index)]?.urn;
}

/** What makes other resources, and is none itself: those are in the stack, too. */
const COMPONENT = /^kubernetes:(helm\.sh|kustomize|yaml)(\/\w+)?:(Chart|ConfigFile|ConfigGroup|Directory)$/;

function stateOf({ urn, type, props, provider }: StackResource): object {
  const values = known(props) as { readonly [field: string]: unknown };
  const { id } = values;
  return {
    urn,
    type,
    custom: !COMPONENT.test(type),
    inputs: values,
    ...(typeof id === 'string' && id !== '' && { id }),
    ...(provider !== undefined && { provider: `${provider.urn}::${NOT_KNOWN}` }),
  };
}

/** A copy, with the sign of what is not known in the place of what throws when it is read. */
function known(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const read = (key: string): unknown => {
    try {
      return known((value as { readonly [key: string]: unknown })[key]);
    } catch {
      return NOT_KNOWN;
    }
  };
  if (Array.isArray(value)) return Object.keys(value).map(read);
  return Object.fromEntries(Object.keys(value).map(key => [key, read(key)]));
}
