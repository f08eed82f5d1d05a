import { knownLayoutOf } from './define';
import { isProjectedTokensDefinition, isWorkloadIdentityDefinition, type ProjectedTokensDefinition, type WorkloadIdentityDefinition } from './definition';
import { listOf } from './given';
import { isDeferred } from '../core/deferred';
import { joinPath, type Issue } from '../core/issues';
import { checkFlags } from '../kubernetes/api-server';
import type { ApiServerFlags } from '../kubernetes/api-server/input';
import { PROVIDER_IDS, providerOf, type ProviderId } from '../providers';

type Definition = WorkloadIdentityDefinition | ProjectedTokensDefinition;

/** Behind the function of this name in `late.ts`, which says what it does. */
export function checkApiServerFlags(flags: ApiServerFlags, definitions: readonly Definition[] = []): readonly Issue[] {
  const taken = new Map(listOf(definitions, isDefinition, 'what defineWorkloadIdentity or defineProjectedTokens returned').flatMap(audiencesOf));
  return checkFlags(flags, audience => taken.get(audience) ?? PROVIDER_IDS.find(id => providerOf(id).takes?.(audience)));
}

/** The audiences of a definition that are known, each with its place. */
function audiencesOf(definition: Definition): readonly (readonly [string, string])[] {
  const whose = isWorkloadIdentityDefinition(definition) ? ` of ${JSON.stringify(definition.name)}` : '';
  const tokens = Object.entries(definition.tokens).map(([name, { audience }]) => [audience, `${joinPath('tokens', name)}${whose}`] as const);
  if (!isWorkloadIdentityDefinition(definition)) return tokens;
  const bound = knownLayoutOf(definition).edges.flatMap(edge => {
    const audience = providerOf(edge.provider as ProviderId).audienceOf(edge);
    return isDeferred(audience) ? [] : [[audience as string, `${joinPath('trustedBy', edge.binding)}${whose}`] as const];
  });
  return [...tokens, ...bound];
}

function isDefinition(value: unknown): value is Definition {
  return isWorkloadIdentityDefinition(value) || isProjectedTokensDefinition(value);
}
