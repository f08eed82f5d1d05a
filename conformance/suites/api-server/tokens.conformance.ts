/** The tokens that a real API server signs for the rendered pods are those that the proof minted for them. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Cluster } from './support/cluster';
import { Kubelet, type SignedToken } from './support/kubelet';
import { relocated } from './support/relocated';
import { KINDS, hasPods, makeOf, podOf } from './support/workloads';
import { identitiesArbOf } from '../../../test/support/arbitraries';
import { count } from '../support/report';
import { defineWorkloadIdentity, inject, planWorkloadIdentities, prove, type Artifacts, type KubernetesObject, type Plan, type PlannedCluster } from 'symbolon';

const cluster = new Cluster();
const kubelet = new Kubelet(cluster);
const { issuer } = cluster.facts;
const place = (namespace: string): string => cluster.nameOf(namespace);
afterAll(() => cluster.close());

/** What is applied in one cluster, with one workload for each service account, of all kinds. */
function manifestsOf({ objects, expected, injections }: PlannedCluster): readonly KubernetesObject[] {
  const workloads = injections.map(injection => inject(makeOf(kindFor(injection), cluster.fresh('token')), injection));
  return [...objects, ...expected, ...workloads];
}

/** The same kind for the same pods, so that a red case stays red when it is made smaller. */
function kindFor(injection: object): string {
  const digits = createHash('sha256').update(JSON.stringify(injection)).digest().readUInt32BE();
  return KINDS[digits % KINDS.length] as string;
}

/** A token in the words of the proof: who, for whom, and for how long. */
interface Claimed {
  readonly issuer: unknown;
  readonly subject: unknown;
  readonly audience: unknown;
}

const byText = (a: Claimed, b: Claimed): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
const sorted = (claims: readonly Claimed[]): readonly Claimed[] => [...new Map(claims.map(claim => [JSON.stringify(claim), claim])).values()].sort(byText);

function signedClaims({ claims: { iss, sub, aud } }: SignedToken): Claimed {
  return { issuer: iss, subject: sub, audience: (aud as readonly string[]).length === 1 ? (aud as readonly string[])[0] : aud };
}

/** What the proof says of the tokens that the workload itself asks for; one without an audience is for the API server. */
function mintedClaims(halves: Artifacts, workload: string, { edges }: Plan): readonly Claimed[] {
  const { verdicts, tokens } = prove(halves);
  // What a webhook or a metadata server adds is not in the manifests.
  const explicit = new Set(edges.filter(({ injection }) => injection === 'explicit').map(({ handle, cluster: at, subject }) => [handle, at, subject.namespace, subject.serviceAccount].join(' ')));
  return [
    ...verdicts
      .filter(verdict => verdict.workload === workload && explicit.has([verdict.becomes, verdict.cluster, verdict.subject.namespace, verdict.subject.serviceAccount].join(' ')))
      .map(({ claims }) => ({ issuer: claims.issuer, subject: claims.subject, audience: claims.audience })),
    ...tokens
      .filter(token => token.workload === workload)
      .map(({ subject, audience }) => ({ issuer, subject: `system:serviceaccount:${subject.namespace}:${subject.serviceAccount}`, audience: audience ?? issuer })),
  ];
}

/** Seconds from the signature to the end. */
const lifetimeOf = ({ claims }: SignedToken): number => (claims.exp as number) - (claims.iat as number);

test('issuer, subject, audience and lifetime are those that the proof minted, for workloads of every kind', async () => {
  await fc.assert(fc.asyncProperty(identitiesArbOf({ modes: ['explicit'] }), async inputs => {
    const plan = planWorkloadIdentities(inputs.map(input => defineWorkloadIdentity(relocated(input, place))));
    for (const planned of plan.clusters) {
      const objects = manifestsOf(planned);
      const { objects: _objects, expected: _expected, injections: _injections, ...known } = planned;
      const halves: Artifacts = { clusters: [{ ...known, issuer, objects }], trust: plan.trust };
      const { tokens: reports } = prove(halves);
      for (const object of objects.filter(each => !hasPods(each))) expect((await cluster.apply(object)).body.message).toBeUndefined();
      for (const workload of objects.filter(hasPods)) {
        const name = `${workload.kind} ${workload.metadata.namespace ?? 'default'}/${workload.metadata.name}`;
        const signed = await kubelet.tokensOf(await kubelet.run(podOf(workload, workload.metadata.name)));
        expect({ name, claims: sorted(signed.map(signedClaims)) }).toEqual({ name, claims: sorted(mintedClaims(halves, name, plan)) });
        for (const each of signed) {
          expect(lifetimeOf(each)).toBe(each.source.expirationSeconds);
          expect(each.claims['kubernetes.io']).toMatchObject({ pod: { name: workload.metadata.name } });
          // A token for somebody else opens nothing here.
          expect(await kubelet.isKnown(each.token)).toBe(each.source.audience === undefined);
        }
        for (const report of reports.filter(each => each.workload === name)) {
          expect(signed.filter(({ source }) => source.audience === report.audience).map(lifetimeOf)).toContain(report.expirationSeconds);
        }
        count('api-server', 'pods made from templates', 1);
        count('api-server', 'pod-bound tokens signed, verified and compared with the proof', signed.length);
      }
    }
  }), { numRuns: 100 });
}, 600_000);
