import { clustersOf, type MockedArtifactsOptions } from './clusters';
import { readOptions, type MockedRequest, type MocksOptions } from './options';
import { cloudOf } from './providers';
import { InvalidDefinitionError } from '../../core/errors';
import { Findings } from '../../core/issues';
import { isMap } from '../../core/shape';
import type { Artifacts, TrustArtifact } from '../../proof/artifacts';
import { given, type Fields, type MockedResource } from '../../providers/mocked';

/** Mocks for `pulumi.runtime.setMocks`, and what the program did under them. */
export interface SymbolonMocks {
  /** For Pulumi. */
  newResource(request: MockedRequest): { id: string; state: { [output: string]: unknown } };
  /** For Pulumi. */
  call(request: { readonly token: string; readonly inputs: unknown }): { [output: string]: unknown };
  /** Everything that the program registered, in its order; of components and providers too. Complete when `pulumi.runtime.disconnect()` has come back. */
  readonly resources: readonly MockedResource[];
  /**
   * What was registered, as the proof reads it: manifests by cluster, and the cloud half. Resources of other kinds have no part in it.
   *
   * @throws InvalidDefinitionError when it cannot be told to which cluster an object goes
   */
  artifacts(options: MockedArtifactsOptions): Artifacts;
}

/**
 * Mocks under which resources get the ids and outputs that their clouds would make: ARNs, client ids, e-mail addresses. The same every time. Types
 * that are not known here answer with their inputs. Pulumi is not loaded for it.
 *
 * ```ts
 * const mocks = symbolonMocks({ aws: { accountId: '111122223333' } });
 * await pulumi.runtime.setMocks(mocks);
 * require('./program');
 * await pulumi.runtime.disconnect(); // everything is registered
 * expect(mocks.artifacts({ clusters: halvesOf(checkout).clusters })).toFit();
 * ```
 *
 * @throws InvalidDefinitionError with everything that is wrong in the options
 */
export function symbolonMocks(options: MocksOptions = {}): SymbolonMocks {
  const findings = new Findings();
  const read = readOptions(options, findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError('mocks', findings.all);
  const resources: MockedResource[] = [];
  const placeOf = (id: string, place: { readonly [field: string]: string }, provider: string | undefined) => ({
    ...place, ...(read as { readonly [id: string]: object })[id], ...(provider !== undefined && read.providers?.[provider]),
  });
  const documentOf = (resource: MockedResource): readonly TrustArtifact[] => {
    const known = cloudOf(resource.type);
    const document = known?.row.document?.(resource, placeOf(known.id, known.cloud.place, resource.provider), resources);
    if (known === undefined || document === undefined) return [];
    const { of, becomes = of === undefined ? undefined : read.existing?.[of], ...rest } = document;
    return [{ provider: known.id, ...rest, ...(becomes !== undefined && { becomes }) }];
  };
  return {
    resources,
    newResource(request) {
      const { type, name } = request;
      const inputs: Fields = isMap(request.inputs) ? request.inputs : {};
      const provider = providerIn(request.provider);
      const known = cloudOf(type);
      const outputs: Fields = {
        id: isMap(inputs.metadata) && type.startsWith('kubernetes:') ? objectId(inputs.metadata, name) : `${name}-id`,
        ...known?.row.outputs?.(inputs, name, placeOf(known.id, known.cloud.place, provider)),
        ...(request.id !== undefined && request.id !== '' && { id: request.id }),
        ...given(read.answer?.(request) ?? {}),
      };
      const { id, ...state } = outputs;
      const resource: MockedResource = { type, name, inputs, id: String(id), outputs: { ...inputs, ...state }, ...(provider !== undefined && { provider }) };
      resources.push(resource);
      return { id: resource.id, state: { ...resource.outputs } };
    },
    call: request => ({ ...(read.call === undefined ? request.inputs as object : read.call(request)) }),
    artifacts: asked => ({
      clusters: clustersOf(asked, resources),
      trust: resources.flatMap(documentOf),
    }),
  };
}

/** As Pulumi's Kubernetes provider has it: `shop/checkout`. */
function objectId({ namespace, name }: Fields, fallback: string): string {
  return [namespace, name ?? fallback].filter(part => typeof part === 'string').join('/');
}

/** The name of a provider in `urn:pulumi:stack::project::pulumi:providers:aws::name::id`; default ones are those that the program does not name. */
function providerIn(reference: string | undefined): string | undefined {
  const name = reference?.split('::')[3];
  return name === undefined || name.startsWith('default') ? undefined : name;
}
