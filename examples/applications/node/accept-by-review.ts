import type { Accepting } from './accept-by-jwks';

/** How the Kubernetes API is reached: what comes back is the parsed answer, and a refusal is an error. */
export type Post = (path: string, body: object) => Promise<unknown>;

interface TokenReview {
  readonly status: {
    readonly authenticated?: boolean;
    readonly audiences?: readonly string[];
    readonly user?: { readonly username?: string };
    readonly error?: string;
  };
}

// region: review
/** Says who the caller is, by asking the API server that signed the token. */
export async function review(post: Post, token: string, { audience, subjects }: Pick<Accepting, 'audience' | 'subjects'>): Promise<string> {
  const { status } = await post('/apis/authentication.k8s.io/v1/tokenreviews', {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenReview',
    spec: { token, audiences: [audience] },
  }) as TokenReview;
  if (status.authenticated !== true) throw new Error(`not a valid token: ${status.error ?? 'no reason given'}`);
  // A server that knows nothing of audiences would say yes to any token, and leaves this list empty.
  if (status.audiences?.includes(audience) !== true) throw new Error(`the token is not for ${audience}`);
  const subject = status.user?.username ?? '';
  if (!subjects.includes(subject)) throw new Error(`${subject} may not call this API`);
  return subject;
}
// endregion
