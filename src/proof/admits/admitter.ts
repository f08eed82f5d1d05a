import type { ClusterArtifact, TrustArtifact } from '../artifacts';
import type { PodView } from '../pods';
import type { Compared } from './difference';

/** The claims of a token that the kubelet would mint for a pod, and where it comes from. */
export interface MintedClaims {
  readonly cluster: ClusterArtifact;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly issuer?: string;
  readonly subject: string;
  readonly audience: string;
  /** Everything that stands in the token, where it is a real one. */
  readonly all?: { readonly [claim: string]: unknown };
}

/** A real token, as far as relying parties look at it. */
export interface BearerToken {
  /** The `alg` of its header, by the letter. */
  readonly algorithm: string;
  readonly issuer?: string;
  readonly subject?: string;
  readonly audiences: readonly string[];
  /** Seconds since 1970; left out for a token that never ends. */
  readonly expires?: number;
  /** Seconds since 1970. */
  readonly issued?: number;
  /** Everything that stands in it. */
  readonly claims: { readonly [claim: string]: unknown };
}

/** Why a token is not taken, whoever its bearer is. */
export interface Objection {
  /** False where it cannot be told. */
  readonly decided: boolean;
  readonly reason: string;
  /** Whether it counts only for a token that would be admitted by what it claims. */
  readonly ifAdmitted?: true;
}

/** A pod asks to become a cloud identity. */
export interface Ask {
  /** The cloud identity that the pod names; empty where it names one, and which stands elsewhere. */
  readonly becomes: string;
  readonly claims: MintedClaims;
  /** Which of the relying party's ways the pod takes, where there are several. */
  readonly way?: string;
  /** Why the pod cannot even ask, although it tries to: half of what it needs is missing. */
  readonly fault?: string;
  /** What the relying party tells this principal by, where its token alone does not say that. */
  readonly key?: string;
  /** The name of the document by which the pod says that it comes in: the identity provider, where its SDK sends that along. */
  readonly through?: string;
  /** Why it cannot be told whom the pod asks, and with what. */
  readonly doubt?: string;
  /** Other admissions of this same workload: to another identity on its way, or by another way. They let in nobody new. */
  readonly also?: readonly { readonly becomes: string; readonly key: string }[];
}

/** The trust's answer. */
export interface Judgement {
  readonly admitted: boolean;
  readonly decided: boolean;
  readonly by?: string;
  readonly reason: string;
  /** The claim that keeps it out, where it is one claim. */
  readonly difference?: Compared;
  readonly alsoAdmits: readonly string[];
}

/** Somebody whom a document lets in. */
export interface Admission {
  /** Compared with {@link Admitter.keyOf}; left out where it is not one subject that is let in, but an open set. */
  readonly key?: string;
  /** The workload, whichever way it takes; compared with {@link Ask.also}. */
  readonly workload?: string;
  readonly who: string;
}

/** The documents of the cloud half, found by name and by whom they let a pod become. */
export interface TrustIndex {
  /** The documents that let somebody become this identity. */
  byHandle(handle: string): readonly TrustArtifact[];
  named(name: string): TrustArtifact | undefined;
  /** The identities that a document lets this principal become. */
  admitting(provider: string, key: string): readonly string[];
  readonly documents: readonly TrustArtifact[];
  /** Whether any document is of this relying party. */
  has(provider: string): boolean;
  /** The documents that {@link Admitter.filedAs} files under a key. */
  filed(provider: string, key: string): readonly TrustArtifact[];
}

/** What a token would have to say, as far as the words of a document tell it that only this relying party writes so. */
export interface Hints {
  readonly issuers?: readonly string[];
  /** Clusters that are known, or that stand for some that are not. */
  readonly clusters?: readonly ClusterArtifact[];
  /** Without a name, every service account of the namespace. */
  readonly subjects?: readonly (readonly [namespace: string, serviceAccount?: string])[];
  readonly audiences?: readonly string[];
}

/**
 * One relying party's own reading of both halves: what its SDK and its webhook make of a pod, and how it decides.
 * It shares no code with the generator, so that a mistake of one cannot hide in the other.
 */
export interface Admitter {
  /** The kinds of its documents. Each belongs to one relying party. */
  readonly kinds: readonly string[];
  /** The audiences that it is asked with where nobody says otherwise. */
  readonly audiences?: readonly string[];
  asksOf(pod: PodView, trust: TrustIndex): readonly Ask[];
  /** The pod as its webhook leaves it, where that gives tokens to containers that need not ask with them. @default as it is */
  seenIn?(pod: PodView): PodView;
  /** What the relying party tells principals apart by. */
  keyOf(claims: MintedClaims, trust: TrustIndex): string;
  judge(ask: Ask, trust: TrustIndex): Judgement;
  /** What it has against a real token, beside who its bearer is. */
  objectionTo(token: BearerToken, ask: Ask, trust: TrustIndex): Objection | undefined;
  /** Whom the bearer may be besides, as documents let them in, where what makes the principal of a token is not understood here: nobody of them is a stranger for that. */
  mayBe?(ask: Pick<Ask, 'claims' | 'key' | 'through'> & { readonly becomes?: string }, trust: TrustIndex): readonly { readonly becomes: string; readonly key: string }[];
  /** Whom the bearer of these claims would name to come in by a grant to many. @default the identity itself */
  named?(becomes: string, claims: MintedClaims): string | undefined;
  /** Everybody whom a document lets in. */
  admissionsOf(document: TrustArtifact): readonly Admission[];
  /** The identities among the documents that this one lets its admissions into besides its own. */
  lettingInto?(document: TrustArtifact, documents: readonly TrustArtifact[]): readonly string[];
  /** What a document lets the identity do, that it is about. @default nothing that is known */
  permissionsOf?(document: TrustArtifact): readonly string[];
  /** What its documents say in their own way about tokens that they would let in. @default nothing: they name issuers by URL and subjects as tokens do */
  hintsIn?(words: readonly string[], known: readonly ClusterArtifact[]): Hints;
  /** Parts of a document that are there to let somebody in and let nobody in, whatever the token: why, each as the end of a sentence. @default none that is known */
  idleIn?(document: TrustArtifact): readonly string[];
  /** Keys under which the document can be found again. */
  filedAs?(document: TrustArtifact): readonly string[];
}
