/**
 * The most important test of the project: whatever valid definition there is, the two halves that are rendered from it
 * fit, and nobody else gets in. Asked of the proof, which reads the rendered halves and knows nothing of the generator.
 */
import fc from 'fast-check';
import type { Artifacts, ClusterArtifact } from '../../src/proof/artifacts';
import { prove } from '../../src/proof/prove';
import { identitiesArbOf } from '../support/arbitraries';
import { defineWorkloadIdentity, inject, planWorkloadIdentities, type Plan } from 'symbolon';

const RUNS = { numRuns: 300 };
const BINDING_AUDIENCE = 'api://AKSIdentityBinding';
const identities = identitiesArbOf({ modes: ['webhook', 'explicit'] });

/** Both halves, with a Deployment of two containers for every service account. */
function halvesOf(plan: Plan): Artifacts {
  return {
    clusters: plan.clusters.map(({ injections, objects, expected, ...cluster }) => ({
      ...cluster,
      objects: [...objects, ...expected, ...injections.map((injection, i) => inject(deployment(`web-${i}`), injection))],
    })),
    trust: plan.trust,
  };
}

const deployment = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: { selector: { matchLabels: { name } }, template: { metadata: { labels: { name } }, spec: { containers: [{ name: 'app', image: 'app:1' }, { name: 'sidecar', image: 'sidecar:1' }] } } },
});

const planOf = (inputs: readonly Parameters<typeof defineWorkloadIdentity>[0][]): Plan => planWorkloadIdentities(inputs.map(defineWorkloadIdentity));

/** The same halves, each cluster changed. */
const changed = (halves: Artifacts, change: (cluster: ClusterArtifact) => unknown): Artifacts =>
  ({ ...halves, clusters: halves.clusters.map(change) as readonly ClusterArtifact[] });
const replaced = <T>(value: T, from: string | RegExp, to: string): T => JSON.parse(JSON.stringify(value).replaceAll(from, to)) as T;

test('every edge is admitted, and nobody else', () => {
  fc.assert(fc.property(identities, inputs => {
    const plan = planOf(inputs);
    const proof = prove(halvesOf(plan));
    expect(proof.strangers).toEqual([]);
    for (const edge of plan.edges) {
      const verdict = proof.verdicts.find(each => each.cluster === edge.cluster && each.becomes === edge.handle
        && each.subject.namespace === edge.subject.namespace && each.subject.serviceAccount === edge.subject.serviceAccount);
      expect(verdict).toBeDefined();
      // A role that is made elsewhere, be it the one that another goes on to, is the one thing that these halves cannot decide.
      const { subject, audience } = edge.claims;
      if (verdict?.decided === true) expect(verdict).toMatchObject({ admitted: true, claims: { subject, audience } });
      else expect(plan.trust.some(({ becomes, kind }) => becomes === edge.handle && kind !== 'eks.PodIdentityAssociation')).toBe(false);
    }
    // What Google grants a pod of one cluster, it grants its namesakes in every cluster of the pool; and whom a mount of Vault asks, nothing here says.
    const more = proof.verdicts.filter(({ cluster, becomes, subject }) => !plan.edges.some(edge => edge.cluster === cluster && edge.handle === becomes
      && edge.subject.namespace === subject.namespace && edge.subject.serviceAccount === subject.serviceAccount));
    for (const verdict of more) expect(`${verdict.provider}: ${[verdict.reason, ...verdict.alsoAdmits].join('; ')}`).toMatch(/^gcp: .* in every other cluster of the (fleet of the )?project |^vault: .*, provided that .* asks that of /);
    expect(proof.verdicts).toHaveLength(plan.edges.length + more.length);
    expect(proof.holds).toBe(true);
  }), RUNS);
});

test('the edges are those of the definition: no account or cluster more, none less', () => {
  fc.assert(fc.property(identities, inputs => {
    const said = inputs.flatMap(({ name, serviceAccount, namespace, runsAs, clusters, trustedBy }) => {
      const accounts = runsAs ?? [{ namespace: namespace as string, serviceAccount: serviceAccount ?? name }];
      return Object.entries(trustedBy ?? {}).flatMap(([binding, { clusters: some } = {}]) => clusters
        .filter(cluster => some === undefined || some.includes(cluster.name))
        .flatMap(cluster => accounts
          .filter(account => account.clusters === undefined || account.clusters.includes(cluster.name))
          .map(account => [name, binding, cluster.name, account.namespace, account.serviceAccount ?? name].join(' '))));
    });
    expect(planOf(inputs).edges.map(({ identity, binding, cluster, subject }) => [identity, binding, cluster, subject.namespace, subject.serviceAccount].join(' ')).sort()).toEqual(said.sort());
  }), RUNS);
});

const decidedOf = (halves: Artifacts) => prove(halves).verdicts.filter(verdict => verdict.decided);

test.each<[string, (halves: Artifacts) => Artifacts, RegExp]>([
  ['another namespace', halves => changed(halves, cluster => ({ ...cluster, objects: cluster.objects.map(object => (object.kind === 'ClusterRoleBinding' ? object : replaced(object, /"namespace":"([^"]+)"/g, '"namespace":"$1-x"'))) })), /-x/],
  ['another service account', halves => changed(halves, cluster => replaced(cluster, /"serviceAccountName":"([^"]+)"/g, '"serviceAccountName":"$1-x"')), /-x/],
])('a pod of %s is refused', (_what, change, seen) => {
  fc.assert(fc.property(identities, inputs => {
    const halves = halvesOf(planOf(inputs));
    const strangers = change(halves);
    // By webhook, another account carries no annotation, so that its pods do not even ask.
    for (const verdict of decidedOf(strangers)) {
      expect(verdict.admitted).toBe(false);
      expect(verdict.claims.subject).toMatch(seen);
    }
  }), RUNS);
});

/** Vault's method kubernetes asks the cluster itself, whatever issuer stands in the token. */
const isReviewed = (reason: string): boolean => reason.startsWith('TokenReview');

test('a pod of another cluster is refused, but by Google, whose members are those of a project', () => {
  fc.assert(fc.property(identities, inputs => {
    const halves = changed(halvesOf(planOf(inputs)), ({ resourceId, clusterArn, ...cluster }) => ({
      ...cluster,
      issuer: 'https://stranger.example.com/id/1',
      ...(resourceId !== undefined && { resourceId: `${resourceId}-stranger` }),
      ...(clusterArn !== undefined && { clusterArn: `${clusterArn}-2` }),
    }));
    for (const verdict of decidedOf(halves)) {
      if (isReviewed(verdict.reason)) continue;
      if (verdict.alsoAdmits.length === 0) expect(verdict).toMatchObject({ admitted: false });
      else expect(verdict.alsoAdmits.join()).toMatch(/^\S+\/\S+ in every other cluster of the (fleet of the )?project /);
    }
  }), RUNS);
});

test('a token for another audience is refused', () => {
  fc.assert(fc.property(identities, inputs => {
    const plan = planOf(inputs);
    const halves = changed(halvesOf(plan), cluster => replaced(cluster, /"audience":"([^"]+)"/g, '"audience":"$1.example"'));
    const explicit = plan.edges.filter(edge => edge.injection === 'explicit').map(edge => `${edge.cluster} ${edge.handle}`);
    for (const verdict of decidedOf(halves)) if (explicit.includes(`${verdict.cluster} ${verdict.becomes}`)) expect(verdict.admitted).toBe(false);
  }), RUNS);
});

test('an issuer that differs by a slash is refused, and the reason says so', () => {
  fc.assert(fc.property(identities, inputs => {
    const halves = changed(halvesOf(planOf(inputs)), cluster => ({ ...cluster, issuer: cluster.issuer?.endsWith('/') ? cluster.issuer.slice(0, -1) : `${cluster.issuer}/` }));
    for (const verdict of decidedOf(halves)) {
      // AKS vouches for the pods of a cluster that is bound to an identity, whatever its issuer is called; to Pod Identity a cluster is an ARN.
      if ([BINDING_AUDIENCE, 'pods.eks.amazonaws.com'].includes(verdict.claims.audience)) continue;
      if (verdict.alsoAdmits.length === 0 && !isReviewed(verdict.reason)) expect(verdict).toMatchObject({ admitted: false, reason: expect.stringMatching(/slash at the end|names the issuer/) });
    }
  }), RUNS);
});

/** A service account, in every form in which a trust names one. */
const NAMED = /(system:serviceaccount:[^:"]+:|\.svc\.id\.goog\[[^/"]+\/|\/subject\/ns\/[^/"]+\/sa\/|"bound_service_account_names":\[")[^"\]]+/g;

test('a trust that is wider than the manifests names the strangers', () => {
  fc.assert(fc.property(identities, inputs => {
    const halves = halvesOf(planOf(inputs));
    const named = replaced(halves.trust, NAMED, '$1somebody');
    const wider = { ...halves, trust: replaced(named, /("(?:aws:RequestTag\/kubernetes-service-account|serviceAccount)":)("[^"]+"|\[[^\]]+\])/g, '$1"somebody"') };
    // An identity binding names nobody: whom it lets in, RBAC says.
    const letting = wider.trust.filter(document => document.becomes !== undefined && document.kind !== 'containerservice.IdentityBinding');
    const proof = prove(wider);
    expect(new Set(proof.strangers.map(stranger => stranger.by)).size).toBe(new Set(letting.map(document => document.name)).size);
    if (letting.length > 0) expect(proof.holds).toBe(false);
  }), RUNS);
});

test('the halves are the same bytes every time', () => {
  fc.assert(fc.property(identities, inputs => {
    expect(JSON.stringify(planOf(structuredClone(inputs)))).toBe(JSON.stringify(planOf(inputs)));
  }), { numRuns: 50 });
});
