import { accessOf, type Access } from './access';
import type { Plan } from '../../identity/plan';
import type { Proof } from '../../proof/verdict';

/** Who gets in by a plan, as the proof of it says. A plan knows all that there is: whom it does not let in, nobody does. */
export function accessOfPlan({ clusters }: Plan, { verdicts, strangers }: Proof): Access {
  const signs = new Map(clusters.map(({ name, issuer }) => [name, issuer]));
  return accessOf({
    verdicts,
    strangers,
    quiet: [],
    judge: ({ cluster }) => (cluster !== undefined && signs.get(cluster.name) === cluster.issuer ? 'holds' : 'gone'),
  });
}
