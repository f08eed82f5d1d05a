import type { ApiServerFlags } from './input';
import type { Issue } from '../../core/issues';

/**
 * What is wrong with the flags of a kube-apiserver, as far as they are about service account tokens: what keeps it from
 * starting, what keeps a cloud from trusting it (errors), and what weakens it (warnings). It looks at nothing but the
 * flags, throws nothing, and gives an empty list for those that are in order.
 *
 * @param flags a whole command line, the flags by name, or a kubeadm ClusterConfiguration. With the latter, what kubeadm
 * itself gives (keys, an issuer) counts as given.
 *
 * https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
 */
export function checkApiServerFlags(flags: ApiServerFlags): readonly Issue[] {
  // Who makes identities never asks.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { check } = require('./check') as typeof import('./check');
  return check(flags);
}
