/** Somebody who may become a cloud identity. */
export interface Edge {
  /** `shop/checkout in prod-blue`, as `symbolon diff` calls a workload's service account. */
  readonly who: string;
  readonly provider: string;
  readonly becomes: string;
  readonly audience: string;
}

/** A line of a lock, taken apart as far as it has to be. */
export interface Line {
  readonly text: string;
  /** The cloud identity that it is about; left out for the line of a cluster. */
  readonly identity?: { readonly provider: string; readonly becomes: string };
  /** Left out for lines that are no edge's. */
  readonly edge?: {
    /** What all its lines begin with, whatever the audience is: {@link edgePrefix}. */
    readonly prefix: string;
    readonly namespace: string;
    readonly serviceAccount: string;
    readonly cluster: string;
    readonly audience: string;
  };
  readonly cluster?: { readonly name: string; readonly issuer: string };
}

/** What stands before everything that all lines of one edge have in common, whatever the audience is. */
export function edgePrefix({ who, provider, becomes }: Omit<Edge, 'audience'>): string {
  return `admitted ${plain(who)} becomes ${plain(becomes)} (${provider}), by a token for `;
}

export function edgeLine(edge: Edge): string {
  return `${edgePrefix(edge)}${plain(edge.audience)}`;
}

/** Somebody who is the same to the cloud. */
export function alsoLine({ who, provider, becomes }: Omit<Edge, 'audience'>): string {
  return `also ${plain(who)} becomes ${plain(becomes)} (${provider})`;
}

/** Somebody whom no manifest needs: the line is to be seen. */
export function strangerLine({ who, provider, becomes }: Omit<Edge, 'audience'>): string {
  return `STRANGER ${plain(who)} becomes ${plain(becomes)} (${provider})`;
}

/** Edges call a cluster by its name: another issuer under that name is another cluster. */
export function clusterLine(name: string, issuer: string): string {
  return `cluster ${plain(name)} signs as ${plain(issuer)}`;
}

/** What is no line. */
export const FORMS = [
  'admitted NAMESPACE/SERVICEACCOUNT in CLUSTER becomes IDENTITY (PROVIDER), by a token for AUDIENCE',
  'also WHO becomes IDENTITY (PROVIDER)',
  'STRANGER WHO becomes IDENTITY (PROVIDER)',
  'cluster NAME signs as ISSUER',
] as const;

const EDGE = /^(?<prefix>admitted (?<namespace>[^\s/]+)\/(?<serviceAccount>\S+) in (?<cluster>\S+) becomes (?<becomes>.+) \((?<provider>[a-z]+)\), by a token for )(?<audience>.+)$/;
const OTHERS = /^(?:also|STRANGER) .+ becomes (?<becomes>.+) \((?<provider>[a-z]+)\)$/;
const CLUSTER = /^cluster (\S+) signs as (\S+)$/;

/** The line that a text is; undefined for what is none. */
export function parseLine(text: string): Line | undefined {
  if (text !== text.trim()) return undefined;
  const [, name, issuer] = CLUSTER.exec(text) ?? [];
  if (name !== undefined && issuer !== undefined) return { text, cluster: { name, issuer } };
  const { becomes = '', provider = '', prefix, namespace = '', serviceAccount = '', cluster = '', audience = '' } = (EDGE.exec(text) ?? OTHERS.exec(text))?.groups ?? {};
  if (becomes === '') return undefined;
  return { text, identity: { provider, becomes }, ...(prefix !== undefined && { edge: { prefix, namespace, serviceAccount, cluster, audience } }) };
}

/** Names from files can hold what ends a line, or turns the direction of what follows. */
export function plain(text: string): string {
  return text.replace(/\p{C}|\p{Zl}|\p{Zp}/gu, unseen => unseen.split('').map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''));
}
