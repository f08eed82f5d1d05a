import type { Judgement, MintedClaims } from './admits/admitter';
import type { Artifacts, TrustArtifact } from './artifacts';
import { indexOf, rowOf } from './trust-index';
import { asRead } from './unread';
import type { Stranger, Verdict } from './verdict';

/** What can be asked of documents besides what their manifests ask. */
export interface Inquiry {
  /** Everybody whom the documents let in, whether a manifest asks for it or not. */
  readonly everybody: readonly Stranger[];
  /** Whether documents say anything of this cloud identity. */
  knows(provider: string, becomes: string): boolean;
  /** Whether the bearer of these claims would be let in. */
  wouldAdmit(question: Question): Pick<Judgement, 'admitted' | 'decided' | 'reason'>;
  /** What the identity may do, as far as documents say. */
  permissionsOf(provider: string, becomes: string): readonly string[];
}

/** May somebody become this cloud identity? */
export interface Question {
  readonly provider: string;
  readonly becomes: string;
  readonly claims: Verdict['claims'];
  /** The name of the cluster that the token is from, where it is known. */
  readonly cluster?: string;
}

const SUBJECT = /^system:serviceaccount:([^:]*):([^:]*)$/;

/** Asks documents one by one. Pure. */
export function inquire({ clusters, trust }: Artifacts): Inquiry {
  const index = indexOf(trust);
  const documentsOf = (provider: string, becomes: string): readonly TrustArtifact[] => (
    index.byHandle(becomes).filter(document => document.provider === provider));
  return {
    everybody: index.admissions.map(({ document, becomes, admission: { who } }) => ({ provider: document.provider, becomes, by: document.name, who })),
    knows: (provider, becomes) => documentsOf(provider, becomes).length > 0,
    wouldAdmit: ({ provider, becomes, claims: { subject, audience, ...said }, cluster: name }) => {
      const row = rowOf(provider);
      if (row === undefined) return { admitted: false, decided: false, reason: `nothing is known here of ${provider}` };
      const known = clusters.find(cluster => (name === undefined ? cluster.issuer !== undefined && cluster.issuer === said.issuer : cluster.name === name));
      const issuer = known?.issuer ?? said.issuer;
      const issued = issuer === undefined ? {} : { issuer };
      const [, namespace = '', serviceAccount = ''] = SUBJECT.exec(subject) ?? [];
      const claims: MintedClaims = { cluster: known ?? { name: name ?? 'another cluster', ...issued, objects: [] }, namespace, serviceAccount, subject, audience, ...issued };
      return asRead(becomes, row.judge({ becomes: row.named?.(becomes, claims) ?? becomes, claims }, index), index);
    },
    permissionsOf: (provider, becomes) => [...new Set(documentsOf(provider, becomes).flatMap(document => rowOf(provider)?.permissionsOf?.(document) ?? []))],
  };
}
