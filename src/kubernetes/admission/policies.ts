import type { AdmissionAction, AdmittedNamespace, TokenAllowance } from './input';
import { accountsText, allowanceText, literal, lifetimesOf } from './texts';
import { byText } from '../../core/names';
import type { KubernetesObject } from '../manifest';

/** What is the same for every namespace. */
export interface PolicySettings {
  readonly actions: readonly AdmissionAction[];
  /** What the API server calls itself in its tokens. */
  readonly apiAudiences: readonly string[];
}

/** One policy for one kind of request, as it is filled in for a namespace. */
interface Rule {
  /** Ends the policy's name. */
  readonly name: string;
  readonly resource: string;
  readonly matchConditions?: readonly object[];
  readonly variables?: readonly { readonly name: string; readonly expression: string }[];
  readonly validations: readonly object[];
}

/**
 * The policies of one namespace, each followed by its binding.
 *
 * Only what is new is looked at: what runs already may be changed as before. A pod's volumes and its service account never change.
 *
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function policiesOf(admitted: AdmittedNamespace, { actions, apiAudiences }: PolicySettings): readonly KubernetesObject[] {
  const { namespace } = admitted;
  return [podsRule(admitted), requestsRule(admitted, apiAudiences), secretsRule(namespace)].flatMap(rule => policyAndBinding(namespace, rule, actions));
}

/** The name of the policy, and of its binding: unlike that of every other namespace and rule. */
export function policyName(namespace: string, rule: string): string {
  return `symbolon-${namespace}-${rule}`;
}

function policyAndBinding(namespace: string, rule: Rule, actions: readonly AdmissionAction[]): readonly KubernetesObject[] {
  const { matchConditions, variables, validations, resource } = rule;
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const metadata = { name: policyName(namespace, rule.name) };
  return [
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata,
      spec: {
        // What cannot be judged is refused.
        failurePolicy: 'Fail',
        matchConstraints: {
          // The API server sets this label itself, and nobody can change it.
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: [resource], scope: 'Namespaced' }],
        },
        ...(matchConditions !== undefined && { matchConditions }),
        ...(variables !== undefined && { variables }),
        validations,
      },
    },
    { apiVersion, kind: 'ValidatingAdmissionPolicyBinding', metadata, spec: { policyName: metadata.name, validationActions: actions } },
  ];
}

/** Admission looks at a pod when every webhook has done its work: what those add is looked at, too. */
function podsRule({ namespace, accounts }: AdmittedNamespace): Rule {
  return {
    name: 'pods',
    resource: 'pods',
    // A pod that a kubelet mirrors has no service account, and the API server lets it have no token.
    variables: variablesOf('object.spec.?serviceAccountName.orValue(\'\')', accounts),
    validations: [
      {
        expression: 'variables.account == \'\' || variables.account in variables.allowed',
        message: accountsText(namespace, accounts),
        messageExpression: `'it runs as the service account ' + variables.account + '; ' + ${literal(accountsText(namespace, accounts))}`,
        reason: 'Forbidden',
      },
      tokensValidation(`!(variables.account in variables.allowed) || ${everyTokenOfPod('source.?audience.orValue(\'\') in variables.allowed[variables.account]')}`, namespace),
      tokensValidation(`!(variables.account in variables.allowed) || ${everyTokenOfPod('!(source.?audience.orValue(\'\') in variables.allowed[variables.account]) || source.expirationSeconds <= variables.allowed[variables.account][source.?audience.orValue(\'\')]')}`, namespace),
    ],
  };
}

function everyTokenOfPod(rule: string): string {
  return `object.spec.?volumes.orValue([]).all(volume, volume.?projected.?sources.orValue([]).all(part, !has(part.serviceAccountToken) || [part.serviceAccountToken].all(source, ${rule})))`;
}

/**
 * Kubelets ask for the tokens of pods that were admitted, and of the drivers of their volumes. Whoever else asks is looked at here: `kubectl create token`,
 * and what applications and operators ask for by themselves.
 */
function requestsRule({ namespace, accounts }: AdmittedNamespace, apiAudiences: readonly string[]): Rule {
  const named = new Map([...accounts].map(([account, allowance]) => [account, withApiNamed(allowance, apiAudiences)]));
  return {
    name: 'tokens',
    resource: 'serviceaccounts/token',
    matchConditions: [{ name: 'not-by-a-kubelet', expression: '!(\'system:nodes\' in request.userInfo.?groups.orValue([]))' }],
    variables: variablesOf('request.name', named),
    validations: [
      {
        expression: 'variables.account in variables.allowed',
        message: accountsText(namespace, accounts),
        messageExpression: `'it is for the service account ' + variables.account + '; ' + ${literal(accountsText(namespace, accounts))}`,
        reason: 'Forbidden',
      },
      tokensValidation('!(variables.account in variables.allowed) || (size(object.spec.?audiences.orValue([])) > 0 && object.spec.audiences.all(audience, audience in variables.allowed[variables.account]))', namespace),
      tokensValidation('!(variables.account in variables.allowed) || object.spec.?audiences.orValue([]).all(audience, !(audience in variables.allowed[variables.account]) || object.spec.expirationSeconds <= variables.allowed[variables.account][audience])', namespace),
    ],
  };
}

/** By the time of admission the API server has filled in its own audiences where a request names none. */
function withApiNamed({ '': seconds, ...named }: TokenAllowance, apiAudiences: readonly string[]): TokenAllowance {
  return seconds === undefined ? named : { ...Object.fromEntries(apiAudiences.map(audience => [audience, seconds])), ...named };
}

/** A token in a Secret lives for as long as the Secret does. https://kubernetes.io/docs/concepts/security/service-accounts/#authenticating-credentials */
function secretsRule(namespace: string): Rule {
  return {
    name: 'secrets',
    resource: 'secrets',
    validations: [{
      expression: 'object.?type.orValue(\'Opaque\') != \'kubernetes.io/service-account-token\'',
      message: `no Secret of the namespace ${namespace} holds the token of a service account, since it would never expire: take a projected token, or kubectl create token`,
      reason: 'Forbidden',
    }],
  };
}

/** Variables are made when an expression asks for them: the texts only for what is refused. */
function variablesOf(account: string, accounts: AdmittedNamespace['accounts']): NonNullable<Rule['variables']> {
  const sorted = [...accounts].sort(([a], [b]) => byText(a, b));
  return [
    { name: 'account', expression: account },
    { name: 'allowed', expression: literal(Object.fromEntries(sorted.map(([name, allowance]) => [name, lifetimesOf(allowance)]))) },
    { name: 'texts', expression: literal(Object.fromEntries(sorted.map(([name, allowance]) => [name, allowanceText(allowance)]))) },
  ];
}

function tokensValidation(expression: string, namespace: string): object {
  return {
    expression,
    message: `a token of a service account in the namespace ${namespace} is for an audience, and for a time, that the definition of its workload identity names`,
    messageExpression: '\'tokens of the service account \' + variables.account + \' may be for \' + variables.texts[variables.account]',
    reason: 'Forbidden',
  };
}
