import type { WorkloadIdentityDefinition } from './definition';
import type { Facts } from './facts';
import { factsIn, identitiesIn } from './given';
import { checkedLayouts } from './layouts';
import { missingFacts } from './missing';
import { checkTogether } from './together';
import { needsOf } from '../core/deferred';
import { InvalidDefinitionError } from '../core/errors';
import { checkIssuer } from '../core/issuer';
import { Findings, joinPath } from '../core/issues';
import { byText } from '../core/names';
import { readShape, type Shape } from '../core/shape';
import { PROVIDER_IDS, providerOf } from '../providers';
import type { OrganizationPolicy } from '../providers/organization';

/** What the policies of an organization need to know besides the definitions. */
export interface OrganizationOptions {
  /** Issuers that are trusted besides: `https://token.actions.githubusercontent.com`. @default none */
  readonly also?: readonly string[];
  /** Values that only the environment knows. @default none */
  readonly facts?: Facts;
}

const SHAPE: Shape<OrganizationOptions> = { also: 'texts?', facts: 'value?' };

/** Behind the function of this name in `late.ts`, which says what it does. */
export function organizationPolicies(
  given: WorkloadIdentityDefinition | readonly WorkloadIdentityDefinition[], options: OrganizationOptions = {},
): readonly OrganizationPolicy[] {
  const definitions = identitiesIn(given);
  const findings = new Findings();
  const { report } = findings;
  const { also = [], facts: givenFacts = {} } = readShape<OrganizationOptions>(options, SHAPE, '', report);
  const facts = factsIn(givenFacts);
  also.forEach((issuer, i) => checkIssuer(issuer, joinPath('also', i), report));
  if (findings.errors.length > 0) throw new InvalidDefinitionError('organization policies', findings.all);
  const edges = checkedLayouts(definitions, facts, checkTogether).flatMap(layout => layout.edges);
  const policies = PROVIDER_IDS.flatMap(id => {
    const { organization } = providerOf(id);
    const trusted = organization === undefined ? [] : edges.filter(({ provider }) => provider === id).flatMap(edge => organization.issuersOf(edge));
    // A cloud that trusts nobody here is not asked to trust nobody at all.
    if (organization === undefined || trusted.length === 0) return [];
    const missing = needsOf(trusted);
    if (missing.length > 0) throw missingFacts(missing, facts, definitions);
    const issuers = [...new Set([...trusted.map(({ issuer }) => issuer as string), ...also])].sort(byText);
    return organization.policiesOf(issuers, report);
  });
  if (findings.errors.length > 0) throw new InvalidDefinitionError('organization policies', findings.all);
  return policies;
}
