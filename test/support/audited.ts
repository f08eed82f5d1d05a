import { loadAll } from 'js-yaml';
import { audit } from '../../src/audit';
import { gather, type EvidenceDocument } from '../../src/evidence';

/** What the audit finds in the manifests that `symbolon synth` wrote: code and whom it is about. */
export function auditedFiles(files: { readonly [name: string]: string }): readonly string[] {
  const documents = Object.entries(files).flatMap(([file, text]): readonly EvidenceDocument[] => {
    const [room, cluster] = file.split('/');
    return room === 'kubernetes' && cluster !== undefined ? loadAll(text).map((value, document) => ({ value, at: { file, document, path: '' }, cluster })) : [];
  });
  const names = [...new Set(documents.map(({ cluster }) => String(cluster)))];
  const { clusters, gaps } = gather(documents, names.map(name => ({ name })));
  return [...gaps.map(({ code, message }) => `${code} ${message}`), ...clusters.flatMap(cluster => audit(cluster).map(({ code, about }) => `${code} ${about}`))];
}
