import type { Edge, EdgeInput } from '../provider';
import type { JwtBindingFields } from './binding';

/** A binding to an API for one cluster, with every default filled in. */
export interface JwtSettings {
  /** Empty where it is not said, which is a finding. */
  readonly audience: string;
  readonly alsoAudiences: readonly string[];
  readonly expirationSeconds: number;
  readonly mountPath: string;
  readonly env: string;
  readonly skipContainers: readonly string[] | undefined;
}

export type JwtEdge = Edge<JwtSettings>;

export const DEFAULT_SECONDS = 3600;

export function settingsOf({ fields, binding }: EdgeInput<JwtBindingFields>): JwtSettings {
  return {
    audience: fields.audience ?? '',
    alsoAudiences: fields.alsoAudiences ?? [],
    expirationSeconds: fields.expirationSeconds ?? DEFAULT_SECONDS,
    mountPath: fields.mountPath ?? `/var/run/secrets/symbolon/${binding}`,
    env: fields.env ?? `${binding.toUpperCase().replaceAll('-', '_')}_TOKEN_FILE`,
    skipContainers: fields.skipContainers,
  };
}
