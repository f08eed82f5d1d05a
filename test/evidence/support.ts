import { gather, type EvidenceDocument, type Gathered } from '../../src/evidence';
import { prove } from '../../src/proof/prove';
import type { Proof } from '../../src/proof/verdict';

export function proofOf({ clusters, trust }: Gathered): Proof {
  return prove({ clusters, trust });
}

/** A document of a file of its own. */
export function printed(value: unknown, about: Pick<EvidenceDocument, 'of' | 'cluster'> = {}, file = 'printed.json'): EvidenceDocument {
  return { value, at: { file, document: 0, path: '' }, ...about };
}

/** What the documents come to. */
export function judged(...documents: readonly EvidenceDocument[]): Judged {
  const gathered = gather(documents);
  return { ...proofOf(gathered), gaps: gapsOf(gathered) };
}

/** With what to do about it, as one sentence. */
export function gapsOf({ gaps }: Pick<Gathered, 'gaps'>): Judged['gaps'] {
  return gaps.map(({ code, at, message, fix }) => ({ code, at, message: `${message}; ${fix}` }));
}

export interface Judged extends Proof {
  readonly gaps: readonly Pick<Gathered['gaps'][number], 'code' | 'at' | 'message'>[];
}
