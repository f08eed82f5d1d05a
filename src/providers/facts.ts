/** One way of trusting pods, in the columns of the comparison (docs/providers.md). Texts are Markdown. */
export interface ProviderFacts<Mechanism extends string = string> {
  readonly title: string;
  readonly provider: string;
  /** As bindings name them. */
  readonly mechanisms: readonly Mechanism[];
  /** What is written where, so that the platform acts. */
  readonly optIn: string;
  /** The audience that is taken unless another one is set. */
  readonly audience: string;
  /** Lifetimes of the token in seconds; left out where the platform alone decides. */
  readonly lifetime?: {
    readonly usual: number;
    readonly min: number;
    readonly max: number;
    /** What becomes of another one, where nobody checks before. */
    readonly others: string;
  };
  /** How the names of containers are separated that the webhook shall skip; left out where it cannot. */
  readonly skipSeparator?: ',' | ';';
  /** What happens to pods while the webhook cannot be reached; left out where there is none. */
  readonly webhookAway?: 'the pod is made without credentials' | 'the pod is refused' | 'not documented';
  /** What the cloud compares with the token's subject. */
  readonly subject: string;
  /** What the cloud compares with the token's issuer. */
  readonly issuer: string;
  /** The vendor's page. */
  readonly page: string;
}
