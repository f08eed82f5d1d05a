import { resolve } from 'node:path';
import { InputError } from '../../core/errors';
import { issuerFault } from '../../core/issuer';
import type { ClusterDescription } from '../../evidence';
import { describedCluster } from '../../identity/described-cluster';
import type { Io } from '../io';
import { readSource } from '../source';
import { readJson } from '../source/json';

/**
 * The clusters that `--cluster NAME=ISSUER` names. In the place of an issuer there may be a file with the cluster's discovery document.
 *
 * @throws InputError for what is neither
 */
export function clustersNamed(given: readonly string[], io: Pick<Io, 'cwd'>): readonly ClusterDescription[] {
  const clusters = new Map<string, ClusterDescription>();
  for (const text of given) {
    const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) throw new InputError(`--cluster: expected NAME=ISSUER, got ${JSON.stringify(text)}; the issuer stands in: kubectl get --raw /.well-known/openid-configuration`);
    if (clusters.has(name)) throw new InputError(`--cluster: ${name} is given twice; give it once`);
    clusters.set(name, { name, issuer: issuerIn(value, name, io) });
  }
  return [...clusters.values()];
}

function issuerIn(value: string, name: string, { cwd }: Pick<Io, 'cwd'>): string {
  const fromFile = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? undefined : readJson({ path: resolve(cwd, value), shown: value });
  const issuer = fromFile === undefined ? value : (fromFile as { readonly issuer?: unknown } | null)?.issuer;
  if (typeof issuer !== 'string') throw new InputError(`--cluster ${name}: expected an issuer in ${value}, got none; save there what kubectl get --raw /.well-known/openid-configuration prints`);
  const fault = issuerFault(issuer);
  if (fault !== undefined) throw new InputError(`--cluster ${name}: expected the https URL that the cluster writes into its tokens, got ${JSON.stringify(issuer)}; ${fault}`);
  return issuer;
}

/**
 * The clusters of a definition file or an app, with everything that is known of them.
 *
 * @throws SymbolonError when it cannot be read or is invalid
 */
export async function clustersDefined(file: string, env: string | undefined, { cwd }: Pick<Io, 'cwd'>): Promise<readonly ClusterDescription[]> {
  const { definitions } = await readSource({ path: resolve(cwd, file), shown: file }, env, cwd);
  const clusters = new Map(definitions.flatMap(each => each.clusters).map(cluster => [cluster.name, cluster]));
  return [...clusters.values()].map(cluster => describedCluster(cluster, {}));
}
