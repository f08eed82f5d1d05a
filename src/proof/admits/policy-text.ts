import { InputError } from '../../core/errors';
import { show } from '../../core/issues';

/**
 * A policy as data, which APIs and tools also hand over as text.
 *
 * @throws InputError for a text that is no JSON: of a policy that no cloud takes nobody can say whom it lets in
 */
export function policyData(policy: unknown): unknown {
  if (typeof policy !== 'string') return policy;
  try {
    return JSON.parse(policy);
  } catch (error) {
    throw new InputError(`expected a policy document, as data or as JSON, got ${show(policy)}; give what the cloud's API is given`, { cause: error });
  }
}
