import { CLOUDS } from '../clouds';
import { nameOf, type Rule } from '../rule';
import { isAutomounted, tokenVolumesOf } from '../view';

/** Tokens for the Kubernetes API that are there because nobody said otherwise. */
export const ACCOUNTS: readonly Rule[] = [
  {
    code: 'audit/automount',
    level: 'warning',
    says: 'A token for the Kubernetes API is mounted, and no binding among the manifests lets its account do anything.',
    * pod(pod, view) {
      const { namespace, serviceAccount: account } = pod;
      // Of an account that is made elsewhere, the bindings are elsewhere, too.
      if (account === 'default' || view.account(namespace, account) === undefined) return;
      if (!isAutomounted(pod, view) || view.mayUseApi(namespace, account) || CLOUDS.some(cloud => cloud.takesApiToken?.(pod) !== undefined)) return;
      yield {
        object: nameOf(pod.object),
        message: `its containers get a token of ${account} for the Kubernetes API, and nothing here lets ${account} do anything with it; who steals it has it for up to a year`,
        fix: 'write automountServiceAccountToken: false, at the pods or at the service account',
        names: { account, subject: `system:serviceaccount:${namespace}:${account}` },
      };
    },
    plan: [
      'See in the audit log of the API server that {subject} asks for nothing. If it does, keep the token, and add the bindings that allow it to the manifests.',
      'Write automountServiceAccountToken: false into the pod template of {object}. Projected volumes and the tokens of webhooks are not touched by it.',
      'Roll out, and see that the new pods are ready and say nothing of in-cluster configuration.',
      'When every workload of {account} has it, write it into the ServiceAccount, so that later workloads begin without a token.',
    ],
  },
  {
    code: 'audit/default-account',
    level: 'warning',
    says: 'A pod runs as the account `default` and has a token: whatever is granted to it, every pod of the namespace gets that names no account.',
    * pod(pod, view) {
      if (pod.serviceAccount !== 'default') return;
      const asks = tokenVolumesOf(pod).length > 0 || CLOUDS.some(({ keys }) => keys.some(({ key }) => pod.accountAnnotations[key] !== undefined));
      const automounted = isAutomounted(pod, view);
      if (!asks && !automounted) return;
      yield {
        object: nameOf(pod.object),
        message: `it runs as the account default of ${pod.namespace} and has a token of it, like every other pod there that names no account`,
        fix: 'give it a service account of its own, or no token: automountServiceAccountToken: false',
        names: { namespace: pod.namespace },
      };
    },
    plan: [
      'If the pods need no token, write automountServiceAccountToken: false into the pod template of {object}: then that is all.',
      'Else make a ServiceAccount of their own in {namespace}, with automountServiceAccountToken: false, unless they use the Kubernetes API.',
      'Bind the roles that they use to the new account, beside default.',
      'Where a cloud or a Vault trusts default, add the subject of the new account to that trust, and wait until it is in force.',
      'Name the new account in {object} (serviceAccountName), and roll out.',
      'When no pod runs as default any more, take default out of bindings and trusts, and annotations off it.',
    ],
  },
];
