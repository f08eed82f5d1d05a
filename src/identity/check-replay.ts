import type { Layout } from './layout';
import { isDeferred } from '../core/deferred';
import { complain, joinPath, type Report } from '../core/issues';
import { providerOf, type ProviderId } from '../providers';
import type { Edge } from '../providers/provider';

/**
 * Tokens for others that a cloud would take as well: whoever receives one can show it there, and become the identity.
 *
 * https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3
 */
export function checkReplay({ definition, edges }: Pick<Layout, 'definition' | 'edges'>, report: Report): void {
  const tokens = Object.keys(definition.tokens);
  if (tokens.length === 0 && Object.keys(definition.trustedBy).length < 2) return;
  const takers = new Map<string, Edge>();
  for (const edge of edges) {
    const audience = audienceOf(edge);
    if (audience !== undefined && providerOf(edge.provider as ProviderId).takes?.(audience) === true) takers.set(audience, edge);
  }
  if (takers.size === 0) return;
  const warn = (path: string, audience: string, { binding }: Edge): void => complain(report, 'token/cloud-audience', path, {
    expected: `an audience that trustedBy.${binding} does not take`, got: audience, severity: 'warning', fix: `whoever receives this token can become the identity of trustedBy.${binding} with it: use one that names its recipient alone`,
  });
  for (const name of tokens) {
    const { audience } = definition.tokens[name] as { readonly audience: string };
    const taker = takers.get(audience);
    if (taker !== undefined) warn(`${joinPath('tokens', name)}.audience`, audience, taker);
  }
  const told = new Set<string>();
  for (const edge of edges) {
    const audience = audienceOf(edge);
    const taker = audience === undefined ? undefined : takers.get(audience);
    const path = edge.at('audience');
    if (audience === undefined || taker === undefined || taker.provider === edge.provider || told.has(path)) continue;
    told.add(path);
    warn(path, audience, taker);
  }
}

function audienceOf(edge: Edge): string | undefined {
  const audience = providerOf(edge.provider as ProviderId).audienceOf(edge);
  return isDeferred(audience) ? undefined : audience as string;
}
