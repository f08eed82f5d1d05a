/** The comparison of providers says what the library does: audiences and lifetimes of the rows are those that are planned and refused. */
import { FACTS } from '../../scripts/docs/providers';
import { PROVIDER_IDS, isBuilt, providerOf } from '../../src/providers';
import type { BINDINGS } from '../support/definitions';
import { ack, aks, blue, boundTo, errorsOf, k3s } from '../support/definitions';
import { defineWorkloadIdentity, planWorkloadIdentities } from 'symbolon';

const isRow = (id: string, mechanism: string): boolean => isBuilt(id) && providerOf(id).mechanisms.includes(mechanism);
const built = FACTS.flatMap(row => row.mechanisms.filter(each => isRow(row.provider, each)).map(mechanism => ({ ...row, mechanism })));
const CLUSTERS = { alibaba: ack, aws: blue, azure: { ...aks, aks: { tenantId: '', ...aks.aks, resourceGroup: 'clusters', clusterName: 'aks' } }, gcp: k3s, jwt: k3s, vault: k3s };
/** What a mechanism wants beside its name. */
const FIELDS: { readonly [mechanism: string]: object } = {
  application: { resourceGroup: undefined, location: undefined, applicationId: '/applications/00000000-0000-4000-8000-000000000008' },
};
const isFixed = (audience: string): boolean => !/[` ]/.test(audience);

test('every provider has its rows, and every mechanism that is built is in one', () => {
  expect([...new Set(FACTS.map(({ provider }) => provider))].sort()).toEqual([...PROVIDER_IDS].sort());
  for (const id of PROVIDER_IDS) {
    const named = FACTS.filter(({ provider }) => provider === id).flatMap(({ mechanisms }) => mechanisms);
    for (const mechanism of providerOf(id).mechanisms) expect(named).toContain(mechanism);
    expect(new Set(named).size).toBe(named.length);
  }
});

test.each(built.map(row => [row.title, row] as const))('%s: the audience is that which is planned', (_title, { provider, audience, lifetime, mechanism }) => {
  const id = provider as keyof typeof BINDINGS;
  if (!isFixed(audience) || lifetime === undefined) return;
  const { edges } = planWorkloadIdentities(defineWorkloadIdentity(boundTo(id, CLUSTERS[id], { mechanism, ...FIELDS[mechanism] })));
  expect(edges.map(({ claims }) => claims.audience)).toEqual([audience]);
});

test.each(built.flatMap(row => (row.lifetime === undefined ? [] : [[row.title, row, row.lifetime] as const])))('%s: the bounds are those at which it is refused', (_title, { provider, mechanism }, { min, max, usual }) => {
  const id = provider as keyof typeof BINDINGS;
  const refused = (expirationSeconds: number): boolean => errorsOf(boundTo(id, CLUSTERS[id], { mechanism, ...FIELDS[mechanism], expirationSeconds })).some(({ code }) => code === 'token/lifetime');
  expect([min - 1, min, usual, max, max + 1].map(refused)).toEqual([true, false, false, false, true]);
});

test('every row links to the vendor, and has all that the tables show', () => {
  for (const { page, ...row } of FACTS) {
    expect(page).toMatch(/^https:\/\/[a-z.]+\//);
    for (const value of Object.values(row)) expect(value).not.toBe('');
    expect(JSON.stringify(row)).not.toContain('|');
  }
});
