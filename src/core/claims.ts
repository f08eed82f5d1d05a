/** What a projected token says: who issued it, for whom, and to whom it may be shown. */
export interface Claims {
  /** `iss`: the cluster's issuer, byte for byte. */
  readonly issuer: string;
  /** `sub`: `system:serviceaccount:<namespace>:<service account>`. */
  readonly subject: string;
  /** `aud`: the one audience that the projection asks for. */
  readonly audience: string;
}

/** A service account in a namespace. */
export interface Subject {
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** The `sub` claim that Kubernetes gives a service account. https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/ */
export function subjectOf(subject: Subject): string {
  return `system:serviceaccount:${subject.namespace}:${subject.serviceAccount}`;
}
