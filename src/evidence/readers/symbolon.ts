import { dataOf, isData, type Data } from '../../kubernetes/data';
import { ADMITTERS } from '../../proof/admits';
import type { TrustArtifact } from '../../proof/artifacts';
import type { Part } from '../document';
import type { Reader } from '../reader';

/** Whose request it is, by what it makes. */
const PROVIDERS = new Map<unknown, string>(Object.entries(ADMITTERS).flatMap(([provider, { kinds }]) => kinds.map(kind => [kind, provider] as const)));

/** The cloud half as `symbolon synth` writes it. */
export const symbolon: Reader = {
  prints: ['symbolon synth (the files in cloud/)'],
  read: ({ value, at }) => {
    if (isPatch(value, at.file)) return {};
    const { documents } = value;
    if (!Array.isArray(documents) || documents.length === 0 || !documents.every(isRequest)) return undefined;
    const [, cluster] = /(?:^|[\\/])_anchors\.([^\\/]+)\.json$/.exec(at.file) ?? [];
    return { trust: documents.map((document: Data, i): Part<TrustArtifact> => ({ path: `documents[${i}]`, value: requestOf(document, cluster) })) };
  },
};

/** What pods that are made elsewhere have to carry: no object, and nothing that anybody is. */
function isPatch({ apiVersion, kind, metadata, spec }: Data, file: string): boolean {
  return /(?:^|[\\/])patches[\\/]/.test(file) && apiVersion === undefined && kind === undefined && (isData(spec) || isData(metadata));
}

function isRequest(document: unknown): boolean {
  const { kind, name, request } = dataOf(document);
  return PROVIDERS.has(kind) && typeof name === 'string' && isData(request);
}

function requestOf({ kind, name, becomes, request }: Data, cluster: string | undefined): TrustArtifact {
  return {
    provider: PROVIDERS.get(kind) as string,
    kind: kind as string,
    name: name as string,
    ...(cluster !== undefined && { cluster }),
    ...(typeof becomes === 'string' && { becomes }),
    request,
  };
}
