import type { ResourceRule } from './rbac';

/** A rule by which somebody can do more than it says. */
export interface Risk {
  /** After `rbac/`. */
  readonly code: string;
  /** As `<resource>[.<group>][/<part of it>]`. */
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Whether it is harmless where the rule names its objects. */
  readonly harmlessByName?: true;
  /** Names with which it is not, and why. */
  readonly worst?: { readonly [name: string]: string };
  /** Ends "expected …". */
  readonly expected: string;
  readonly fix: string;
}

/** Roles that come with a cluster and hold more than their names say. */
export const RISKY_ROLES: { readonly [name: string]: string } = {
  'cluster-admin': 'it may do everything, and in one namespace still everything there',
  'admin': 'it reads every secret of the namespace, and runs pods as any of its service accounts',
  'edit': 'it reads every secret of the namespace, and runs pods as any of its service accounts',
};

const WRITE = ['create', 'update', 'patch'];

/** https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks */
export const RISKS: readonly Risk[] = [
  {
    code: 'reads-secrets',
    resources: ['secrets'],
    verbs: ['list', 'watch'],
    harmlessByName: true,
    expected: 'no list and no watch of secrets',
    fix: 'a list holds the contents of all of them: allow get of those that are needed, by resourceNames',
  },
  {
    code: 'makes-tokens',
    resources: ['secrets'],
    verbs: ['create'],
    expected: 'no right to create secrets',
    fix: 'a secret of the type service-account-token makes a token of any service account in the namespace that never ends: let somebody else make them',
  },
  {
    code: 'any-token',
    resources: ['serviceaccounts/token'],
    verbs: ['create'],
    harmlessByName: true,
    expected: 'the service accounts whose tokens may be requested',
    fix: 'without names it becomes every service account of the namespace: write requestTokensOf, with their names',
  },
  {
    code: 'makes-pods',
    resources: ['pods', 'replicationcontrollers', 'deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'replicasets.apps', 'jobs.batch', 'cronjobs.batch'],
    verbs: WRITE,
    expected: 'no right to make pods',
    fix: 'a pod runs as any service account of its namespace and mounts any of its secrets: keep such identities in a namespace of their own',
  },
  {
    code: 'enters-pods',
    resources: ['pods/exec', 'pods/attach', 'pods/ephemeralcontainers', 'pods/portforward', 'pods/proxy', 'services/proxy'],
    verbs: ['get', ...WRITE],
    harmlessByName: true,
    expected: 'no way into pods',
    fix: 'whoever is in a pod has its tokens and secrets: limit it to the namespace, and to names, that need it',
  },
  {
    code: 'node-proxy',
    resources: ['nodes/proxy'],
    verbs: ['get', ...WRITE, 'delete'],
    expected: 'no nodes/proxy',
    fix: 'it runs commands in every pod of the node, past audit and admission: use nodes/metrics, nodes/stats or nodes/log',
  },
  {
    code: 'escalates',
    resources: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
    verbs: ['escalate'],
    expected: 'no right to escalate',
    fix: 'with it somebody writes into a role what he has not himself: take it out',
  },
  {
    code: 'escalates',
    resources: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
    verbs: ['bind'],
    harmlessByName: true,
    worst: RISKY_ROLES,
    expected: 'no right to bind roles',
    fix: 'with it somebody grants to himself what he has not: limit it to roles by resourceNames',
  },
  {
    code: 'impersonates',
    resources: ['users', 'groups', 'serviceaccounts', 'uids.authentication.k8s.io', 'userextras.authentication.k8s.io'],
    verbs: ['impersonate'],
    harmlessByName: true,
    worst: { 'system:masters': 'whoever is in this group may do everything' },
    expected: 'no right to impersonate',
    fix: 'it has every right of those that it can be: limit it by resourceNames',
  },
  {
    code: 'approves-certificates',
    resources: ['certificatesigningrequests.certificates.k8s.io/approval', 'certificatesigningrequests.certificates.k8s.io/status'],
    verbs: ['update', 'patch'],
    expected: 'no right to approve or sign certificates',
    fix: 'a client certificate of the API server is any user: leave it to who administers the cluster',
  },
  {
    code: 'approves-certificates',
    resources: ['signers.certificates.k8s.io'],
    verbs: ['approve', 'sign'],
    harmlessByName: true,
    worst: Object.fromEntries(['kubernetes.io/kube-apiserver-client', 'kubernetes.io/*'].map(name => [name, 'its client certificates are any user'])),
    expected: 'no right to approve or sign certificates',
    fix: 'a client certificate of the API server is any user: limit signers by resourceNames to one that makes none',
  },
  {
    code: 'changes-admission',
    resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations', 'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings', 'validatingadmissionpolicies', 'validatingadmissionpolicybindings']
      .map(name => `${name}.admissionregistration.k8s.io`),
    verbs: [...WRITE, 'delete', 'deletecollection'],
    expected: 'no right to change admission',
    harmlessByName: true,
    fix: 'a webhook reads and changes whatever is admitted, secrets too: limit update and patch by resourceNames',
  },
  {
    code: 'mounts-hosts',
    resources: ['persistentvolumes'],
    verbs: ['create'],
    expected: 'no right to create persistent volumes',
    fix: 'one of the type hostPath is the file system of a node: leave it to a provisioner',
  },
  {
    code: 'labels-namespaces',
    resources: ['namespaces'],
    verbs: ['update', 'patch'],
    expected: 'no right to change namespaces',
    fix: 'their labels say which pods are let in, and which network policies hold: leave it to who administers the cluster',
  },
];

const byResource = new Map<string, Risk[]>();
for (const risk of RISKS) for (const name of risk.resources) byResource.set(name, [...byResource.get(name) ?? [], risk]);

/** One verb on one resource, and what is wrong with it. */
export interface Risky {
  readonly risk: Risk;
  readonly what: string;
  readonly fix: string;
}

/** What of a rule grants more than it says. Wildcards are a finding of their own. */
export function risksOf({ apiGroups, resources, resourceNames, verbs }: ResourceRule): readonly Risky[] {
  const found: Risky[] = [];
  for (const resource of resources) {
    for (const group of apiGroups) {
      for (const risk of byResource.get(fullName(group, resource)) ?? []) {
        const verb = verbs.find(each => risk.verbs.includes(each));
        if (verb === undefined) continue;
        if (resourceNames === undefined || risk.harmlessByName !== true) found.push({ risk, what: `${verb} ${resource}`, fix: risk.fix });
        else found.push(...worstOf(risk, resourceNames).map(([name, why]) => ({ risk, what: `${verb} ${resource} ${name}`, fix: `${why}: name others` })));
      }
    }
  }
  return found;
}

/** Those of the names with which it is as bad as with all, and why. */
function worstOf({ worst = {} }: Risk, names: readonly string[]): readonly (readonly [name: string, why: string])[] {
  return Object.entries(worst).filter(([name]) => names.includes(name));
}

function fullName(group: string, resource: string): string {
  // What an authenticator calls the parts of userextras is no part of the risk.
  const [name = '', part] = resource.startsWith('userextras/') ? ['userextras'] : resource.split('/');
  return `${name}${group === '' ? '' : `.${group}`}${part === undefined ? '' : `/${part}`}`;
}
