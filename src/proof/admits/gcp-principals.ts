/** A principal of Google's, as it stands in a policy. https://cloud.google.com/iam/docs/principal-identifiers */
export interface Member {
  /** Whom it stands for; left out where it is more than one, or nobody that is understood. */
  readonly key?: string;
  readonly who: string;
}

const SERVICE_ACCOUNT = /^serviceAccount:([^[\]]+\.svc\.id\.goog)\[([^/[\]]+)\/([^/[\]]+)\]$/;
/** Projects stand in these by their numbers: one that is named by its id lets nobody in. */
const PRINCIPAL = /^principal:\/\/iam\.googleapis\.com\/projects\/\d+\/locations\/global\/workloadIdentityPools\/([^/]+)\/subject\/(.+)$/;
const SET = /^principalSet:\/\/iam\.googleapis\.com\/projects\/\d+\/locations\/global\/workloadIdentityPools\/([^/]+)\/(.+)$/;

/** Whether a grant to this name lets a pod in as itself: by its own name, or by the older one of pools of Google's. */
export function isPrincipal(member: string): boolean {
  return member.startsWith('principal://') || SERVICE_ACCOUNT.test(member);
}

/** Two ways of naming a service account in a pool of Google's are one key. */
export function googleKey(pool: string, namespace: string, serviceAccount: string): string {
  return `${pool}[${namespace}/${serviceAccount}]`;
}

export function readMember(member: string): Member {
  const [, workloadPool, namespace = '', account = ''] = SERVICE_ACCOUNT.exec(member) ?? [];
  if (workloadPool !== undefined) return { key: googleKey(workloadPool, namespace, account), who: member };
  const [, pool, subject = ''] = PRINCIPAL.exec(member) ?? [];
  if (pool !== undefined) {
    if (!pool.endsWith('.svc.id.goog')) return { key: member, who: member };
    const [, ns = '', sa] = /^ns\/([^/]+)\/sa\/([^/]+)$/.exec(subject) ?? [];
    return sa === undefined ? { who: member } : { key: googleKey(pool, ns, sa), who: member };
  }
  return { who: setInWords(member) };
}

/** The set, in words: who else is in it cannot be seen from here. */
function setInWords(member: string): string {
  const [, pool = '', set = ''] = SET.exec(member) ?? [];
  const [kind = '', ...rest] = set.split('/');
  const name = rest.join('/');
  if (set === '*') return `everybody in the pool ${pool}`;
  if (kind === 'namespace') return `every service account of the namespace ${name} in the pool ${pool}`;
  if (kind === 'kubernetes.cluster') return `every service account of the cluster ${name}`;
  if (kind.startsWith('attribute.')) return `everybody in the pool ${pool} whose ${kind} is ${name}`;
  return member;
}

/** A service account in a cluster of Google's pools. */
export interface InGooglePool {
  readonly pool: string;
  readonly issuer: string | undefined;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** The principal that it is, if it is in the set. */
export function principalInSet(set: string, { pool, issuer, namespace, serviceAccount }: InGooglePool): string | undefined {
  const [, of, which] = SET.exec(set) ?? [];
  const isIn = of === pool && (which === '*' || which === `namespace/${namespace}` || (issuer !== undefined && which === `kubernetes.cluster/${issuer}`));
  return isIn ? `principal${set.slice('principalSet'.length, set.indexOf(`/${pool}/`))}/${pool}/subject/ns/${namespace}/sa/${serviceAccount}` : undefined;
}
