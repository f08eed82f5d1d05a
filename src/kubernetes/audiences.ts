/** Names that say nothing of who is to take the token. */
const GENERIC: readonly string[] = ['kubernetes', 'k8s', 'api', 'default', 'app', 'service', 'token', 'audience', 'internal', 'cluster', 'test'];

/** What API servers call themselves where nothing else is set, with and without the domain of the cluster. */
const API_SERVER = /^(https:\/\/)?kubernetes\.default(\.svc(\.[a-z0-9.-]+)?)?\/?$/;

/** Whether the audience is one by which API servers are known, so that whoever gets the token can use it against the Kubernetes API. */
export function isForApiServer(audience: string): boolean {
  return API_SERVER.test(audience);
}

/** Whether the audience could be anybody's. */
export function isGeneric(audience: string): boolean {
  return GENERIC.includes(audience.toLowerCase());
}
