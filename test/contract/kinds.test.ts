/** Whatever kind makes the pods: what puts the identity into them and what proves it mean the same pods. */
import { WORKLOAD_KINDS, templatePathOf } from '../../src/kubernetes/workload';
import { boundTo, blue } from '../support/definitions';
import { defineWorkloadIdentity, inject, planWorkloadIdentities, prove, type KubernetesObject } from 'symbolon';

const plan = planWorkloadIdentities(defineWorkloadIdentity(boundTo('aws', blue, { injection: 'explicit' })));

function workload(kind: string): KubernetesObject {
  const pod = { spec: { containers: [{ name: 'app', image: 'app:1' }] } };
  const body = (templatePathOf(kind) ?? []).reduceRight<object>((inner, key) => ({ [key]: inner }), pod);
  return { apiVersion: 'v1', kind, metadata: { name: 'web' }, ...body };
}

test.each(WORKLOAD_KINDS)('the pods of a %s are let in, and nobody else', kind => {
  const clusters = plan.clusters.map(({ injections, ...cluster }) => ({
    ...cluster, objects: [...cluster.objects, ...injections.map(injection => inject(workload(kind), injection))],
  }));
  const proof = prove({ clusters, trust: plan.trust });
  expect(proof).toMatchObject({ holds: true, strangers: [], verdicts: [{ admitted: true, workload: `${kind} shop/web` }] });
});
