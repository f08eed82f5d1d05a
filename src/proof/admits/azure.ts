import type { TrustArtifact } from '../artifacts';
import { fileAt } from '../files';
import { data, text, type ContainerView, type PodView } from '../pods';
import type { Admitter, Ask, Judgement, TrustIndex } from './admitter';
import { valuesOf } from './aws-policy';
import { closest, differences, explain, type Compared } from './difference';
import { mint } from './mint';

const CREDENTIAL = 'managedidentity.FederatedIdentityCredential';

/** Entra ID and its SDKs: issuer, subject and audience of one credential, by the letter. https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-considerations */
export const azure: Admitter = {
  asksOf: pod => pod.containers.flatMap(container => askOf(pod, container)),
  keyOf: ({ issuer, subject, audience }) => [issuer ?? '', subject, audience].join('\n'),
  judge,
  admissionsOf: document => (document.kind === CREDENTIAL ? credentialsOf(document).map(({ issuer, subject, audience }) => ({
    key: [issuer, subject, audience].join('\n'), who: `${subject} of ${issuer} for ${audience}`,
  })) : []),
};

/** The SDK needs all three; the webhook adds each one that is not there. */
function askOf(pod: PodView, container: ContainerView): readonly Ask[] {
  const file = container.env.get('AZURE_FEDERATED_TOKEN_FILE');
  const client = container.env.get('AZURE_CLIENT_ID');
  if (file === undefined) return byWebhook(pod, container, client);
  if (client === undefined || container.env.get('AZURE_TENANT_ID') === undefined) {
    return [{ becomes: client ?? '', claims: mint(pod, ''), fault: `the container ${container.name} has AZURE_FEDERATED_TOKEN_FILE, but not both AZURE_CLIENT_ID and AZURE_TENANT_ID` }];
  }
  const found = fileAt(pod, container, file);
  if (found.kind !== 'token') return [{ becomes: client, claims: mint(pod, ''), fault: found.kind === 'missing' ? found.why : `${file} is no token` }];
  const fault = faultBefore(pod, container);
  return [{ becomes: client, claims: mint(pod, found.token.audience ?? ''), ...(fault !== undefined && { fault }) }];
}

/** https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html */
function byWebhook(pod: PodView, container: ContainerView, client: string | undefined): readonly Ask[] {
  const annotated = pod.accountAnnotations['azure.workload.identity/client-id'];
  const skipped = pod.annotations['azure.workload.identity/skip-containers']?.split(';').map(name => name.trim()).includes(container.name) ?? false;
  const becomes = client ?? annotated;
  if (becomes === undefined || skipped) return [];
  const claims = mint(pod, 'api://AzureADTokenExchange');
  const fault = faultBefore(pod, container);
  if (fault !== undefined) return [{ becomes, claims, fault }];
  if (pod.labels['azure.workload.identity/use'] === 'true') return [{ becomes, claims }];
  // An annotation without the label is the pod that silently starts without credentials.
  return annotated === undefined ? [] : [{ becomes, claims, fault: 'the pod lacks the label azure.workload.identity/use: "true", so the webhook passes it by' }];
}

const LIFETIME = 'azure.workload.identity/service-account-token-expiration';

/** What keeps a pod from its token although the webhook takes it up. */
function faultBefore(pod: PodView, container: ContainerView): string | undefined {
  const secret = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'].find(name => container.env.has(name));
  if (secret !== undefined) return `the container ${container.name} has ${secret}, which the SDK uses instead`;
  const seconds = pod.annotations[LIFETIME] ?? pod.accountAnnotations[LIFETIME];
  if (seconds === undefined || (/^\d+$/.test(seconds) && Number(seconds) >= 3600 && Number(seconds) <= 86400)) return undefined;
  return `the webhook rejects the pod: its ${LIFETIME} is ${JSON.stringify(seconds)}, and not from 3600 to 86400`;
}

function judge({ becomes, claims }: Ask, trust: TrustIndex): Judgement {
  const credentials = trust.byHandle(becomes).filter(document => document.kind === CREDENTIAL);
  if (credentials.length === 0) return { admitted: false, decided: false, reason: `no federated credential of ${becomes} is among the documents`, alsoAdmits: [] };
  const { issuer } = claims;
  if (issuer === undefined) return { admitted: false, decided: false, reason: `the issuer of ${claims.cluster.name} is not known`, alsoAdmits: [] };
  const compared = credentials.flatMap(document => credentialsOf(document).map(credential => ({
    document,
    pairs: differences([
      { claim: 'issuer', token: issuer, trust: credential.issuer },
      { claim: 'subject', token: claims.subject, trust: credential.subject },
      { claim: 'audience', token: claims.audience, trust: credential.audience },
    ] satisfies readonly Compared[]),
  })));
  const match = compared.find(({ pairs }) => pairs.length === 0);
  if (match !== undefined) return { admitted: true, decided: true, by: match.document.name, reason: 'issuer, subject and audience are those of one of its federated credentials', alsoAdmits: [] };
  const [first] = closest(compared.map(({ pairs }) => pairs));
  return { admitted: false, decided: true, reason: first === undefined ? 'no credential names an audience' : explain(first), alsoAdmits: [] };
}

function credentialsOf(document: TrustArtifact): readonly { readonly issuer: string; readonly subject: string; readonly audience: string }[] {
  const { issuer, subject, audiences } = data(data(document.request).properties);
  return valuesOf(audiences).map(audience => ({ issuer: text(issuer) ?? '', subject: text(subject) ?? '', audience }));
}
