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
export function judged(...documents: readonly EvidenceDocument[]): Proof & Pick<Gathered, 'gaps'> {
  const gathered = gather(documents);
  return { ...proofOf(gathered), gaps: gathered.gaps };
}
