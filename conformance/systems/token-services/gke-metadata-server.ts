import { json, type Reply, type ServiceRequest } from './service';

/** What the metadata server of a node knows of the pod that asks it, and does in its place. */
export interface MetadataContext {
  /** The project of the cluster. */
  readonly projectId: string;
  /** The issuer of the cluster, which is also its name among the providers of the pool. */
  readonly issuer: string;
  /** The annotation of the pod's service account. */
  readonly googleServiceAccount: string | undefined;
  /** A token of the pod's service account for that audience. */
  token(audience: string): Promise<string>;
  /** A request to Google, as the metadata server itself sends it. */
  google(url: string, headers: { readonly [name: string]: string }, body: string): Promise<Reply>;
}

/** GKE's metadata server, which gives pods what Google's libraries ask of machines. https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#metadata_server */
export async function answerOfMetadataServer({ url: { pathname, searchParams }, headers }: ServiceRequest, context: MetadataContext): Promise<Reply> {
  if (headers['metadata-flavor'] !== 'Google') return json(403, { error: 'Missing Metadata-Flavor:Google header.' });
  switch (pathname.replace(/\/$/, '').replace('/computeMetadata/v1', '')) {
    case '/instance': return json(200, { 'service-accounts': { default: { email: context.googleServiceAccount } } });
    case '/project/project-id': return text(context.projectId);
    case '/universe/universe-domain': return text('googleapis.com');
    case '/instance/service-accounts/default/email': return text(context.googleServiceAccount ?? `${context.projectId}.svc.id.goog`);
    case '/instance/service-accounts/default/token': return accessToken(context, searchParams.get('scopes') ?? 'https://www.googleapis.com/auth/cloud-platform');
    default: return json(404, { error: pathname });
  }
}

async function accessToken({ projectId, issuer, googleServiceAccount, token, google }: MetadataContext, scope: string): Promise<Reply> {
  const pool = `${projectId}.svc.id.goog`;
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    audience: `identitynamespace:${pool}:${issuer}`,
    scope,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    subject_token: await token(pool),
  });
  const federated = await google('https://sts.googleapis.com/v1/token', {}, form.toString());
  if (federated.status !== 200) return federated;
  const { access_token: member } = JSON.parse(federated.body) as { readonly access_token: string };
  // Without the annotation the pod acts as its own principal.
  if (googleServiceAccount === undefined) return json(200, { access_token: member, expires_in: 3599, token_type: 'Bearer' });
  const account = await google(`https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${googleServiceAccount}:generateAccessToken`, { authorization: `Bearer ${member}` }, JSON.stringify({ scope: [scope] }));
  if (account.status !== 200) return account;
  const { accessToken: access } = JSON.parse(account.body) as { readonly accessToken: string };
  return json(200, { access_token: access, expires_in: 3599, token_type: 'Bearer' });
}

function text(body: string): Reply {
  return { status: 200, type: 'application/text', body };
}
