import { celFaultOf } from './cel';
import type { ClusterInput, GcpPoolInput, SigningAlgorithm } from './cluster';
import { checkJwks } from './jwks';
import { complain, joinPath, type Report } from '../core/issues';
import { hashOf } from '../core/names';

const ID = /^(?!gcp-)[a-z0-9-]{4,32}$/;
const ATTRIBUTE = /^[a-z0-9_]{1,100}$/;

/** What the tokens of a pool outside Google are signed by. https://cloud.google.com/iam/docs/workload-identity-federation-with-other-providers#oidc */
export const GOOGLE_VERIFIES: readonly SigningAlgorithm[] = ['RS256', 'ES256'];

/** The number of a project, by which Google names what is in it. https://cloud.google.com/resource-manager/docs/creating-managing-projects */
export const PROJECT_NUMBER = /^\d{6,20}$/;

/** The id of the pool that knows the cluster. */
export function poolIdOf({ name, gcpPool }: ClusterInput): string {
  return gcpPool?.poolId ?? defaultId(name);
}

/** The id of the provider in the pool. */
export function providerIdOf({ name, gcpPool }: ClusterInput): string {
  return gcpPool?.providerId ?? defaultId(name);
}

/** The cluster's name where Google takes it, else as much of it as there is room for, and a hash of the whole. */
function defaultId(name: string): string {
  return ID.test(name) ? name : `k8s-${name.slice(0, 19)}-${hashOf(name, 8)}`;
}

/** The rules of a pool and its provider. https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers */
export function checkGcpPool(pool: GcpPoolInput, path: string, report: Report): void {
  const wrong = (field: string, code: string, expected: string, got: unknown, fix: string): void => complain(report, `gcp-pool/${code}`, `${path}.${field}`, { expected, got, fix });
  for (const field of ['poolId', 'providerId'] as const) {
    const id = pool[field];
    if (id !== undefined && !ID.test(id)) wrong(field, 'id', '4 to 32 of the characters a-z, 0-9 and -, not beginning with gcp-', id, 'leave it out for one that follows from the cluster\'s name');
  }
  if (pool.projectNumber !== undefined && !PROJECT_NUMBER.test(pool.projectNumber)) {
    wrong('projectNumber', 'project-number', 'the digits of a project number', pool.projectNumber, 'it is not the project\'s id: read it from gcloud projects describe');
  }
  if (pool.subjectPrefix !== undefined && !/^[a-z0-9-]{1,32}$/.test(pool.subjectPrefix)) {
    wrong('subjectPrefix', 'prefix', '1 to 32 of the characters a-z, 0-9 and -', pool.subjectPrefix, 'take the cluster\'s name');
  }
  if (pool.attributeCondition !== undefined && (pool.attributeCondition.trim() === '' || pool.attributeCondition.length > 4096)) {
    wrong('attributeCondition', 'condition', 'a CEL expression of at most 4096 characters', pool.attributeCondition, 'leave it out for none');
  }
  const fault = pool.attributeCondition === undefined ? undefined : celFaultOf(pool.attributeCondition);
  if (fault !== undefined) wrong('attributeCondition', 'condition', `a CEL expression, which has no ${fault}`, pool.attributeCondition, 'write it as: assertion.sub == "system:serviceaccount:shop:checkout"');
  checkAttributes(pool.attributes ?? {}, `${path}.attributes`, report);
  checkAudiences(pool.allowedAudiences, `${path}.allowedAudiences`, report);
  if (pool.jwksJson !== undefined) checkJwks(pool.jwksJson, `${path}.jwksJson`, report, { code: 'gcp-pool/jwks', takes: 'Google takes no others', algorithms: GOOGLE_VERIFIES });
}

function checkAttributes(attributes: NonNullable<GcpPoolInput['attributes']>, path: string, report: Report): void {
  const wrong = (at: string, expected: string, got: unknown, fix: string): void => complain(report, 'gcp-pool/attributes', at, { expected, got, fix });
  const names = Object.keys(attributes);
  if (names.length > 50) wrong(path, 'at most 50 attributes', names.length, 'map the claims that a condition or a principal set names');
  let size = 0;
  for (const name of names) {
    const expression = attributes[name] as string;
    size += name.length + expression.length;
    if (!ATTRIBUTE.test(name)) wrong(joinPath(path, name), '1 to 100 of the characters a-z, 0-9 and _ as its name', name, 'it becomes attribute.<name>: leave out "attribute."');
    const fault = celFaultOf(expression);
    if (fault !== undefined) wrong(joinPath(path, name), `a CEL expression, which has no ${fault}`, expression, 'such as assertion.sub');
    if (expression.trim() === '' || expression.length > 2048) wrong(joinPath(path, name), 'a CEL expression of at most 2048 characters', expression, 'such as assertion.sub');
  }
  if (size > 8192) wrong(path, 'at most 8192 characters in all', size, 'map fewer claims');
}

function checkAudiences(audiences: readonly string[] | undefined, path: string, report: Report): void {
  const wrong = (at: string, expected: string, got: unknown, fix: string): void => complain(report, 'gcp-pool/audiences', at, { expected, got, fix });
  if (audiences === undefined) return;
  if (audiences.length === 0 || audiences.length > 10) wrong(path, '1 to 10 audiences', audiences.length, 'leave it out for the provider\'s own name');
  audiences.forEach((audience, i) => {
    if (audience.length > 256 || !/^[\u0021-\u007e]+$/.test(audience)) wrong(joinPath(path, i), '1 to 256 characters without blanks', audience, 'name whom the token is for');
    if (audiences.indexOf(audience) !== i) wrong(joinPath(path, i), 'every audience once', audience, 'take the second one out');
  });
}
