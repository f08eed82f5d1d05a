import * as pulumi from '@pulumi/pulumi';
import type { FactSources } from './facts';
import { missingFacts } from './given-facts';
import { needsOf } from '../core/deferred';
import type { Layout } from '../identity/layout';
import type { TokenVerifier } from '../providers/jwt/trust';

/** What each API of one's own has to know of the identity, by what the API is called: its `audience`. */
export interface Verifiers {
  readonly [audience: string]: pulumi.Output<TokenVerifier>;
}

/** Read when they are wanted: a program without the issuer may still make the rest. */
export function verifiersOf({ trust }: Layout, facts: FactSources): Verifiers {
  const verifiers = {};
  for (const { kind, becomes, request } of trust) {
    if (kind !== 'jwt.Verifier') continue;
    const get = (): unknown => {
      const missing = facts.missing(needsOf(request));
      if (missing.length > 0) throw missingFacts(missing);
      return pulumi.output(facts.settle(request));
    };
    Object.defineProperty(verifiers, becomes as string, { get, enumerable: true, configurable: true });
  }
  return verifiers;
}
