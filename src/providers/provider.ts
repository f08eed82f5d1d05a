import type { OrganizationPolicy, TrustedIssuer } from './organization';
import type { Subject } from '../core/claims';
import type { Deferrable } from '../core/deferred';
import type { Report } from '../core/issues';
import type { InjectionPart } from '../kubernetes/injection';
import type { ObjectLayout } from '../kubernetes/manifest';
import type { ClusterDefinition, InjectionMode } from '../platforms/cluster';

/** The values that an edge takes from the environment. Each call is one value: known now, or deferred. */
export interface EdgeFacts {
  /** The cluster's issuer. */
  issuer(): Deferrable<string>;
  /** A value that belongs to the cluster. `how` ends the sentence "clusters.blue.projectNumber …". */
  cluster(name: string, how: string): Deferrable<string>;
  /** A value that belongs to the binding. `how` ends the sentence "trustedBy.azure.clientId of "checkout" …". */
  binding(name: string, how: string): Deferrable<string>;
  /** Where `binding(name)` is read from, for a resource that gives the value. */
  addressOf(name: string): readonly string[];
}

/**
 * One service account in one cluster, trusted through one binding: the unit in which everything is planned.
 * `S` is what the provider made of the binding for this cluster, with its defaults filled in.
 */
export interface Edge<S = unknown> {
  readonly identity: string;
  readonly cluster: ClusterDefinition;
  readonly subject: Subject;
  /** The key under `trustedBy`. */
  readonly binding: string;
  readonly provider: string;
  readonly mechanism: string;
  readonly injection: InjectionMode;
  /** Tells apart the cloud identities of one binding: empty unless `on` names another one for this cluster. */
  readonly variant: string;
  readonly settings: S;
  readonly facts: EdgeFacts;
  /** The path of one of the binding's fields, as the user wrote it. */
  at(field: string): string;
}

/** What the pod side of an edge needs. */
export interface PodSide {
  readonly annotations?: { readonly [key: string]: Deferrable<string> };
  readonly injection?: InjectionPart;
  /** Objects beside the ServiceAccount, such as a credential configuration. */
  readonly objects?: readonly ObjectLayout[];
  /** Objects that somebody else makes, as they have to look: a namespace with a label. */
  readonly expected?: readonly ObjectLayout[];
}

/** One request to a cloud's API, as data; its leaves may wait for facts. */
export interface TrustLayout<Kind extends string = string, Request = unknown> {
  readonly provider: string;
  readonly kind: Kind;
  /** Unique among the documents of an identity, made of the definition alone, and stable when clusters are added: names the resource in a stack. */
  readonly id: string;
  /** Ids that it had in older versions of this library: stacks that know it by one of them keep the resource. */
  readonly formerIds?: readonly string[];
  /** The cloud's own full name of what is made: an ARN, a resource id, a resource name. */
  readonly name: Deferrable<string>;
  /** The binding that it belongs to: whose credentials make it. */
  readonly binding: string;
  /** Which of the binding's cloud identities it belongs to, as its edges say. */
  readonly variant?: string;
  readonly request: Request;
  /** Where the document lets somebody in: the handle of the cloud identity that they become. */
  readonly becomes?: Deferrable<string>;
  /** Only one definition may make it. */
  readonly owned: boolean;
  /** What there can be only one of, where that is not the name: IAM takes a role name once in an account, whatever the path. */
  readonly ownedAs?: Deferrable<string>;
  /** Ids of the documents that must exist first. */
  readonly after?: readonly string[];
  /** Documents of one series are written one after the other, whoever makes them: their cloud refuses parallel writes. */
  readonly series?: string;
  /** Facts that the cloud answers with: the field of its answer, and where edges look for the value. `told` where nobody here waits for it, and somebody else does. */
  readonly provides?: readonly { readonly field: string; readonly at: readonly string[]; readonly told?: true }[];
}

/** What an edge asks of the anchor between its cluster and an account. */
export interface AnchorNeed {
  /** The account, project or mount that holds the anchor. */
  readonly home: Deferrable<string>;
  /** Which of the provider's separate worlds the home lies in: on AWS the partition. */
  readonly realm?: string;
  readonly audience: Deferrable<string>;
}

/** An anchor to be made: the cloud's side of "this issuer may be trusted at all", once per cluster and account. */
export interface AnchorRequest {
  readonly issuer: Deferrable<string>;
  readonly cluster: ClusterDefinition;
  readonly home: Deferrable<string>;
  /** @default that of the cluster */
  readonly realm?: string;
  /** Empty for the one that the provider's edges have by default. */
  readonly audiences: readonly Deferrable<string>[];
  /** What nobody may read, by name: known to a Pulumi program, and never to a plan. */
  readonly secrets?: { readonly [name: string]: Deferrable<string> };
}

/** What is checked of an anchor that a program asks for, before anything is made. */
export interface AnchorArguments {
  readonly cluster: ClusterDefinition;
  /** Undefined where the stack computes it. */
  readonly issuer: string | undefined;
  /** Undefined where the stack computes it. */
  readonly home: string | undefined;
  readonly realm: string | undefined;
  /** Whether it is looked up, and made elsewhere. */
  readonly existing: boolean;
  /** The names of the secrets that are given. */
  readonly secrets: readonly string[];
  /** Where it was written: `gcp[0]`. */
  readonly path: string;
}

/** What a provider is given to make its settings from. */
export interface EdgeInput<F> extends Omit<Edge, 'settings'> {
  /** The binding's fields, with those of `on` for this cluster over them. */
  readonly fields: F;
}

/**
 * One relying party, as a row of pure functions: `F` are the fields that users write, `S` the settings with every
 * default filled in. Nothing else in the library knows a cloud by name.
 */
export interface Provider<F = unknown, S = unknown> {
  /** The mechanisms that are built. */
  readonly mechanisms: readonly string[];
  /** The mechanism for a cluster whose platform offers none of its own. */
  readonly usualMechanism: string;
  /** What keys of annotations and labels begin with that its webhook reads and its bindings' fields set: `eks.amazonaws.com/`. Left out where there is none. */
  readonly ownKeys?: string;
  /** The fields that choose the cloud identity: where `on` changes one of them, that cluster gets an identity of its own. */
  readonly identityFields: readonly (keyof F & string)[];
  /** Which of several cloud identities that share the work this cluster gets: a variant, for a cluster that no field gives one of its own. Undefined for the first. */
  shareOf?(fields: F, cluster: ClusterDefinition): string | undefined;
  /** What the binding says otherwise for its cluster at this position, the first being 0: that cluster shares a cloud identity with those of which the same is said. */
  placed?(fields: F, position: number, identity: string): Partial<F> | undefined;
  /** The binding for one cluster, with every default filled in. */
  settingsOf(input: EdgeInput<F>): S;
  /** The rules of one edge. */
  check(edge: Edge<S>, report: Report): void;
  /** The rules of all edges of one binding together: sizes, counts, agreement. */
  checkTrust(edges: readonly Edge<S>[], report: Report): void;
  /** The rules of what several bindings do to one cloud identity, in one definition or in several that are planned together: `edges` are all that there are. */
  checkShared?(edges: readonly Edge<S>[], report: Report): void;
  audienceOf(edge: Edge<S>): Deferrable<string>;
  /** What pods of the edge may ask for besides, while they change from one mechanism to another. Left out where there is no other. */
  otherAudiencesOf?(edge: Edge<S>): readonly string[];
  /** Whether tokens for this audience are for this provider, whatever a definition says. Left out where every installation has its own. */
  takes?(audience: string): boolean;
  /** What the pod side must name. */
  handleOf(edge: Edge<S>): Deferrable<string>;
  /** Seconds that the token of this edge lives. */
  lifetimeOf(edge: Edge<S>): number | undefined;
  podSideOf(edge: Edge<S>): PodSide;
  /** The cloud side of one binding: `edges` are all of its edges, and never none. */
  trustOf(edges: readonly Edge<S>[]): readonly TrustLayout[];
  anchorNeedOf?(edge: Edge<S>): AnchorNeed | undefined;
  /** What has to exist in the account before the cluster is trusted there at all, in the order in which it is made. */
  anchorsOf?(request: AnchorRequest): readonly TrustLayout[];
  /** The policies by which a whole organization trusts no issuers but those of its clusters. Left out where the cloud has none. */
  readonly organization?: {
    /** The issuers that the edge asks the cloud to trust. */
    issuersOf(edge: Edge<S>): readonly TrustedIssuer[];
    policiesOf(issuers: readonly string[], report: Report): readonly OrganizationPolicy[];
  };
  /** How many audiences one anchor can have at most. Left out where the rules of clusters say it, or audiences are none of its. */
  readonly mostAudiences?: number;
  /** The rules of anchors that somebody asks for by themselves. */
  checkAnchor?(anchor: AnchorArguments, report: Report): void;
}
