/** Of the candidates, the one that is most likely meant; undefined where none is close enough to be a slip. */
export function nearest(text: string, candidates: Iterable<string>, slips = 2): string | undefined {
  let best: string | undefined;
  let least = slips;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) > least) continue;
    const changes = distance(candidate.toLowerCase(), text.toLowerCase());
    if (changes < least || (changes === least && best === undefined)) [best, least] = [candidate, changes];
  }
  return best;
}

/** Letters to change, add or take out to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
