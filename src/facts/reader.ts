import type { Report } from '../core/issues';
import type { Data } from '../kubernetes/data';
import type { AckInput, AksInput, ClusterInput, EksInput, GkeInput } from '../platforms/cluster';

/** What documents say of a cluster, but for its name. What they do not say is left out. */
export interface ClusterFields extends Pick<ClusterInput, 'signingAlgorithms'> {
  readonly issuer?: string | undefined;
  readonly eks?: EksInput;
  readonly aks?: Partial<AksInput>;
  readonly gke?: GkeInput;
  readonly ack?: AckInput;
}

/** A field that a definition has to have, and that the document leaves out. */
export interface Want {
  /** In the cluster: `['aks', 'tenantId']`. */
  readonly field: readonly [keyof ClusterFields, string];
  /** What to give beside it: the command that prints it. */
  readonly fix: string;
}

/** What a document says of a cluster. */
export interface DescribedHere {
  /** What its vendor calls it, if it says so. */
  readonly name?: string | undefined;
  /** Its vendor's own id, by which two of one name are told apart. */
  readonly id?: string;
  readonly fields: ClusterFields;
  readonly wants?: readonly Want[];
}

/** What one document says; several of its parts may be there. */
export interface Reading {
  readonly cluster?: DescribedHere;
  /** Adds what it knows to a cluster that it is about; undefined for any other. */
  readonly completes?: (fields: ClusterFields) => ClusterFields | undefined;
  /** What it is about, for the finding that nothing here is: `the project demo`. */
  readonly about?: string;
  /** Facts of the cluster that the user says it is for. */
  readonly clusterFacts?: { readonly [fact: string]: string };
  /** Facts of the identity and binding that the user says it is for. */
  readonly bindingFacts?: { readonly [fact: string]: string };
}

/** One kind of output of one tool. Cloud names stand in these rows, and nowhere else in this room. */
export interface Reader {
  /** What it reads, as its user would call it: `aws eks describe-cluster`. */
  readonly prints: readonly string[];
  /** What the document says; undefined where it is something else. What is amiss in its own is reported, by its path in the document. */
  read(document: Data, report: Report): Reading | undefined;
}
