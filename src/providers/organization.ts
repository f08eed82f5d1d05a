import type { Deferrable } from '../core/deferred';

/** A policy of a whole organization, as its cloud takes it. */
export interface OrganizationPolicy<Kind extends string = string, Document = unknown> {
  readonly provider: string;
  readonly kind: Kind;
  /** What it does, in one sentence. */
  readonly says: string;
  /** What the cloud's own tool is given, as JSON. */
  readonly document: Document;
}

/** The issuers of the clusters whose tokens a provider is asked to trust. */
export interface TrustedIssuer {
  readonly issuer: Deferrable<string>;
}
