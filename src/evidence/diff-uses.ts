import type { AccessChange, AccessDiff, ProvedSide, Sides, Undecided, Use } from './diff';

/** What changes for workloads: each service account by what it becomes. */
export function useChanges({ before, after }: Sides): AccessDiff {
  const changes: AccessChange[] = [];
  const undecided: Undecided[] = [];
  let unchanged = 0;
  const open = (side: Undecided['side'], { who, provider, becomes }: Use, reason: string): void => { undecided.push({ side, who, provider, becomes, reason }); };
  for (const key of new Set([...before.uses.keys(), ...after.uses.keys()])) {
    const [was, is] = [before.uses.get(key), after.uses.get(key)];
    if (was?.state === 'undecided') open('before', was, was.verdict.reason);
    if (is?.state === 'undecided') {
      open('after', is, is.verdict.reason);
    } else if (was?.state === 'admitted' && is?.state === 'admitted') {
      unchanged++;
      changes.push(...elseChanges(was, is, after));
    } else if (is?.state === 'admitted') {
      const could = was === undefined ? askOther(is, before) : 'no';
      if (could === 'unknown') open('before', is, `whether ${is.who} was let in before cannot be told`);
      const starts = could === 'yes';
      changes.push(changeOf(starts ? 'starts' : 'gains', is, after, starts ? 'the trust let it in before, and no workload asked' : is.verdict.reason));
    } else if (was?.state === 'admitted') {
      const can = is === undefined ? askOther(was, after) : 'no';
      if (can === 'unknown') open('after', was, `whether ${was.who} is still let in cannot be told`);
      if (can === 'yes') changes.push(changeOf('stops', was, before, 'no workload asks for it any more, and the trust still lets it in'));
      if (can === 'no') changes.push(changeOf('loses', was, before, is?.verdict.reason ?? whyGone(was, after)));
    }
  }
  return { changes, undecided, unchanged };
}

/** Whether the other side, where nobody asks, would let it in. Documents that say nothing of an identity let nobody become it. */
function askOther({ provider, becomes, cluster, verdict: { claims } }: Use, { inquiry }: ProvedSide): 'yes' | 'no' | 'unknown' {
  if (!inquiry.knows(provider, becomes)) return 'no';
  const { admitted, decided } = inquiry.wouldAdmit({ provider, becomes, claims, cluster });
  return admitted ? 'yes' : decided ? 'no' : 'unknown';
}

function whyGone({ provider, becomes }: Use, { inquiry }: ProvedSide): string {
  return inquiry.knows(provider, becomes) ? 'neither does a workload ask for it any more, nor does the trust let it in' : 'nothing that was given lets anybody become it any more';
}

/** Who else is the same to the cloud. */
function elseChanges(was: Use, is: Use, side: ProvedSide): readonly AccessChange[] {
  const [more, less] = [fresh(is, was), fresh(was, is)];
  return [
    ...more.map(who => ({ ...changeOf('broader', is, side, `to the cloud the same as ${is.who}`), who, workloads: [] })),
    ...less.map(who => ({ ...changeOf('narrower', is, side, `to the cloud no longer the same as ${is.who}`), who, workloads: [] })),
  ];
}

function fresh(use: Use, other: Use): readonly string[] {
  return use.verdict.alsoAdmits.filter(who => !other.verdict.alsoAdmits.includes(who));
}

function changeOf(kind: AccessChange['kind'], { provider, becomes, who, workloads, verdict: { alsoAdmits } }: Use, { inquiry }: ProvedSide, reason: string): AccessChange {
  const also = kind === 'gains' && alsoAdmits.length > 0 ? `; also ${alsoAdmits.join('; ')}` : '';
  return { kind, provider, becomes, who, workloads, permissions: inquiry.permissionsOf(provider, becomes), reason: `${reason}${also}` };
}
