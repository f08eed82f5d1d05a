/** The tokens that a real API server signs for the rendered pods are those that the proof minted for them. */
import fc from 'fast-check';
import { Cluster } from './support/cluster';
import { Kubelet, type SignedToken } from './support/kubelet';
import { relocated } from './support/relocated';
import { KINDS, hasPods, makeOf, podOf } from './support/workloads';
import { identitiesArbOf } from '../../../test/support/arbitraries';
import { count } from '../support/report';
import { defineWorkloadIdentity, inject, planWorkloadIdentities, prove, type Artifacts, type KubernetesObject, type PlannedCluster } from 'symbolon';

const cluster = new Cluster();
const kubelet = new Kubelet(cluster);
const { issuer } = cluster.facts;
afterAll(() => cluster.close());

let serial = 0;
/** What is applied in one cluster, with one workload for each service account, of every kind in turn. */
function manifestsOf({ objects, expected, injections }: PlannedCluster): readonly KubernetesObject[] {
  const workloads = injections.map(injection => inject(makeOf(KINDS[serial % KINDS.length] as string, `token-${serial++}`), injection));
  return [...objects, ...expected, ...workloads];
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

/** What the proof says of the workload's tokens; one without an audience is for the API server itself. */
function mintedClaims(halves: Artifacts, workload: string): readonly Claimed[] {
  const { verdicts, tokens } = prove(halves);
  return [
    ...verdicts.filter(verdict => verdict.workload === workload).map(({ claims }) => ({ issuer: claims.issuer, subject: claims.subject, audience: claims.audience })),
    ...tokens.filter(token => token.workload === workload).map(({ subject, audience }) => ({
      issuer, subject: `system:serviceaccount:${subject.namespace}:${subject.serviceAccount}`, audience: audience ?? issuer,
    })),
  ];
}

test('issuer, subject, audience and lifetime are those that the proof minted, for workloads of every kind', async () => {
  await fc.assert(fc.asyncProperty(identitiesArbOf({ modes: ['explicit'] }), async inputs => {
    const plan = planWorkloadIdentities(inputs.map(input => defineWorkloadIdentity(relocated(input, cluster))));
    for (const planned of plan.clusters) {
      const objects = manifestsOf(planned);
      const halves: Artifacts = { clusters: [{ name: planned.name, issuer, objects }], trust: plan.trust };
      const { tokens: reports } = prove(halves);
      for (const object of objects.filter(each => !hasPods(each))) expect(await cluster.apply(object)).toMatchObject({ status: expect.any(Number) as number });
      for (const workload of objects.filter(hasPods)) {
        const name = `${workload.kind} ${workload.metadata.namespace ?? 'default'}/${workload.metadata.name}`;
        const signed = await kubelet.tokensOf(await kubelet.run(podOf(workload, workload.metadata.name)));
        expect(sorted(signed.map(signedClaims))).toEqual(sorted(mintedClaims(halves, name)));
        for (const { source, claims } of signed) {
          expect((claims.exp as number) - (claims.iat as number)).toBe(source.expirationSeconds);
          expect(claims['kubernetes.io']).toMatchObject({ pod: { name: workload.metadata.name } });
        }
        for (const report of reports.filter(each => each.workload === name)) {
          const lifetimes = signed.filter(({ source }) => source.audience === report.audience).map(({ claims }) => (claims.exp as number) - (claims.iat as number));
          expect(lifetimes).toContain(report.expirationSeconds);
        }
        count('api-server', 'pods made from templates', 1);
        count('api-server', 'pod-bound tokens signed, verified and compared with the proof', signed.length);
      }
    }
  }), { numRuns: 100 });
}, 600_000);
