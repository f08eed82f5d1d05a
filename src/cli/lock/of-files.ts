import { accessOf, type Access, type Judgement, type KnownStranger, type QuietEdge } from './access';
import type { Line } from './lines';
import type { Finding, Gathered, Verification, WitnessedStranger } from '../../evidence';
import { inquire } from '../../proof/inquire';

/** Who gets in by files, as far as they go: what they say nothing of is not judged. */
export function accessOfFiles({ verdicts, strangers, findings }: Verification, gathered: Gathered): Access {
  const codes = new Map(findings.map(({ about, code }) => [about, code]));
  const codeOf = ({ provider, becomes, who }: WitnessedStranger): Finding['code'] | undefined => codes.get(`${provider} ${becomes} ${who}`);
  return accessOf({
    verdicts,
    strangers: strangers.flatMap((stranger): readonly KnownStranger[] => {
      const code = codeOf(stranger);
      if (code !== 'verify/stranger' && code !== 'verify/over-broad') return [];
      const { provider, becomes, who } = stranger;
      const account = code === 'verify/stranger' ? accountOf(stranger) : undefined;
      return [{ provider, becomes, who, ...(account !== undefined && { account }) }];
    }),
    // A service account that gets in as which nothing here runs is no stranger: its workloads are made elsewhere.
    quiet: strangers.flatMap((stranger): readonly QuietEdge[] => {
      const account = codeOf(stranger) === 'verify/unused' ? accountOf(stranger) : undefined;
      return account === undefined ? [] : [account];
    }),
    judge: judgeBy(verdicts, gathered),
  });
}

/** The service account of a known cluster that somebody who is named is. */
function accountOf({ provider, becomes, witness }: WitnessedStranger): QuietEdge | undefined {
  if (witness?.cluster === undefined) return undefined;
  const { cluster, issuer, subject, audience } = witness;
  return { who: `${subject.split(':').slice(2).join('/')} in ${cluster}`, cluster, issuer, provider, becomes, audience };
}

function judgeBy(verdicts: Verification['verdicts'], gathered: Gathered): (line: Line) => Judgement {
  const { knows, wouldAdmit } = inquire(gathered);
  const asked = new Set(verdicts.filter(({ admitted }) => admitted).map(({ provider, becomes }) => `${provider} ${becomes}`));
  const clusters = new Map(gathered.clusters.map(cluster => [cluster.name, cluster]));
  return ({ text, identity, edge, cluster }) => {
    if (cluster !== undefined) {
      const issuer = clusters.get(cluster.name)?.issuer;
      return issuer === undefined ? 'unknown' : issuer === cluster.issuer ? 'holds' : 'gone';
    }
    if (identity === undefined || !knows(identity.provider, identity.becomes)) return 'unknown';
    if (edge !== undefined) {
      const { namespace, serviceAccount, audience } = edge;
      const answer = wouldAdmit({ ...identity, claims: { subject: `system:serviceaccount:${namespace}:${serviceAccount}`, audience }, cluster: edge.cluster });
      // Nothing here asks, and it would be let in as it was reviewed.
      if (answer.admitted) return 'holds';
      return answer.decided && clusters.has(edge.cluster) ? 'gone' : 'unknown';
    }
    // Who is the same as somebody is told with who asks.
    return text.startsWith('also ') && !asked.has(`${identity.provider} ${identity.becomes}`) ? 'unknown' : 'gone';
  };
}
