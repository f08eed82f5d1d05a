/** A stack's state, printed as `pulumi stack export` prints it: what the components registered, with what clouds answer. */
import { canonical, expectedOf } from '../../pulumi/support/expected';
import type { Made } from '../../pulumi/support/mocks';
import type { Plan, TrustDocument } from 'symbolon';

const URN = 'urn:pulumi:prod::shop::';
const SHOWN = ['jwt.Verifier'];

/** What a cloud answers besides, by kind. */
function answerOf(document: TrustDocument, trust: readonly TrustDocument[]): { readonly [field: string]: unknown } {
  const { kind, name } = document;
  const clientOf = (id: string): string | undefined => trust.find(other => other.name.startsWith(`${id}/federatedIdentityCredentials/`) || idIn(other) === id)?.becomes;
  switch (kind) {
    case 'iam.Role': case 'iam.OpenIDConnectProvider': case 'ram.Role': case 'ims.OIDCProvider': return { arn: name };
    case 'eks.PodIdentityAssociation': return { associationArn: `${(/^(\S*):cluster\/(\S+)/.exec(name) ?? []).slice(1).join(':podidentityassociation/')}/a-1234567890abcdef0` };
    case 'iam.WorkloadIdentityPool': case 'iam.WorkloadIdentityPoolProvider': return { name, state: 'ACTIVE' };
    case 'managedidentity.UserAssignedIdentity': return { clientId: clientOf(name) };
    default: return {};
  }
}

/** The identity that a binding of AKS is for. */
function idIn({ kind, request }: TrustDocument): string | undefined {
  return kind === 'containerservice.IdentityBinding' ? (request as { properties: { managedIdentity: { resourceId: string } } }).properties.managedIdentity.resourceId : undefined;
}

/** Identities of Azure that are made elsewhere, as the stack looked them up. */
function lookedUp(trust: readonly TrustDocument[]): readonly object[] {
  const homes = trust.flatMap(document => {
    const of = /^(.*)\/federatedIdentityCredentials\/[^/]+$/.exec(document.name)?.[1] ?? idIn(document);
    return of === undefined || trust.some(({ name }) => name === of) ? [] : [[of, document.becomes] as const];
  });
  return [...new Map(homes)].map(([id, clientId], i) => {
    const type = id.startsWith('/applications/') ? 'azuread:index/application:Application' : 'azure-native:managedidentity/v20241130:UserAssignedIdentity';
    return { urn: `${URN}${type}::found-${i}`, custom: true, external: true, id, type, inputs: {}, outputs: { clientId } };
  });
}

export function stackExport(resources: readonly Made[], plan: Plan): object {
  const documents = plan.trust.filter(({ kind }) => !SHOWN.includes(kind)).map(document => ({ key: canonical(expectedOf(document)), document }));
  const printed = resources.map(({ type, name, inputs, provider }) => {
    const at = documents.findIndex(({ key }) => key === canonical({ type, inputs }));
    const [found] = at < 0 ? [] : documents.splice(at, 1);
    const id = found === undefined ? `${name}-id` : found.document.name;
    const outputs = { ...inputs, ...(found !== undefined && answerOf(found.document, plan.trust)), ...(type.startsWith('kubernetes:') && { __initialApiVersion: 'v1' }) };
    const withOwn = type.startsWith('kubernetes:') ? { ...inputs, __fieldManager: 'pulumi-kubernetes-12345678' } : { ...inputs, __defaults: [] };
    return { urn: `${URN}symbolon:index:WorkloadIdentity$${type}::${name}`, custom: true, id, type, inputs: withOwn, outputs, provider: provider ?? `${URN}pulumi:providers:default::default::00000000-0000-4000-8000-000000000000` };
  });
  const root = { urn: `${URN}pulumi:pulumi:Stack::shop-prod`, custom: false, type: 'pulumi:pulumi:Stack' };
  const component = { urn: `${URN}symbolon:index:WorkloadIdentity::checkout`, custom: false, type: 'symbolon:index:WorkloadIdentity', parent: root.urn };
  const all = { version: 3, deployment: { manifest: { time: '2026-11-24T12:00:00Z', magic: 'x', version: 'v3.200.0' }, resources: [root, component, ...printed, ...lookedUp(plan.trust)], metadata: {} } };
  return JSON.parse(JSON.stringify(all)) as typeof all;
}
