import type { Explanation } from './explain';

/** The version of the document. It changes when a field changes its meaning or goes away. */
const VERSION = 1;

/** What `--json` prints. */
export function jsonOf({ token: { header, hash }, signature, bearer, clusters, time, answers, gaps }: Explanation): string {
  const { who, issuer, audiences, times, legacy, remarks } = bearer;
  const { alg, kid } = header;
  const document = {
    version: VERSION,
    token: { sha256: hash, algorithm: alg, ...(kid !== undefined && { keyId: kid }) },
    signature,
    who,
    ...(issuer !== undefined && { issuer }),
    clusters,
    audiences,
    times,
    legacy,
    ...(time !== undefined && { time }),
    remarks,
    answers,
    gaps,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
