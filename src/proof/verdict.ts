import type { Subject } from '../core/claims';

/** What the proof found out. */
export interface Proof {
  /**
   * True when every workload is admitted where it asks to be, can read its tokens, and nobody else is admitted, but for whom a
   * cloud's own model adds. What cannot be decided does not count against it.
   */
  readonly holds: boolean;
  /** One for every workload and cloud identity that it asks for, in the order of the manifests. */
  readonly verdicts: readonly Verdict[];
  /** Tokens for relying parties that verify them themselves. */
  readonly tokens: readonly TokenReport[];
  /** Everybody whom a trust admits though no manifest asks for it. */
  readonly strangers: readonly Stranger[];
}

/** The answer to one question: does this workload become that cloud identity? */
export interface Verdict {
  readonly cluster: string;
  /** `Deployment shop/web`. */
  readonly workload: string;
  readonly subject: Subject;
  /** The relying party, by provider id. */
  readonly provider: string;
  /** The cloud identity that the pod names: an ARN, a client id, an e-mail address. */
  readonly becomes: string;
  /** The claims that the kubelet's token would carry. */
  readonly claims: { readonly issuer?: string; readonly subject: string; readonly audience: string };
  readonly admitted: boolean;
  /** False where what was given does not suffice for an answer, such as a role whose trust is made elsewhere. `admitted` is false then, too. */
  readonly decided: boolean;
  /** The document that admits, by name. */
  readonly by?: string;
  /** One sentence: why, or the first difference that keeps it out. */
  readonly reason: string;
  /** The claim that keeps it out, as the token has it and as the trust wants it, where it is one claim. */
  readonly difference?: { readonly claim: 'issuer' | 'subject' | 'audience'; readonly token: string; readonly trust: string };
  /** Who else is the same principal, by the cloud's own model: `shop/checkout in any other cluster of project shop-prod`. */
  readonly alsoAdmits: readonly string[];
}

/** A token that a pod gets for a relying party that is no cloud. */
export interface TokenReport {
  readonly cluster: string;
  readonly workload: string;
  readonly subject: Subject;
  /** Left out for the Kubernetes API itself. */
  readonly audience?: string;
  /** Seconds. */
  readonly expirationSeconds: number;
  /** Seconds after which the kubelet asks for a new one. */
  readonly refreshSeconds: number;
  /** Absolute, where it is mounted; left out where no container mounts it. */
  readonly file?: string;
  /** Why a container that has it mounted can make nothing of it, such as a mode that its user cannot read. */
  readonly fault?: string;
}

/** Somebody whom a trust admits though no manifest asks for it. */
export interface Stranger {
  readonly provider: string;
  /** The cloud identity that they would become. */
  readonly becomes: string;
  /** The document that admits them, by name. */
  readonly by: string;
  /** Who: `system:serviceaccount:shop:other of https://…`, `every service account of …`. */
  readonly who: string;
}
