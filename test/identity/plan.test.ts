import fc from 'fast-check';
import { identitiesArb, identityArb } from '../support/arbitraries';
import { aks, blue, boundTo, checkout, checkoutWith, gke, green, k3s } from '../support/definitions';
import { MissingFactError, defineWorkloadIdentity, planWorkloadIdentities, type Facts, type MissingFact, type Plan, type WorkloadIdentityInput } from 'symbolon';

const planOf = (input: WorkloadIdentityInput, facts?: Facts): Plan => planWorkloadIdentities(defineWorkloadIdentity(input), facts);

function missing(input: WorkloadIdentityInput, facts?: Facts): readonly MissingFact[] {
  try {
    planOf(input, facts);
  } catch (error) {
    expect(error).toBeInstanceOf(MissingFactError);
    return (error as MissingFactError).facts;
  }
  return [];
}

/** A definition with values taken out of it, and these values as facts. */
interface Withheld { input: any; facts: { clusters: any; identities: any } } // eslint-disable-line @typescript-eslint/no-explicit-any

/** Takes out everything that may come late and that `take` says yes to. */
function withhold(whole: WorkloadIdentityInput, take: () => boolean): Withheld {
  const input = JSON.parse(JSON.stringify(whole)) as Withheld['input'];
  const facts: Withheld['facts'] = { clusters: {}, identities: {} };
  const blocks = new Map<string, object>(input.clusters.map((cluster: { name: string }) => [cluster.name, cluster]));
  for (const cluster of input.clusters) {
    for (const [block, field] of [['gke', 'projectNumber'], ['gcpPool', 'projectNumber'], ['fleet', 'hostProjectNumber']] as const) {
      if (cluster[block]?.[field] === undefined || !take()) continue;
      (facts.clusters[cluster.name] ??= {})[field] = cluster[block][field];
      delete cluster[block][field];
    }
    if (cluster.issuer === undefined || cluster.gke?.clusterName !== undefined || !take()) continue;
    (facts.clusters[cluster.name] ??= {}).issuer = cluster.issuer;
    delete cluster.issuer;
  }
  for (const [key, binding] of Object.entries<Withheld['input']>(input.trustedBy ?? {})) {
    const provider = binding.provider ?? key;
    const own = (facts.identities[input.name] ??= {});
    const given = (own[key] ??= {});
    const on = Object.entries<Withheld['input']>(binding.on ?? {});
    const give = (name: string, value: string): void => {
      given[name] = value;
      for (const [cluster] of on) ((given.on ??= {})[cluster] ??= {})[name] = value;
    };
    const names: string[] = binding.clusters ?? [...blocks.keys()];
    const hasBlock = (block: string): boolean => names.some(name => block in (blocks.get(name) as object));
    const fields = { alibaba: hasBlock('ack') ? [] : ['accountId'], aws: hasBlock('eks') ? [] : ['accountId'], azure: ['clientId', 'principalId', ...(hasBlock('aks') ? [] : ['tenantId'])], gcp: [], jwt: [], vault: [] }[provider as 'alibaba' | 'aws' | 'azure' | 'gcp' | 'jwt' | 'vault'];
    for (const field of fields) {
      // What `on` changes belongs to that cluster alone.
      if (binding[field] === undefined || on.some(([, part]) => part[field] !== undefined || part.accountId !== undefined) || !take()) continue;
      give(field, binding[field]);
      delete binding[field];
    }
    for (const [cluster, part] of on) {
      for (const field of ['clientId', 'principalId']) {
        if (part[field] === undefined || binding[field] !== undefined) continue;
        ((given.on ??= {})[cluster] ??= {})[field] = part[field];
        delete part[field];
      }
    }
    const refer = (list: Withheld['input'][] | undefined, field: string): void => list?.forEach((item, i) => {
      if (item[field] === undefined || !take()) return;
      give(`${field}-${i}`, item[field]);
      item[field] = { fact: `${field}-${i}` };
    });
    refer(binding.roleAssignments, 'scope');
    refer(binding.grants, 'bucket');
    binding.managedPolicies?.forEach((policy: string, i: number) => {
      if (!take()) return;
      give(`policy-${i}`, policy);
      binding.managedPolicies[i] = { fact: `policy-${i}` };
    });
  }
  return { input, facts };
}

test('what comes as a fact gives the same plan as what is written into the definition', () => {
  let withheld = 0;
  fc.assert(fc.property(identityArb, fc.infiniteStream(fc.boolean()), (whole, coins) => {
    const { input, facts } = withhold(whole, () => {
      const taken = coins.next().value as boolean;
      if (taken) withheld++;
      return taken;
    });
    expect(planOf(input as WorkloadIdentityInput, facts as Facts)).toEqual(planOf(whole));
  }), { numRuns: 200 });
  expect(withheld).toBeGreaterThan(100);
});

test('every fact that is missing is named at once, with where it belongs; giving exactly these is enough', () => {
  fc.assert(fc.property(identityArb, fc.infiniteStream(fc.boolean()), (whole, coins) => {
    const { input, facts } = withhold(whole, () => coins.next().value as boolean);
    const needed: { [key: string]: unknown } = {};
    for (const { at, name, how } of missing(input as WorkloadIdentityInput)) {
      expect(name).not.toBe('');
      expect(how).not.toBe('');
      let from: unknown = facts;
      let into = needed;
      at.forEach((key, i) => {
        from = (from as { [key: string]: unknown })[key];
        if (i === at.length - 1) into[key] = from;
        else into = (into[key] ??= {}) as { [key: string]: unknown };
      });
      expect(typeof from).toBe('string');
    }
    expect(missing(input as WorkloadIdentityInput, needed as Facts)).toEqual([]);
  }), { numRuns: 200 });
});

test('a plan is plain data, frozen, and the same every time', () => {
  fc.assert(fc.property(identitiesArb, inputs => {
    const plan = planWorkloadIdentities(inputs.map(defineWorkloadIdentity));
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    const frozen = (value: unknown): boolean => typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(plan)).toBe(true);
    expect(JSON.stringify(planWorkloadIdentities(inputs.map(defineWorkloadIdentity)))).toBe(JSON.stringify(plan));
  }), { numRuns: 100 });
});

test('planned together, identities are what they are alone, and share their anchors', () => {
  fc.assert(fc.property(identitiesArb, inputs => {
    const together = planWorkloadIdentities(inputs.map(defineWorkloadIdentity));
    const alone = inputs.map(input => planOf(input));
    expect(together.edges).toEqual(alone.flatMap(plan => plan.edges));
    const ofIdentities = (plan: Plan) => plan.trust.filter(document => document.identity !== undefined);
    expect(ofIdentities(together)).toEqual(alone.flatMap(ofIdentities));
    const anchors = (plans: readonly Plan[]) => plans.flatMap(plan => plan.trust.filter(document => document.cluster !== undefined).map(document => `${document.cluster} ${document.name}`));
    expect([...anchors([together])].sort()).toEqual([...new Set(anchors(alone))].sort());
  }), { numRuns: 100 });
});

test('the definition and nothing else decides which objects there are', () => {
  const { issuer: _issuer, ...late } = blue;
  const shape = ({ clusters, trust }: Plan) => ({
    objects: clusters.map(({ name, objects }) => [name, objects.map(({ kind, metadata }) => [kind, metadata.name])]),
    trust: trust.map(({ kind }) => kind),
  });
  expect(shape(planOf(checkoutWith({ clusters: [late] }), { clusters: { blue: { issuer: blue.issuer as string } } }))).toEqual(shape(planOf(checkout)));
});

test('a missing client id is asked for in the words of the definition', () => {
  const { clientId: _clientId, ...binding } = boundTo('azure', aks).trustedBy?.azure as { clientId: string };
  expect(missing(checkoutWith({ clusters: [aks], trustedBy: { azure: binding } }))).toEqual([{
    name: 'trustedBy.azure.clientId of "checkout"', at: ['identities', 'checkout', 'azure', 'clientId'], how: expect.stringMatching(/^is made by Azure; pass --facts/) as string,
  }]);
});

test('where `on` gives a cluster an identity of its own, its facts are its own', () => {
  const facts = missing(checkoutWith({ clusters: [aks, k3s], trustedBy: { azure: { ...boundTo('azure', aks).trustedBy?.azure, clientId: undefined, on: { k3s: { identityName: 'other' } } } } }));
  expect(facts.map(({ name, at }) => [name, at.join('.')])).toEqual([
    ['trustedBy.azure.clientId of "checkout"', 'identities.checkout.azure.clientId'],
    ['trustedBy.azure.clientId of "checkout" on k3s', 'identities.checkout.azure.on.k3s.clientId'],
  ]);
});

test('an issuer that nothing needs is not asked for', () => {
  const input = checkoutWith({ clusters: [{ name: 'dev' }], trustedBy: {}, tokens: { payments: { audience: 'payments' } } });
  expect(missing(input)).toEqual([]);
  expect(planOf(input).clusters[0]).not.toHaveProperty('issuer');
});

test('one anchor for each cluster and account, with every audience that is asked for', () => {
  const identity = (name: string, aws: object): WorkloadIdentityInput => ({ ...checkout, name, clusters: [blue, green], trustedBy: { aws } });
  const { trust } = planWorkloadIdentities([identity('a', {}), identity('b', { audience: 'other' }), identity('c', { accountId: '444455556666' })].map(defineWorkloadIdentity));
  const anchors = trust.filter(({ kind }) => kind === 'iam.OpenIDConnectProvider');
  expect(anchors.map(({ cluster, name }) => `${cluster} ${name.slice(13, 25)}`)).toEqual(['blue 111122223333', 'green 111122223333', 'blue 444455556666', 'green 444455556666']);
  expect(anchors.map(({ request }) => (request as { ClientIDList: string[] }).ClientIDList)).toEqual([['other', 'sts.amazonaws.com'], ['other', 'sts.amazonaws.com'], ['sts.amazonaws.com'], ['sts.amazonaws.com']]);
  for (const { cluster, request } of anchors) expect((request as { Url: string }).Url).toBe(cluster === 'blue' ? blue.issuer : green.issuer);
});

test('GKE clusters of one project give one member, since to Google they are one principal', () => {
  const east = { name: 'east', gke: { projectId: 'shop-prod', location: 'us-east1', clusterName: 'east' } };
  const { trust, edges } = planOf(checkoutWith({ clusters: [gke, east], trustedBy: { gcp: {} } }));
  expect(edges).toHaveLength(2);
  expect(trust.filter(({ kind }) => kind === 'iam.ServiceAccountMember').map(({ request }) => (request as { member: string }).member)).toEqual(['serviceAccount:shop-prod.svc.id.goog[shop/checkout]']);
});
