/** Platforms that shorten the lifetimes of tokens, and say nothing of it. */
import { ack, aks, blue, checkoutWith, gke, k3s } from '../support/definitions';
import { checkWorkloadIdentity, type ClusterDefinition } from 'symbolon';

const DAY = 86400;

test.each<[string, ClusterDefinition, number, readonly string[]]>([
  ['EKS to a day', blue, DAY + 1, ['token/platform-cap']],
  ['a day is fine on EKS', blue, DAY, []],
  ['AKS to a day', aks, DAY + 1, ['token/platform-cap']],
  ['a day is fine on AKS', aks, DAY, []],
  ['ACK to half a day', ack, DAY / 2 + 1, ['token/platform-cap']],
  ['half a day is fine on ACK', ack, DAY / 2, []],
  ['GKE does not', gke, 30 * DAY, []],
  ['nobody else is known to', k3s, 30 * DAY, []],
])('%s', (_what, cluster, expirationSeconds, codes) => {
  const found = checkWorkloadIdentity(checkoutWith({ clusters: [cluster], trustedBy: {}, tokens: { a: { audience: 'https://a.example.com', expirationSeconds } } }));
  expect(found.map(({ code }) => code)).toEqual(codes);
  for (const each of found) expect(each).toMatchObject({ severity: 'warning', path: 'tokens.a.expirationSeconds' });
});
