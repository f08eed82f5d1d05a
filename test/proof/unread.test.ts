/** What nobody can read is never taken for an answer, whoever asks: a value that is not known yet, or which of two versions counts. */
import { EKS_ISSUER, ROLE, account, explicitAws, role, statement } from './support';
import type { TrustArtifact } from '../../src/proof/artifacts';
import { askAll, type PresentedToken } from '../../src/proof/ask';
import { inquire } from '../../src/proof/inquire';
import { prove } from '../../src/proof/prove';

const OIDC = `arn:aws:iam::111122223333:oidc-provider/${EKS_ISSUER.slice(8)}`;
const anchor = (...audiences: readonly string[]): TrustArtifact => ({ provider: 'aws', kind: 'iam.OpenIDConnectProvider', name: OIDC, request: { ClientIDList: audiences } });
const closed = (document: TrustArtifact): TrustArtifact => ({ ...document, unknown: ['which of two versions counts'] });
const claims = { issuer: EKS_ISSUER, subject: 'system:serviceaccount:shop:checkout', audience: 'sts.amazonaws.com' };
const token: PresentedToken = { algorithm: 'RS256', issuer: claims.issuer, subject: claims.subject, audiences: [claims.audience], expires: 1772370000, claims: {} };
const clusters = [{ name: 'blue', issuer: EKS_ISSUER, objects: [account(), explicitAws()] }];

test.each<[string, readonly TrustArtifact[], { readonly admitted: boolean; readonly decided: boolean }]>([
  ['a role and its provider', [role(statement()), anchor('sts.amazonaws.com')], { admitted: true, decided: true }],
  ['a role of which there are two versions', [closed(role(statement())), anchor('sts.amazonaws.com')], { admitted: false, decided: false }],
  ['a role that refuses, of which there are two versions', [closed(role(statement({ sub: 'system:serviceaccount:shop:other' })))], { admitted: false, decided: false }],
  ['a provider of which there are two versions', [role(statement()), closed(anchor('sts.amazonaws.com'))], { admitted: false, decided: false }],
  ['a provider that refuses, of which there are two versions', [role(statement()), closed(anchor('other'))], { admitted: false, decided: false }],
])('%s', (_what, trust, wanted) => {
  const question = { provider: 'aws', becomes: ROLE, claims, cluster: 'blue' };
  expect(prove({ clusters, trust }).verdicts).toMatchObject([wanted]);
  expect(askAll(token, { clusters, trust })).toMatchObject([wanted]);
  expect(inquire({ clusters, trust }).wouldAdmit(question)).toMatchObject(wanted);
  if (!wanted.decided) expect(inquire({ clusters, trust }).wouldAdmit(question).reason).toContain('which of two versions counts of ');
});
