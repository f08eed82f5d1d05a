import type { EvidenceDocument, Part } from './document';
import type { Knowledge } from './knowledge';
import type { Data } from '../kubernetes/data';
import type { KubernetesObject } from '../kubernetes/manifest';
import type { ClusterArtifact, TrustArtifact } from '../proof/artifacts';

/** What a cluster's own description says of it. */
export type ClusterDescription = Omit<ClusterArtifact, 'objects'>;

/** Something that the output leaves out, and without which it decides nothing. It has an `example` or a `fix`. */
export interface Unsaid {
  readonly path: string;
  /** `which service account the policy belongs to`. */
  readonly what: string;
  /** What the user would write for it: `projects/shop-prod/serviceAccounts/checkout@shop-prod.iam.gserviceaccount.com`. */
  readonly example?: string;
  /** What to do instead, where `of` is not the place to say it: `give what aws iam get-role prints`. */
  readonly fix?: string;
}

/** A manifest, and what the document itself says of where it goes. */
export interface ObjectPart extends Part<KubernetesObject> {
  /** What the tool calls the cluster: the name of its provider. Counts where a cluster is called so. */
  readonly cluster?: string;
}

/** What one document says about either half. */
export interface Reading {
  readonly objects?: readonly ObjectPart[];
  readonly trust?: readonly Part<TrustArtifact>[];
  readonly clusters?: readonly ClusterDescription[];
  readonly unsaid?: readonly Unsaid[];
}

/** A document that is a map. Lists are read item by item. */
export interface MapDocument extends EvidenceDocument {
  readonly value: Data;
}

/**
 * One kind of output. It turns what a tool prints into what the proof reads: for the cloud half the request that would make the
 * same thing, so that one set of rules judges what Symbolon made and what others made.
 */
export interface Reader {
  /** What it reads, as its user would call it: `aws iam get-role`. */
  readonly prints: readonly string[];
  /** Keeps what helps to read other documents, such as the client id behind an identity's name. All documents are learnt from before one is read. */
  learn?(document: MapDocument, knowledge: Knowledge): void;
  /** What the document says; undefined where it is something else. Never throws: what it cannot read is not its own, or is unsaid. */
  read(document: MapDocument, knowledge: Knowledge): Reading | undefined;
}
