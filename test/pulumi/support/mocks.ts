/** Runs programs under Pulumi's own mocks: quick, and blind to order and dependencies. */
import * as pulumi from '@pulumi/pulumi';

/** One resource, as the program made it. */
export interface Made {
  readonly type: string;
  readonly name: string;
  readonly inputs: { readonly [key: string]: unknown };
  /** URN and id of the provider that it names. */
  readonly provider: string | undefined;
  /** The id by which it was looked up; left out where it was made. */
  readonly found?: string;
}

export interface Mocked<T> {
  readonly result: T;
  /** Children only: components and providers are left out. */
  readonly resources: readonly Made[];
}

/** What Azure makes up for a managed identity. */
export const AZURE = { clientId: '00000000-0000-4000-8000-00000000c11e', principalId: '00000000-0000-4000-8000-0000000a11ce', tenantId: '00000000-0000-4000-8000-000000000001' };

/** What Entra makes up for an application. */
export const ENTRA = { applicationId: '/applications/00000000-0000-4000-8000-0000000000b1', clientId: '00000000-0000-4000-8000-0000000000c1', objectId: '00000000-0000-4000-8000-0000000000d1' };

/** Runs the program to its end, in a run of its own. `there` is what the clouds say of things that are looked up, by their ids. */
export async function withMocks<T>(program: () => T, there: { readonly [id: string]: object } = {}): Promise<Mocked<T>> {
  const resources: Made[] = [];
  await pulumi.runtime.setMocks({
    newResource({ type, name, inputs, provider, id }) {
      const found = id === undefined || id === '' ? undefined : id;
      if (!/^(symbolon|pulumi):/.test(type)) resources.push({ type, name, inputs: inputs as Made['inputs'], provider, ...(found !== undefined && { found }) });
      if (found !== undefined) {
        if (there[found] === undefined) throw new Error(`${type} ${found} is not there`);
        return { id: found, state: there[found] };
      }
      if (type.endsWith(':Application')) return { id: ENTRA.applicationId, state: { ...inputs, clientId: ENTRA.clientId } };
      if (type.endsWith(':ServicePrincipal')) return { id: `${name}-id`, state: { ...inputs, objectId: ENTRA.objectId, applicationTenantId: AZURE.tenantId } };
      return { id: `${name}-id`, state: type.endsWith(':UserAssignedIdentity') ? { ...inputs, ...AZURE } : inputs };
    },
    call: ({ inputs }) => inputs,
  });
  const result = program();
  await pulumi.runtime.disconnect();
  return { result, resources };
}

/** The value of an Output that is known. */
export async function valueOf(output: unknown): Promise<unknown> {
  return new Promise(resolve => (pulumi.output(output) as pulumi.Output<unknown>).apply(resolve));
}
