/** What an identity may do, asked of an authorizer of the tests' own. */
import fc from 'fast-check';
import { RISKS } from '../../src/kubernetes/rbac-risks';
import { account, can, node, type Asker, type Request } from '../support/authorizer';
import { SENTENCE } from '../support/definitions';
import { grantArb, isMeant } from '../support/grants';
import {
  ApiResource, checkWorkloadIdentity, defineWorkloadIdentity, planWorkloadIdentities, type KubernetesObject, type RbacInput, type WorkloadIdentityInput,
} from 'symbolon';

const identityWith = (...rbac: readonly RbacInput[]): WorkloadIdentityInput => ({ name: 'checkout', namespace: 'shop', clusters: [{ name: 'edge' }], rbac });
const objectsOf = (input: WorkloadIdentityInput): readonly KubernetesObject[] =>
  planWorkloadIdentities(defineWorkloadIdentity(input)).clusters[0]?.objects ?? [];
const findingsOf = (entry: unknown) => checkWorkloadIdentity(identityWith(entry as RbacInput));
const checkout = account('shop', 'checkout');
const may = (rbac: readonly RbacInput[], request: Request, who: Asker = checkout, more: readonly object[] = []): boolean =>
  can([...objectsOf(identityWith(...rbac)), ...more], who, request);

const NAMESPACES = ['shop', 'back', 'kube-system'];
const NAMES = ['web', 'worker'];

/** Everything that is asked of every draw. */
const REQUESTS: readonly Request[] = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'escalate', 'impersonate'].flatMap(verb => [
  ...[['', 'pods'], ['', 'secrets'], ['', 'configmaps'], ['', 'nodes'], ['apps', 'deployments'], ['', 'deployments'], ['coordination.k8s.io', 'leases'], ['batch', 'jobs'], ['apps', 'pods']]
    .map(([group, resource]) => ({ group, resource } as const)),
  { group: '', resource: 'pods', subresource: 'log' }, { group: 'apps', resource: 'deployments', subresource: 'scale' }, { group: '', resource: 'serviceaccounts', subresource: 'token' },
].flatMap(what => [undefined, ...NAMESPACES].flatMap(namespace => [undefined, 'other', ...NAMES].map(name => ({ verb, ...what, namespace, name }) as Request))));
const URLS: readonly Request[] = ['get', 'post'].flatMap(verb => ['/metrics', '/metrics/x', '/healthz', '/healthz/ping', '/'].map(url => ({ verb, url })));

test('whatever is granted in words, the identity can do exactly what was said, and nobody else can do anything', () => {
  fc.assert(fc.property(fc.array(grantArb(['shop', 'back'], NAMES), { minLength: 1, maxLength: 4 }), rbac => {
    const input = identityWith(...rbac);
    expect(checkWorkloadIdentity(input).filter(({ severity }) => severity === 'error')).toEqual([]);
    const objects = objectsOf(input);
    const wrong = [...REQUESTS, ...URLS].filter(request => can(objects, checkout, request) !== isMeant(request, rbac, 'shop'));
    expect({ wrong, rbac }).toEqual({ wrong: [], rbac });
    for (const stranger of [account('shop', 'other'), account('back', 'checkout'), node]) expect(REQUESTS.filter(request => can(objects, stranger, request))).toEqual([]);
  }), { numRuns: 60 });
});

test('a definition with grants in words is the same from JSON, and its objects have names of their own', () => {
  fc.assert(fc.property(fc.array(grantArb(['shop', 'back'], NAMES), { minLength: 1, maxLength: 4 }), rbac => {
    const input = identityWith(...rbac);
    const again = JSON.parse(JSON.stringify(defineWorkloadIdentity(input))) as WorkloadIdentityInput;
    expect(objectsOf(again)).toEqual(objectsOf(input));
    const names = objectsOf(input).map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  }), { numRuns: 30 });
});

describe('in words', () => {
  test.each<[string, RbacInput, Request, boolean]>([
    ['read is to list', { read: ['pods'] }, { verb: 'list', resource: 'pods', namespace: 'shop' }, true],
    ['read is not to delete', { read: ['pods'] }, { verb: 'delete', resource: 'pods', namespace: 'shop', name: 'web' }, false],
    ['readWrite is to create', { readWrite: ['configmaps'] }, { verb: 'create', resource: 'configmaps', namespace: 'shop' }, true],
    ['readWrite does not delete all at once', { readWrite: ['configmaps'] }, { verb: 'deletecollection', resource: 'configmaps', namespace: 'shop' }, false],
    ['allow is what it says', { allow: ['delete'], on: ['deployments'] }, { verb: 'delete', group: 'apps', resource: 'deployments', namespace: 'shop', name: 'web' }, true],
    ['the group of a built-in resource is found', { read: ['ingresses'] }, { verb: 'get', group: 'networking.k8s.io', resource: 'ingresses', namespace: 'shop', name: 'web' }, true],
    ['a resource of somebody else has its group in the text', { read: ['certificates.cert-manager.io'] }, { verb: 'get', group: 'cert-manager.io', resource: 'certificates', namespace: 'shop', name: 'web' }, true],
    ['a part of a resource is another resource', { read: ['pods'] }, { verb: 'get', resource: 'pods', subresource: 'log', namespace: 'shop', name: 'web' }, false],
    ['a part of one with a group', { allow: ['patch'], on: ['deployments.apps/scale'] }, { verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'shop', name: 'web' }, true],
    ['constants', { read: [ApiResource.Deployments] }, { verb: 'get', group: 'apps', resource: 'deployments', namespace: 'shop', name: 'web' }, true],
    ['one group does not grant what another has', { read: ['pods', 'deployments'] }, { verb: 'get', group: 'apps', resource: 'pods', namespace: 'shop', name: 'web' }, false],
    ['what has no namespace', { read: ['nodes'], clusterWide: true }, { verb: 'list', resource: 'nodes' }, true],
    ['events are those of the core group', { allow: ['create', 'patch'], on: ['events'] }, { verb: 'create', resource: 'events', namespace: 'shop' }, true],
    ['a namespace is reached from inside it', { allow: ['get'], on: ['namespaces'] }, { verb: 'get', resource: 'namespaces', namespace: 'shop', name: 'shop' }, true],
    ['a URL', { allow: ['get'], nonResourceURLs: ['/metrics'] }, { verb: 'get', url: '/metrics' }, true],
  ])('%s', (_what, entry, request, expected) => {
    expect(findingsOf(entry)).toEqual([]);
    expect(may([entry], request)).toBe(expected);
  });

  test('every constant is what its name says, and is known by its name alone', () => {
    for (const [name, { apiGroup, resource }] of Object.entries(ApiResource)) {
      expect(resource).toBe(name.toLowerCase());
      for (const read of [[resource], [`${resource}${apiGroup === '' ? '' : `.${apiGroup}`}`], [{ apiGroup, resource }]]) {
        expect(may([{ allow: ['get', 'create'], on: read, clusterWide: true }], { verb: 'get', group: apiGroup, resource, name: 'x' })).toBe(true);
      }
    }
  });
});

describe('roles that are there', () => {
  const view = { kind: 'ClusterRole', metadata: { name: 'view' }, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };
  const pods = (namespace?: string): Request => ({ verb: 'get', resource: 'pods', name: 'web', namespace });

  test.each<[string, RbacInput, string, readonly (string | undefined)[]]>([
    ['a ClusterRole in the own namespace', { clusterRole: 'view' }, 'view', ['shop']],
    ['a ClusterRole in others', { clusterRole: 'view', namespaces: ['back', 'front'] }, 'view', ['back', 'front']],
    ['a ClusterRole everywhere', { clusterRole: 'view', clusterWide: true }, 'view', [undefined, 'shop', 'back', 'front']],
  ])('%s', (_what, entry, _role, expected) => {
    expect(findingsOf(entry)).toEqual([]);
    expect([undefined, 'shop', 'back', 'front'].filter(namespace => may([entry], pods(namespace), checkout, [view]))).toEqual(expected);
    expect(objectsOf(identityWith(entry)).filter(({ kind }) => /Role$/.test(kind))).toEqual([]);
  });

  test('a Role is one of the namespace', () => {
    const role = (namespace: string) => ({ kind: 'Role', metadata: { name: 'leader', namespace }, rules: view.rules });
    expect(may([{ role: 'leader' }], pods('shop'), checkout, [role('shop')])).toBe(true);
    expect(may([{ role: 'leader' }], pods('shop'), checkout, [role('back')])).toBe(false);
  });

  test('nothing meets: own rules, a role of the same name as a service account, two entries for one role', () => {
    const input: WorkloadIdentityInput = {
      name: 'checkout',
      clusters: [{ name: 'edge' }],
      runsAs: [{ namespace: 'shop' }, { namespace: 'shop', serviceAccount: 'view' }],
      rbac: [{ read: ['pods'] }, { clusterRole: 'view' }, { clusterRole: 'view' }, { role: 'view' }, { clusterRole: 'view', clusterWide: true }, { reviewTokens: true }],
    };
    const names = objectsOf(input).map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter(name => name.startsWith('RoleBinding'))).toHaveLength(6);
  });
});

describe('by name', () => {
  const token = (name: string, namespace = 'shop'): Request => ({ verb: 'create', resource: 'serviceaccounts', subresource: 'token', namespace, name });

  test('tokens of one service account, and of no other', () => {
    const entry: RbacInput = { requestTokensOf: ['issuer'], namespaces: ['back'] };
    expect(findingsOf(entry)).toEqual([]);
    expect([token('issuer', 'back'), token('other', 'back'), token('issuer'), { ...token('issuer', 'back'), verb: 'get' }].map(request => may([entry], request))).toEqual([true, false, false, false]);
  });

  test('who else may ask for the identity\'s own: that service account alone, which gets nothing else, and the pods need no API token for it', () => {
    const entries: readonly RbacInput[] = [{ tokensRequestedBy: ['cert-manager/cert-manager'] }, { tokensRequestedBy: ['external-secrets/controller'] }];
    for (const who of [account('cert-manager', 'cert-manager'), account('external-secrets', 'controller')]) {
      expect([token('checkout'), token('other'), token('checkout', 'cert-manager')].map(request => may(entries, request, who))).toEqual([true, false, false]);
    }
    expect(may(entries, token('checkout'))).toBe(false);
    const definition = defineWorkloadIdentity(identityWith(...entries));
    expect(definition.apiToken).toBe(false);
    expect(defineWorkloadIdentity(identityWith(...entries, { read: ['pods'] })).apiToken).toBe(true);
  });

  test('nodes may ask for the audiences that are named, for this service account', () => {
    const audience = 'https://registry.example.com';
    const entry: RbacInput = { nodesMayRequest: [audience] };
    const request = (resource: string, name = 'checkout', namespace = 'shop'): Request => ({ verb: 'request-serviceaccounts-token-audience', group: '', resource, name, namespace });
    expect([request(audience), request('https://other.example.com'), request(audience, 'other'), request(audience, 'checkout', 'back')].map(each => may([entry], each, node))).toEqual([true, false, false, false]);
    expect(may([entry], request(audience))).toBe(false);
  });

  test('to review tokens', () => {
    const delegator = { kind: 'ClusterRole', metadata: { name: 'system:auth-delegator' }, rules: [{ apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] }] };
    expect(may([{ reviewTokens: true }], { verb: 'create', group: 'authentication.k8s.io', resource: 'tokenreviews' }, checkout, [delegator])).toBe(true);
  });
});

/** Entry, code, severity, path, and what the finding must say. */
test.each<[string, unknown, string, 'error' | 'warning', string, string]>([
  ['a resource in upper case', { verbs: ['get'], resources: ['Pods'] }, 'rbac/name', 'error', 'rbac[0].resources', 'lower case'],
  ['a verb with a blank', { verbs: ['get list'], resources: ['pods'] }, 'rbac/name', 'error', 'rbac[0].verbs', 'lower case'],
  ['the classic: a raw rule in the wrong group', { verbs: ['get'], resources: ['deployments'] }, 'rbac/group', 'warning', 'rbac[0].apiGroups', '"apps"'],
  ['a raw rule in another of the server\'s groups', { verbs: ['get'], resources: ['ingresses'], apiGroups: ['extensions', 'policy'] }, 'none', 'warning', '', ''],
  ['a raw rule in another of the server\'s own groups', { verbs: ['get'], resources: ['ingresses'], apiGroups: ['', 'policy'] }, 'rbac/group', 'warning', 'rbac[0].apiGroups', '"networking.k8s.io"'],
  ['a raw rule for nodes in a namespace', { verbs: ['get'], resources: ['nodes'] }, 'rbac/cluster-scoped', 'warning', 'rbac[0].resources', 'clusterWide'],
  ['a singular', { read: ['pod'] }, 'rbac/resource', 'error', 'rbac[0].read[0]', 'did you mean pods'],
  ['a kind', { read: ['Deployment'] }, 'rbac/resource', 'error', 'rbac[0].read[0]', 'did you mean deployments'],
  ['a group before a slash', { read: ['apps/deployments'] }, 'rbac/resource', 'error', 'rbac[0].read[0]', 'did you mean deployments'],
  ['a resource of nobody', { read: ['frobnicators'] }, 'rbac/resource', 'error', 'rbac[0].read[0]', 'api-resources'],
  ['a star', { read: ['*'] }, 'rbac/resource', 'error', 'rbac[0].read[0]', 'built-in'],
  ['a star as data', { read: [{ apiGroup: 'apps', resource: '*' }] }, 'rbac/resource', 'error', 'rbac[0].read[0]', 'built-in'],
  ['a built-in resource in a group of the server that has none', { read: ['pods.apps'] }, 'rbac/group', 'error', 'rbac[0].read[0]', '""'],
  ['a part that is called otherwise', { read: ['pods/logs'] }, 'rbac/part', 'error', 'rbac[0].read[0]', 'did you mean pods/log?'],
  ['a part of what has none', { allow: ['get'], on: ['configmaps/data'] }, 'rbac/part', 'error', 'rbac[0].on[0]', 'configmaps without a part'],
  ['a part, with a group', { allow: ['patch'], on: ['deployments.apps/scales'] }, 'rbac/part', 'error', 'rbac[0].on[0]', 'did you mean deployments/scale?'],
  ['a part, as data', { read: [{ apiGroup: '', resource: 'pods/logs' }] }, 'rbac/part', 'error', 'rbac[0].read[0]', 'pods/log'],
  ['a part, raw', { verbs: ['get'], resources: ['pods', 'pods/logs'] }, 'rbac/part', 'warning', 'rbac[0].resources', 'did you mean pods/log?'],
  ['a group with a letter missing', { read: ['deployments.app'] }, 'rbac/group', 'error', 'rbac[0].read[0]', 'did you mean apps?'],
  ['a group of one word that nobody has', { read: ['widgets.example'] }, 'rbac/group', 'error', 'rbac[0].read[0]', 'one with a dot'],
  ['the core group by a name', { read: ['pods.core'] }, 'rbac/group', 'error', 'rbac[0].read[0]', 'written without a group'],
  ['the core group by its version', { read: ['pods.v1'] }, 'rbac/group', 'error', 'rbac[0].read[0]', 'written without a group'],
  ['a version before the group', { read: ['deployments.v1.apps'] }, 'rbac/group', 'error', 'rbac[0].read[0]', 'did you mean apps?'],
  ['a version before somebody else\'s group', { read: ['certificates.v1.cert-manager.io'] }, 'rbac/group', 'warning', 'rbac[0].read[0]', 'did you mean cert-manager.io?'],
  ['a singular, with its group', { read: ['deployment.apps'] }, 'rbac/resource', 'warning', 'rbac[0].read[0]', 'did you mean deployments?'],
  ['a singular, raw', { verbs: ['get'], resources: ['pod'] }, 'rbac/resource', 'warning', 'rbac[0].resources', 'did you mean pods?'],
  ['a group by its apiVersion, raw', { verbs: ['get'], resources: ['deployments'], apiGroups: ['apps/v1'] }, 'rbac/group', 'warning', 'rbac[0].apiGroups[0]', 'did you mean apps?'],
  ['the core group by a name, raw', { verbs: ['get'], resources: ['pods'], apiGroups: ['core'] }, 'rbac/group', 'warning', 'rbac[0].apiGroups[0]', '\'\' under apiGroups'],
  ['a star for all names', { read: ['pods'], resourceNames: ['*'] }, 'rbac/object-name', 'error', 'rbac[0].resourceNames[0]', 'leave resourceNames out'],
  ['a star for all names, raw', { verbs: ['get'], resources: ['pods'], resourceNames: ['web', '*'] }, 'rbac/object-name', 'error', 'rbac[0].resourceNames[1]', 'leave resourceNames out'],
  ['a star for names of what others have', { allow: ['get'], on: ['widgets.example.com'], resourceNames: ['*'] }, 'rbac/object-name', 'warning', 'rbac[0].resourceNames[0]', 'a star is a star'],
  ['a star for the roles that may be bound', { verbs: ['bind'], resources: ['clusterroles'], apiGroups: ['rbac.authorization.k8s.io'], resourceNames: ['*'], clusterWide: true }, 'rbac/object-name', 'warning', 'rbac[0].resourceNames[0]', 'a star is a star'],
  ['no name for a name', { allow: ['get'], on: ['secrets'], resourceNames: [''] }, 'rbac/object-name', 'error', 'rbac[0].resourceNames[0]', 'take it out'],
  ['a namespace before a name', { allow: ['get'], on: ['secrets'], resourceNames: ['shop/tls'] }, 'rbac/object-name', 'error', 'rbac[0].resourceNames[0]', 'under namespaces'],
  ['nodes in a namespace', { read: ['nodes'] }, 'rbac/cluster-scoped', 'error', 'rbac[0].read', 'clusterWide: true'],
  ['create by name', { allow: ['create'], on: ['pods/eviction', 'configmaps'], resourceNames: ['web'] }, 'rbac/nameless', 'error', 'rbac[0].resourceNames', 'never matches'],
  ['deletecollection by name', { allow: ['deletecollection'], on: ['configmaps'], resourceNames: ['web'] }, 'rbac/nameless', 'error', 'rbac[0].resourceNames', 'never matches'],
  ['create by name, raw', { verbs: ['create'], resources: ['configmaps'], resourceNames: ['web'] }, 'rbac/nameless', 'warning', 'rbac[0].resourceNames', 'never matches'],
  ['list by name', { verbs: ['list'], resources: ['configmaps'], resourceNames: ['web'] }, 'rbac/list-by-name', 'warning', 'rbac[0].resourceNames', 'metadata.name'],
  ['names for readWrite', { readWrite: ['configmaps'], resourceNames: ['web'] }, 'structure/unknown-key', 'error', 'rbac[0].resourceNames', 'readWrite'],
  ['names for readWrite, which must not be taken out', { readWrite: ['configmaps'], resourceNames: ['web'] }, 'structure/unknown-key', 'error', 'rbac[0].resourceNames', '{ allow: ["create"], on: […] } as an entry of its own'],
  ['to read what is only made', { read: ['pods/eviction'] }, 'rbac/only-created', 'error', 'rbac[0].read', 'allow: ["create"], on: ["pods/eviction"]'],
  ['to read bindings', { read: ['pods/binding'] }, 'rbac/only-created', 'error', 'rbac[0].read', 'pods/binding'],
  ['to read tokens', { read: ['serviceaccounts/token'] }, 'rbac/only-created', 'error', 'rbac[0].read', 'serviceaccounts/token'],
  ['to read reviews', { read: ['tokenreviews'], clusterWide: true }, 'rbac/only-created', 'error', 'rbac[0].read', 'tokenreviews'],
  ['to read reviews, raw', { verbs: ['get'], resources: ['subjectaccessreviews'], apiGroups: ['authorization.k8s.io'], clusterWide: true }, 'rbac/only-created', 'warning', 'rbac[0].resources', 'subjectaccessreviews'],
  ['reviews of somebody else', { verbs: ['get'], resources: ['tokenreviews'], apiGroups: ['example.com'], clusterWide: true }, 'none', 'warning', '', ''],
  ['to make reviews', { readWrite: ['tokenreviews'], clusterWide: true }, 'none', 'warning', '', ''],
  ['the audience of the API server for nodes', { nodesMayRequest: ['https://kubernetes.default.svc'] }, 'rbac/api-audience', 'warning', 'rbac[0].nodesMayRequest[0]', 'Kubernetes API'],
  ['a namespace twice', { read: ['pods'], namespaces: ['back', 'back'] }, 'rbac/twice', 'error', 'rbac[0].namespaces[1]', 'once'],
  ['a verb that is not one in words', { allow: ['escalate'], on: ['roles'] }, 'structure/value', 'error', 'rbac[0].allow[0]', '"get"'],
  ['two forms in one entry', { read: ['pods'], clusterRole: 'view' }, 'structure/unknown-key', 'error', 'rbac[0].clusterRole', 'read'],
  ['no form', { namespaces: ['shop'] }, 'structure/required', 'error', 'rbac[0]', 'readWrite'],
  ['verbs on nothing', { allow: ['get'] }, 'structure/required', 'error', 'rbac[0].on', 'required'],
  ['a URL in a namespace', { allow: ['get'], nonResourceURLs: ['/metrics'], namespaces: ['shop'] }, 'structure/unknown-key', 'error', 'rbac[0].namespaces', 'nonResourceURLs'],
  ['a URL without a slash', { allow: ['get'], nonResourceURLs: ['metrics'] }, 'rbac/url', 'error', 'rbac[0].nonResourceURLs[0]', 'slash'],
  ['a star in the middle', { allow: ['get'], nonResourceURLs: ['/a/*/b'] }, 'rbac/url', 'error', 'rbac[0].nonResourceURLs[0]', 'at its end'],
  ['every URL', { allow: ['get'], nonResourceURLs: ['/*'] }, 'rbac/wildcard', 'warning', 'rbac[0].nonResourceURLs', 'names'],
  ['a role name that is a path', { clusterRole: 'a/b' }, 'rbac/role', 'error', 'rbac[0].clusterRole', 'without /'],
  ['a role name that is a dot', { role: '..' }, 'rbac/role', 'error', 'rbac[0].role', 'without /'],
  ['the role that may do everything', { clusterRole: 'cluster-admin', clusterWide: true }, 'rbac/role-grants-more', 'warning', 'rbac[0].clusterRole', 'everything'],
  ['the role that reads secrets', { clusterRole: 'edit' }, 'rbac/role-grants-more', 'warning', 'rbac[0].clusterRole', 'secret'],
  ['a service account without its namespace', { tokensRequestedBy: ['cert-manager'] }, 'rbac/account', 'error', 'rbac[0].tokensRequestedBy[0]', 'name both'],
  ['tokens of a name that is none', { requestTokensOf: ['Issuer'] }, 'name/dns-subdomain', 'error', 'rbac[0].requestTokensOf[0]', 'exactly'],
  ['tokens of everybody', { requestTokensOf: [] }, 'rbac/empty', 'error', 'rbac[0].requestTokensOf', 'at least one'],
  ['every audience', { nodesMayRequest: ['*'] }, 'rbac/audience', 'error', 'rbac[0].nodesMayRequest[0]', 'audience'],
  ['no reason', { read: ['secrets'], unsafeReason: ' ' }, 'rbac/reason', 'error', 'rbac[0].unsafeReason', 'a reason'],
  ['to review no tokens', { reviewTokens: false }, 'structure/value', 'error', 'rbac[0].reviewTokens', 'true'],
])('%s', (_what, entry, code, severity, path, says) => {
  const findings = findingsOf(entry);
  if (code === 'none') return expect(findings).toEqual([]);
  const found = findings.find(finding => finding.code === code && finding.path === path);
  expect({ found, findings }).toMatchObject({ found: { severity, message: expect.stringContaining(says) as string } });
  expect(found?.message).toMatch(SENTENCE);
});

test('the issuer of a cluster is an audience of its API server', () => {
  const issuer = 'https://issuer.example.com';
  expect(checkWorkloadIdentity({ ...identityWith({ nodesMayRequest: [issuer] }), clusters: [{ name: 'edge', issuer }] })).toMatchObject([{ code: 'rbac/api-audience', severity: 'warning' }]);
});

describe('what grants more than it says is a warning, and none where a reason is given', () => {
  test.each<[string, { [field: string]: unknown }]>([
    ['wildcard', { verbs: ['*'], resources: ['pods'] }],
    ['wildcard', { verbs: ['get'], resources: ['*'] }],
    ['wildcard', { verbs: ['get'], resources: ['pods/*'] }],
    ['wildcard', { verbs: ['get'], resources: ['*/scale'], apiGroups: ['apps'] }],
    ['wildcard', { verbs: ['get'], resources: ['pods'], apiGroups: ['*'] }],
    ['reads-secrets', { read: ['secrets'] }],
    ['reads-secrets', { verbs: ['watch'], resources: ['secrets'] }],
    ['makes-tokens', { allow: ['create'], on: ['secrets'] }],
    ['any-token', { allow: ['create'], on: ['serviceaccounts/token'] }],
    ['makes-pods', { readWrite: ['pods'] }],
    ['makes-pods', { allow: ['patch'], on: ['deployments'], resourceNames: ['web'] }],
    ['makes-pods', { verbs: ['create'], resources: ['cronjobs'], apiGroups: ['batch'] }],
    ['enters-pods', { allow: ['create'], on: ['pods/exec'] }],
    ['enters-pods', { allow: ['get'], on: ['pods/exec'] }],
    ['node-proxy', { allow: ['get'], on: ['nodes/proxy'], clusterWide: true }],
    ['escalates', { verbs: ['bind'], resources: ['clusterroles'], apiGroups: ['rbac.authorization.k8s.io'], clusterWide: true }],
    ['escalates', { verbs: ['escalate'], resources: ['roles'], apiGroups: ['rbac.authorization.k8s.io'] }],
    ['escalates', { verbs: ['escalate'], resources: ['roles'], apiGroups: ['rbac.authorization.k8s.io'], resourceNames: ['mine'] }],
    ['escalates', { verbs: ['bind'], resources: ['clusterroles'], apiGroups: ['rbac.authorization.k8s.io'], resourceNames: ['view', 'cluster-admin'], clusterWide: true }],
    ['impersonates', { verbs: ['impersonate'], resources: ['users'], clusterWide: true }],
    ['impersonates', { verbs: ['impersonate'], resources: ['groups'], resourceNames: ['system:masters'], clusterWide: true }],
    ['approves-certificates', { verbs: ['sign'], resources: ['signers'], apiGroups: ['certificates.k8s.io'], resourceNames: ['kubernetes.io/kube-apiserver-client'], clusterWide: true }],
    ['impersonates', { verbs: ['impersonate'], resources: ['userextras/scopes'], apiGroups: ['authentication.k8s.io'], clusterWide: true }],
    ['approves-certificates', { allow: ['update'], on: ['certificatesigningrequests/approval'], clusterWide: true }],
    ['approves-certificates', { verbs: ['approve'], resources: ['signers'], apiGroups: ['certificates.k8s.io'], clusterWide: true }],
    ['changes-admission', { readWrite: ['mutatingwebhookconfigurations'], clusterWide: true }],
    ['mounts-hosts', { allow: ['create'], on: ['persistentvolumes'], clusterWide: true }],
    ['labels-namespaces', { allow: ['patch'], on: ['namespaces'] }],
  ])('%s: %j', (code, entry) => {
    const found = findingsOf(entry);
    expect(found).toEqual(expect.arrayContaining([expect.objectContaining({ code: `rbac/${code}`, severity: 'warning', message: expect.stringMatching(SENTENCE) as string })]));
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(findingsOf({ ...entry, unsafeReason: 'the operator of the cluster, reviewed in OPS-12' })).toEqual([]);
  });

  test('a warning never asks for what is done already', () => {
    const names = ['web'];
    for (const { resources, verbs } of RISKS) {
      for (const resource of resources) {
        const [, name = '', group = '', part = ''] = /^([^./]+)\.?([^/]*)(\/.*)?$/.exec(resource) ?? [];
        for (const { code, message } of findingsOf({ verbs, resources: [`${name}${part}`], apiGroups: [group], resourceNames: names, clusterWide: true })) {
          if (code !== 'rbac/nameless' && code !== 'rbac/list-by-name') expect(message).not.toMatch(/by resourceNames|and to names/);
        }
      }
    }
  });

  test.each<unknown>([
    { allow: ['get'], on: ['secrets'], resourceNames: ['tls'] },
    { read: ['secrets'], resourceNames: ['tls'] },
    { requestTokensOf: ['issuer'] },
    { verbs: ['create'], resources: ['serviceaccounts/token'], resourceNames: ['issuer'] },
    { read: ['pods', 'deployments', 'pods/log', 'namespaces', 'roles'] },
    { allow: ['patch'], on: ['deployments/scale'] },
    { allow: ['delete'], on: ['pods'] },
    { clusterRole: 'view', clusterWide: true },
    { verbs: ['get'], resources: ['pods/log'] },
    { allow: ['update'], on: ['deployments/finalizers', 'widgets.example.com/finalizers', 'widgets.example.com/whatever'] },
    { allow: ['get'], on: ['nodes/metrics', 'nodes/stats'], clusterWide: true },
    { allow: ['get'], on: ['widgets.example.com'], resourceNames: ['a/b'] },
    { verbs: ['approve'], resources: ['signers'], apiGroups: ['cert-manager.io'], resourceNames: ['issuers.cert-manager.io/*'], clusterWide: true },
    { verbs: ['bind'], resources: ['clusterroles'], apiGroups: ['rbac.authorization.k8s.io'], resourceNames: ['view'], clusterWide: true },
    { verbs: ['impersonate'], resources: ['users'], resourceNames: ['jane'], clusterWide: true },
    { allow: ['create'], on: ['pods/exec'], resourceNames: ['web-0'] },
    { verbs: ['approve'], resources: ['signers'], apiGroups: ['certificates.k8s.io'], resourceNames: ['example.com/internal'], clusterWide: true },
    { allow: ['update', 'patch'], on: ['mutatingwebhookconfigurations'], resourceNames: ['mine'], clusterWide: true },
    { verbs: ['get'], resources: ['keycloakclients'], apiGroups: ['v1.edp.epam.com'] },
    { verbs: ['get'], resources: ['deployments'], apiGroups: ['', 'apps'] },
    { verbs: ['get'], resources: ['deployments'], apiGroups: ['example.com'] },
    { verbs: ['use-managed-identity'], resources: ['c3d4e5f6'], apiGroups: ['cid.wi.aks.azure.com'] },
    { verbs: ['get'], resources: ['customresourcedefinitions'], apiGroups: ['apiextensions.k8s.io'], clusterWide: true },
    { verbs: ['get'], resources: ['events'], apiGroups: ['events.k8s.io'] },
  ])('%j says all that it grants', entry => {
    expect(findingsOf(entry)).toEqual([]);
  });
});
