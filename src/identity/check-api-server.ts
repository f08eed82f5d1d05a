import { knownLayoutOf } from './define';
import { isWorkloadIdentityDefinition, type WorkloadIdentityDefinition } from './definition';
import { listOf } from './given';
import { isProjectedTokensDefinition, type ProjectedTokensDefinition } from './projected-tokens';
import { isDeferred } from '../core/deferred';
import { joinPath, type Issue } from '../core/issues';
import { checkFlags } from '../kubernetes/api-server';
import type { ApiServerFlags } from '../kubernetes/api-server/input';
import { PROVIDER_IDS, providerOf, type ProviderId } from '../providers';

type Definition = WorkloadIdentityDefinition | ProjectedTokensDefinition;

/**
 * What is wrong with the flags of a kube-apiserver, as far as they are about service account tokens: what keeps it from
 * starting, what keeps a cloud from trusting it (errors), and what weakens it (warnings): among that an API audience that is also
 * a cloud's, or another relying party's. It looks at nothing but the flags, and gives an empty list for those that are in order.
 *
 * @param flags  a whole command line, the flags by name, or a kubeadm ClusterConfiguration. With the latter, what kubeadm
 *   itself gives (keys, an issuer) counts as given. What is none of these is a finding
 * @param definitions  what runs in the cluster: the audiences of their bindings and tokens must not be the API server's. @default the
 *   audiences that clouds have by themselves
 * @throws InvalidDefinitionError when `definitions` are no definitions; never for the flags
 *
 * https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
 */
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
