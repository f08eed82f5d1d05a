import { accessOf, type Access, type QuietEdge } from './access';
import type { Plan } from '../../identity/plan';
import { nameOf } from '../../identity/workloads';
import type { Artifacts } from '../../proof/artifacts';
import { inquire } from '../../proof/inquire';
import type { Proof, Verdict } from '../../proof/verdict';
import type { Answers } from '../report/answers';

/** Who gets in by a plan, as the proof of it says. A plan knows all that there is: whom it does not let in, nobody does. */
export function accessOfPlan(plan: Plan, { verdicts, strangers }: Proof, answers: Answers, artifacts: Artifacts): Access {
  return accessOf({
    verdicts,
    strangers,
    quiet: quietEdges(plan, answers, artifacts),
    judge: ({ cluster }) => (cluster !== undefined && plan.clusters.some(({ name, issuer }) => name === cluster.name && issuer === cluster.issuer) ? 'holds' : 'gone'),
  });
}

/** Where nothing is injected, no manifest asks, and the trust lets the service account in all the same. */
function quietEdges({ edges }: Plan, { verdicts }: Answers, artifacts: Artifacts): readonly QuietEdge[] {
  const open = new Set(verdicts.filter(({ workload }) => workload === undefined).map(keyOf));
  if (open.size === 0) return [];
  const { wouldAdmit } = inquire(artifacts);
  return edges.flatMap(({ cluster, subject, provider, handle: becomes, claims }): readonly QuietEdge[] => {
    if (!open.has(keyOf({ cluster, subject, provider, becomes })) || !wouldAdmit({ provider, becomes, claims, cluster }).admitted) return [];
    return [{ who: `${nameOf(subject)} in ${cluster}`, cluster, issuer: claims.issuer, provider, becomes, audience: claims.audience, anyAudience: false }];
  });
}

function keyOf({ cluster, subject, provider, becomes }: Pick<Verdict, 'cluster' | 'subject' | 'provider' | 'becomes'>): string {
  return [cluster, nameOf(subject), provider, becomes].join('\n');
}
