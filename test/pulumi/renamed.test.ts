/** An upgrade that gives a resource another name in the stack keeps the resource: Pulumi is told what it was called. */
import * as pulumi from '@pulumi/pulumi';
import { MockMonitor } from '@pulumi/pulumi/runtime/mocks';
import { knownLayoutOf } from '../../src/identity/define';
import { makeDocuments, readyDocuments } from '../../src/pulumi/cloud-half';
import type { FactSources } from '../../src/pulumi/facts';
import { blue, checkoutWith } from '../support/definitions';
import { withMocks } from './support/mocks';
import { defineWorkloadIdentity } from 'symbolon';

interface Registered {
  readonly name: string;
  readonly aliases: readonly string[];
}

/** Registers the documents of one role, of which each had the given ids before. */
async function registeredAs(formerIds: readonly string[] | undefined): Promise<readonly Registered[]> {
  const [document] = knownLayoutOf(defineWorkloadIdentity(checkoutWith({ clusters: [blue], trustedBy: { aws: {} } }))).trust;
  const registered: Registered[] = [];
  const { registerResource } = MockMonitor.prototype;
  const spy = jest.spyOn(MockMonitor.prototype, 'registerResource').mockImplementation(function (this: MockMonitor, request, callback) {
    const { name, aliasesList } = (request as { toObject(): { name: string; aliasesList: readonly { spec?: { name: string } }[] } }).toObject();
    registered.push({ name, aliases: aliasesList.map(alias => alias.spec?.name ?? '') });
    return registerResource.call(this, request, callback);
  });
  try {
    await withMocks(() => {
      const parent = new pulumi.ComponentResource('symbolon:index:Test', 'checkout');
      const facts = { settle: (value: unknown) => value, provide: () => undefined } as unknown as FactSources;
      return makeDocuments(readyDocuments([{ ...document as NonNullable<typeof document>, ...(formerIds !== undefined && { formerIds }) }]), { name: 'checkout', parent, facts }, () => ({}));
    });
  } finally {
    spy.mockRestore();
  }
  return registered.filter(({ name }) => name.startsWith('checkout/'));
}

test('what never had another id has no aliases', async () => {
  expect(await registeredAs(undefined)).toEqual([{ name: 'checkout/aws', aliases: [] }]);
});

test('what had others is known by them, under the same component', async () => {
  expect(await registeredAs(['aws-role', 'role'])).toEqual([{ name: 'checkout/aws', aliases: ['checkout/aws-role', 'checkout/role'] }]);
});
