import type { FileDiff } from './diff';
import type { AccessChange, ChangeKind, Undecided } from '../../evidence';

/** Each kind as a table has it, and as a sentence counts it. What widens access comes first. */
export const KINDS: { readonly [kind in ChangeKind]: { readonly label: string; readonly says: (count: number) => string } } = {
  'broader': { label: 'broader', says: count => `${count} ${count === 1 ? 'becomes' : 'become'} broader` },
  'gains': { label: 'gains', says: count => `${count} ${count === 1 ? 'gains' : 'gain'} access` },
  'may-more': { label: 'may more', says: count => `${count} may do more` },
  'rewritten': { label: 'rewritten', says: count => `${count} ${count === 1 ? 'is' : 'are'} written differently` },
  'starts': { label: 'starts', says: count => `${count} ${count === 1 ? 'starts' : 'start'} to use what was allowed` },
  'loses': { label: 'loses', says: count => `${count} ${count === 1 ? 'loses' : 'lose'} access` },
  'narrower': { label: 'narrower', says: count => `${count} ${count === 1 ? 'becomes' : 'become'} narrower` },
  'may-less': { label: 'may less', says: count => `${count} may do less` },
  'stops': { label: 'stops', says: count => `${count} ${count === 1 ? 'stops' : 'stop'} to use what is still allowed` },
};

const ORDER = Object.keys(KINDS) as ChangeKind[];

/** As many as a paragraph bears. */
const NAMED = 3;

/** In the order of {@link KINDS}. */
export function sorted(changes: readonly AccessChange[]): readonly AccessChange[] {
  return [...changes].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/**
 * Everything in one paragraph: how many of each, and the first few by name.
 *
 * @param quote  how names are written: whoever reads the paragraph may be a renderer
 */
export function paragraphOf({ changes, undecided, unchanged }: FileDiff, quote: (text: string) => string): string {
  const counts = ORDER.flatMap(kind => {
    const count = changes.filter(change => change.kind === kind).length;
    return count === 0 ? [] : [KINDS[kind].says(count)];
  });
  const same = unchanged === 0 ? [] : [`${unchanged} ${unchanged === 1 ? 'stays as it is' : 'stay as they are'}`];
  const first = sorted(changes).slice(0, NAMED).map(change => sentenceOf(change, quote));
  const more = changes.length - first.length;
  const open = undecided.length === 0 ? '' : ` ${undecided.length} cannot be decided from what was given, and may hide more.`;
  const nobody = undecided.length === 0 ? 'Nobody gains or loses access' : 'Nobody is seen to gain or lose access';
  if (changes.length === 0) return `${[nobody, ...same].join(': ')}.${open}`;
  return `${[...counts, ...same].join(', ')}: ${first.join('; ')}${more > 0 ? `; and ${more} more` : ''}.${open}`;
}

function sentenceOf({ kind, who, becomes, provider, permissions }: AccessChange, quote: (text: string) => string): string {
  const identity = `${quote(becomes)} (${provider})`;
  switch (kind) {
    case 'gains': return `${quote(who)} becomes ${identity}`;
    case 'loses': return `${quote(who)} no longer becomes ${identity}`;
    case 'broader': return `${identity} lets in ${quote(who)}`;
    case 'narrower': return `${identity} no longer lets in ${quote(who)}`;
    case 'rewritten': return `${identity} lets in ${quote(who)}, and used to be written differently`;
    case 'starts': return `${quote(who)} now uses ${identity}`;
    case 'stops': return `${quote(who)} no longer uses ${identity}, and still may`;
    case 'may-more': return `${identity} may ${permissions.map(quote).join(', ')}`;
    case 'may-less': return `${identity} may no longer ${permissions.map(quote).join(', ')}`;
  }
}

/** Who cannot be decided about, in one sentence. */
export function undecidedLine({ side, who, provider, becomes, reason }: Undecided, quote: (text: string) => string): string {
  return `${side}: ${becomes === undefined ? '' : `${quote(who)} as ${quote(becomes)} (${provider ?? ''}): `}${quote(reason)}`;
}
