import { aws } from './aws';
import { azure } from './azure';
import { gcp } from './gcp';
import type { Provider } from './provider';

/** The only list of providers in pure code. The Pulumi loader and the proof have a row for each id, or they do not compile. */
export const PROVIDERS = { aws, azure, gcp } satisfies { readonly [id in ProviderId]: object };

/** A provider that is built. */
export type ProviderId = 'aws' | 'azure' | 'gcp';

export const PROVIDER_IDS = Object.keys(PROVIDERS) as readonly ProviderId[];

/** Providers whose bindings can be written down already, and are refused with a finding until they are built. */
export const ANNOUNCED = ['alibaba', 'vault'] as const;

/** Every provider that a binding may name. */
export type KnownProvider = ProviderId | (typeof ANNOUNCED)[number];

export function isBuilt(id: string): id is ProviderId {
  return Object.hasOwn(PROVIDERS, id);
}

/** The row of a provider. Its settings are its own business: callers hand back what it made. */
export function providerOf(id: ProviderId): Provider {
  return PROVIDERS[id] as Provider<unknown, unknown> as Provider;
}
