import { gather, shownPlace, verifyGathered, type Gathered } from '../../evidence';
import { dotOf, htmlOf, mapOf, mermaidOf, type TrustMap } from '../../graph';
import { readGiven } from '../evidence/given';
import type { Io } from '../io';
import type { GraphFormat, GraphOptions } from '../options';
import { giveOut } from '../output/text-file';
import { progressOn } from '../progress';

/** The version of the JSON document. It changes when a field changes its meaning or goes away. */
const VERSION = 1;

const RENDERERS: { readonly [format in GraphFormat]: (map: TrustMap) => string } = {
  mermaid: mermaidOf,
  dot: dotOf,
  html: htmlOf,
  json: map => `${JSON.stringify({ version: VERSION, ...map }, null, 2)}\n`,
};

/**
 * Draws what files say. What could not be read of them is said on stderr: it is not in the picture.
 *
 * @throws SymbolonError when something cannot be read or written
 */
export async function graphFiles(options: GraphOptions, io: Io): Promise<void> {
  const { out } = options;
  const { text, gaps } = await drawn(options, io);
  for (const { code, at, message, fix } of gaps) io.stderr.write(`${shownPlace(at)}: ${message}; ${fix} [${code}]\n`);
  giveOut(text, out, io);
}

async function drawn(options: GraphOptions, io: Io): Promise<{ readonly text: string; readonly gaps: Gathered['gaps'] }> {
  const progress = progressOn(io);
  try {
    const { evidence, clusters } = await readGiven(options, io, progress);
    const many = evidence.documents.length;
    progress.say(`asking ${many} documents`, many);
    const gathered = gather(evidence.documents, clusters);
    const map = mapOf(verifyGathered(gathered), gathered);
    progress.say(`drawing ${map.nodes.length} nodes`, many);
    return { text: RENDERERS[options.format](map), gaps: gathered.gaps };
  } finally {
    progress.done();
  }
}
