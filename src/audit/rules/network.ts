import { CLOUDS } from '../clouds';
import { nameOf, type Rule } from '../rule';

/** The network of the host, where addresses of the node answer. */
export const NETWORK: readonly Rule[] = [
  {
    code: 'audit/host-network',
    level: 'error',
    says: 'A pod in the network of the host is to get its identity by an address that answers as the node there, or by a sidecar that cannot be there.',
    * pod(pod) {
      if (!pod.hostNetwork) return;
      for (const container of pod.containers) {
        for (const { name, onHostNetwork } of CLOUDS) {
          const trouble = onHostNetwork?.(pod, container);
          if (trouble !== undefined) yield { object: nameOf(pod.object), part: `container ${container.name}`, message: trouble.why, fix: trouble.fix, names: { cloud: name, container: container.name } };
        }
      }
    },
    plan: [
      'See what {container} uses now: most likely the identity of the node, with all that every pod there may do.',
      'If it does not need the network of the host, take out hostNetwork (and the ports that hang on it), and roll out.',
      'Else mount a projected token and tell the SDK of {cloud} where it is, in a variable or a credential configuration; roll out.',
      'When it comes as its own identity, take from the node what only this pod needed.',
    ],
  },
];
