import type { TrustArtifact } from '../artifacts';
import { fileAt } from '../files';
import { data, shown, text, type ContainerView, type PodView } from '../pods';
import type { Admitter, Ask, Judgement, TrustIndex } from './admitter';
import { valuesOf } from './aws-policy';
import { BINDING, judgeBinding } from './azure-binding';
import { filedByIdentity, tenantProblem } from './azure-tenant';
import { BINDING_AUDIENCE, annotatedClient, isSkipped, mutated, rejectionOf, whyPassedBy } from './azure-webhook';
import { closest, differences, refusalOf, type Compared } from './difference';
import { comesFromElsewhere, holds, mayComeFromElsewhere } from './elsewhere';
import { mint } from './mint';
import { objectionBy } from './objections';

interface Credential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  /** In the place of the subject: an expression that claims have to match. https://learn.microsoft.com/en-us/entra/workload-id/workload-identities-flexible-federated-identity-credentials */
  readonly expression?: string;
}

/** Of a managed identity, as ARM has them, and of an application, as Graph does. */
const CREDENTIALS: { readonly [kind: string]: (request: unknown) => unknown } = {
  'managedidentity.FederatedIdentityCredential': request => data(request).properties,
  'graph.FederatedIdentityCredential': request => request,
};

/** Entra ID and its SDKs: issuer, subject and audience of one credential, by the letter. https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-considerations */
export const azure: Admitter = {
  kinds: ['managedidentity.UserAssignedIdentity', ...Object.keys(CREDENTIALS), 'graph.Application', 'graph.ServicePrincipal', BINDING, 'authorization.RoleAssignment'],
  audiences: ['api://AzureADTokenExchange'],
  asksOf: (pod, trust) => {
    const made = mutated(pod);
    return made.containers.flatMap((container, i) => askOf(pod, made, container, pod.containers[i], trust));
  },
  seenIn: held,
  filedAs: filedByIdentity,
  keyOf: ({ issuer, subject, audience }) => [issuer ?? '', subject, audience].join('\n'),
  judge,
  objectionTo: token => objectionBy({ algorithms: ['RS256'], all: true }, token),
  permissionsOf: ({ kind, name, request }) => {
    if (kind !== 'authorization.RoleAssignment') return [];
    const { roleDefinitionId } = data(data(request).properties);
    return [`${shown(roleDefinitionId)} on ${name.replace(/\/providers\/Microsoft\.Authorization\/roleAssignments\/.*$/i, '')}`];
  },
  admissionsOf: document => credentialsOf(document).map(({ issuer, subject, audience, expression }) => (expression === undefined
    ? { key: [issuer, subject, audience].join('\n'), who: `${subject} of ${issuer} for ${audience}` }
    : { who: `everybody of ${issuer} whose claims match ${expression}, for ${audience}` })),
};

const FILE = 'AZURE_FEDERATED_TOKEN_FILE';
const CLIENT = 'AZURE_CLIENT_ID';
const TENANT = 'AZURE_TENANT_ID';

/** What is left of a pod's tokens for programs that name an identity by themselves. A pod that is never made holds nothing. */
function held(pod: PodView): PodView {
  if (rejectionOf(pod) !== undefined) return { ...pod, containers: [] };
  const made = mutated(pod);
  // A file that the SDK is told of, and not whom to become by it, is a mistake before it is a choice.
  return { ...made, containers: made.containers.map(container => (namesNobody(container) ? withoutFile(container) : container)) };
}

function namesNobody({ env }: ContainerView): boolean {
  return env.has(FILE) && (!env.has(CLIENT) || env.get(CLIENT) === '');
}

function withoutFile(container: ContainerView): ContainerView {
  const file = container.env.get(FILE) ?? '';
  return { ...container, mounts: container.mounts.filter(({ path }) => !file.startsWith(`${path}/`)) };
}

/** The SDK needs all three. What the file holds is read in the pod as it was made. */
function askOf(pod: PodView, made: PodView, container: ContainerView, own: ContainerView | undefined, trust: TrustIndex): readonly Ask[] {
  const { env } = container;
  const client = env.get(CLIENT);
  const file = env.get(FILE);
  if (!env.has(FILE)) return passedBy(pod, container, client);
  const refused = (fault: string): readonly Ask[] => [{ becomes: client ?? '', claims: mint(pod, ''), fault }];
  const undecided = (doubt: string): readonly Ask[] => [{ becomes: client ?? '', claims: mint(pod, ''), doubt }];
  if (!env.has(CLIENT) && own?.env.has(FILE) !== true) {
    const doubt = mayComeFromElsewhere(container, CLIENT);
    if (doubt !== undefined) return undecided(doubt);
    // The webhook hands its token to every container: one that names an identity is enough.
    return made.containers.some(other => other.env.has(CLIENT)) ? [] : refused('neither the service account nor a container names a client id, so that the token of the webhook opens nothing');
  }
  const fault = rejectionOf(pod) ?? secretOf(container);
  if (fault !== undefined) return refused(fault);
  if (!env.has(CLIENT) || client === '' || !hasTenant(container)) return refused(`the container ${container.name} has ${FILE}, but not both ${CLIENT} and ${TENANT}`);
  const doubt = comesFromElsewhere(container, [CLIENT, FILE]) ?? mayComeFromElsewhere(container, 'a secret of the identity\'s');
  if (client === undefined || file === undefined || doubt !== undefined) return undecided(doubt ?? '');
  const found = fileAt(made, container, file);
  if (found.kind !== 'token') return refused(found.kind === 'missing' ? found.why : `${file} is no token`);
  const said = env.get(TENANT);
  const tenant = tenantProblem(client, { said, byWebhook: said === undefined && own?.env.has(TENANT) !== true, issuer: pod.cluster.issuer }, trust);
  return [{ becomes: client, claims: mint(pod, found.token.audience ?? ''), ...tenant }];
}

/** A value that comes from elsewhere is there, too. */
function hasTenant({ env }: ContainerView): boolean {
  return env.has(TENANT) && env.get(TENANT) !== '';
}

function secretOf(container: ContainerView): string | undefined {
  const secret = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'].find(variable => holds(container, variable));
  return secret === undefined ? undefined : `the container ${container.name} has ${secret}, which the SDK uses instead`;
}

/** A pod that the webhook passes by silently starts without credentials. */
function passedBy(pod: PodView, container: ContainerView, client: string | undefined): readonly Ask[] {
  const annotated = annotatedClient(pod);
  const fault = whyPassedBy(pod);
  if (annotated === undefined || fault === undefined || isSkipped(pod, container)) return [];
  return [{ becomes: client ?? annotated, claims: mint(pod, 'api://AzureADTokenExchange'), fault }];
}

function judge({ becomes, claims }: Ask, trust: TrustIndex): Judgement {
  const documents = trust.byHandle(becomes);
  if (claims.audience === BINDING_AUDIENCE) return judgeBinding(becomes, claims, documents.filter(({ kind }) => kind === BINDING));
  const credentials = documents.flatMap(document => credentialsOf(document).map(credential => ({ document, credential })));
  if (!documents.some(({ kind }) => Object.hasOwn(CREDENTIALS, kind))) return { admitted: false, decided: false, reason: `no federated credential of ${becomes} is among the documents`, alsoAdmits: [] };
  const { issuer } = claims;
  if (issuer === undefined) return { admitted: false, decided: false, reason: `the issuer of ${claims.cluster.name} is not known`, alsoAdmits: [] };
  const compared = credentials.map(({ document, credential }) => ({
    document,
    credential,
    pairs: differences([
      { claim: 'issuer', token: issuer, trust: credential.issuer },
      { claim: 'subject', token: claims.subject, trust: credential.expression === undefined ? credential.subject : claims.subject },
      { claim: 'audience', token: claims.audience, trust: credential.audience },
    ] satisfies readonly Compared[]),
  }));
  const matches = compared.filter(({ pairs }) => pairs.length === 0);
  const match = matches.find(({ credential: { expression } }) => expression === undefined);
  const [open] = matches;
  if (match === undefined && open !== undefined) {
    return { admitted: false, decided: false, by: open.document.name, reason: `whether its claims match ${shown(open.credential.expression)} is not understood here`, alsoAdmits: [] };
  }
  if (match !== undefined) return { admitted: true, decided: true, by: match.document.name, reason: 'issuer, subject and audience are those of one of its federated credentials', alsoAdmits: [] };
  const [first] = closest(compared.map(({ pairs }) => pairs));
  return { admitted: false, decided: true, ...refusalOf(first ?? 'no credential names an audience'), alsoAdmits: [] };
}

/** An identity binding lets in whom RBAC of its cluster does, and nobody by itself. */
function credentialsOf({ kind, request }: TrustArtifact): readonly Credential[] {
  if (!Object.hasOwn(CREDENTIALS, kind)) return [];
  const { issuer, subject, audiences, claimsMatchingExpression: matching } = data(CREDENTIALS[kind]?.(request));
  const expression = matching === undefined || matching === null ? {} : { expression: text(data(matching).value) ?? JSON.stringify(matching) };
  return valuesOf(audiences).map(audience => ({ issuer: text(issuer) ?? '', subject: text(subject) ?? '', audience, ...expression }));
}
