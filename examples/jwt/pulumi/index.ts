/** The same by Pulumi, for a cluster whose issuer the stack learns: no cloud takes the document, and whoever runs the API gets it. */
import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { REPORTS, checkout, nightly } from '../identities';
import { WorkloadIdentity } from 'symbolon/pulumi';

// region: verifiers
const callers = [checkout, nightly].map(definition => new WorkloadIdentity(definition.name, { definition }));

const verifier = pulumi.all(callers.map(({ verifiers }) => verifiers[REPORTS])).apply(([first, ...others]) =>
  ({ ...first, callers: [first, ...others].flatMap(each => each?.callers ?? []) }));

new k8s.core.v1.ConfigMap('reports-callers', {
  metadata: { name: 'reports-callers', namespace: 'reports' },
  data: { 'verifier.json': pulumi.jsonStringify(verifier) },
});
// endregion
