import type { AccessChange, ProvedSide, Sides } from './diff';
import { isOpen } from './open';
import type { Stranger } from '../proof/verdict';

/** What changes for those whom a trust lets in though no manifest asks for it. */
export function strangerChanges({ before, after }: Sides): readonly AccessChange[] {
  const [came, went] = [only(after, before), only(before, after)];
  const rewritten = new Set<string>();
  return [
    ...came.flatMap(({ stranger, overlaps }) => {
      if (!isOpen(stranger.who)) return overlaps ? [] : [changeOf('gains', stranger, after, `${stranger.by} lets it in, and no manifest asks for it`)];
      if (!overlaps) return [changeOf('broader', stranger, after, `${stranger.by} lets in more than it did`)];
      rewritten.add(handleOf(stranger));
      return [changeOf('rewritten', stranger, after, `${stranger.by} is written differently: some of these were let in before, and whether all were cannot be told`)];
    }),
    ...went.flatMap(({ stranger, overlaps }) => {
      if (!isOpen(stranger.who)) return overlaps ? [] : [changeOf('loses', stranger, before, `${stranger.by} let it in, and does not any more`)];
      if (!overlaps) return [changeOf('narrower', stranger, before, `${stranger.by} lets in less than it did`)];
      return rewritten.has(handleOf(stranger)) ? [] : [changeOf('rewritten', stranger, before, `${stranger.by} is written differently: some of these are still let in, and whether all are cannot be told`)];
    }),
  ];
}

interface OnOneSide {
  readonly stranger: Stranger;
  /** Whether one of them, at least, is let in on the other side too. */
  readonly overlaps: boolean;
}

/** Strangers of one side whom nothing on the other side names by the same words. */
function only(side: ProvedSide, other: ProvedSide): readonly OnOneSide[] {
  const known = new Set(other.inquiry.everybody.map(keyOf));
  return side.proof.strangers.flatMap((stranger, i) => {
    if (known.has(keyOf(stranger))) return [];
    const claims = side.shown[i];
    const { provider, becomes } = stranger;
    return [{ stranger, overlaps: claims !== undefined && other.inquiry.wouldAdmit({ provider, becomes, claims }).admitted }];
  });
}

function changeOf(kind: AccessChange['kind'], { provider, becomes, who }: Stranger, { inquiry }: ProvedSide, reason: string): AccessChange {
  return { kind, provider, becomes, who, workloads: [], permissions: inquiry.permissionsOf(provider, becomes), reason };
}

function keyOf({ provider, becomes, who }: Stranger): string {
  return [provider, becomes, who].join('\n');
}

function handleOf({ provider, becomes }: Stranger): string {
  return [provider, becomes].join('\n');
}
