import type { Provider } from './provider';

/**
 * The only list of providers in pure code. The Pulumi loader and the proof have a row for each id, or they do not compile.
 *
 * A row is loaded with the first binding that names it: who trusts one cloud does not wait for the rules of the others.
 */
/* eslint-disable @typescript-eslint/no-require-imports */
const LOADERS = {
  alibaba: () => (require('./alibaba') as typeof import('./alibaba')).alibaba,
  aws: () => (require('./aws') as typeof import('./aws')).aws,
  azure: () => (require('./azure') as typeof import('./azure')).azure,
  gcp: () => (require('./gcp') as typeof import('./gcp')).gcp,
  jwt: () => (require('./jwt') as typeof import('./jwt')).jwt,
  vault: () => (require('./vault') as typeof import('./vault')).vault,
} satisfies { readonly [id in ProviderId]: () => object };
/* eslint-enable @typescript-eslint/no-require-imports */

const loaded: { [id in ProviderId]?: Provider } = {};

/** A provider that is built. */
export type ProviderId = 'alibaba' | 'aws' | 'azure' | 'gcp' | 'jwt' | 'vault';

export const PROVIDER_IDS = Object.keys(LOADERS) as readonly ProviderId[];

export function isBuilt(id: string): id is ProviderId {
  return Object.hasOwn(LOADERS, id);
}

/** The row of a provider. Its settings are its own business: callers hand back what it made. */
export function providerOf(id: ProviderId): Provider {
  return loaded[id] ??= LOADERS[id]() as Provider<unknown, unknown> as Provider;
}
