/** A stack as policies see it. */
import { symbolonPolicies, type PolicyOptions, type ResourcePolicy, type StackPolicy, type StackResource, type StackView } from 'symbolon/policy';

/** By which Pulumi says that a text is not known. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** Throws where a value is read that is not known, as the server of policy packs has it. */
export function checking(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key) {
      const found: unknown = Reflect.get(target, key);
      if (found === UNKNOWN) throw new Error(`string value at .${String(key)} can't be known during preview`);
      return checking(found);
    },
  });
}

export function resource(type: string, name: string, props: object, provider: string | undefined = 'default'): StackResource {
  const pkg = type.split(':')[0] as string;
  return {
    type,
    name,
    urn: `urn:pulumi:prod::shop::${type}::${name}`,
    props: checking(JSON.parse(JSON.stringify(props))) as StackResource['props'],
    ...(provider !== undefined && { provider: { type: `pulumi:providers:${pkg}`, urn: `urn:pulumi:prod::shop::pulumi:providers:${pkg}::${provider}`, name: provider, props: {} } }),
  };
}

/** What each policy reports of the stack: `name: message @ resource`. */
export function reported(resources: readonly StackResource[], options?: PolicyOptions): readonly string[] {
  const said: string[] = [];
  const nameOf = (urn: string | undefined): string => urn?.split('::').at(-1) ?? '';
  for (const policy of symbolonPolicies(options).policies) {
    const { validateStack } = policy as Partial<StackPolicy>;
    const { validateResource } = policy as Partial<ResourcePolicy>;
    const stack: StackView = { resources };
    validateStack?.(stack, (message, urn) => void said.push(`${policy.name}: ${message} @ ${nameOf(urn)}`));
    for (const each of resources) validateResource?.(each, (message, urn) => void said.push(`${policy.name}: ${message} @ ${nameOf(urn ?? each.urn)}`));
  }
  return said;
}
