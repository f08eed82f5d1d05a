import type { ProviderId } from '../../providers';
import { alibaba, type AlibabaPlace } from '../../providers/alibaba/mocked';
import { aws, type AwsPlace } from '../../providers/aws/mocked';
import { azure, type AzurePlace } from '../../providers/azure/mocked';
import { gcp, type GcpPlace } from '../../providers/gcp/mocked';
import { jwt } from '../../providers/jwt/mocked';
import type { MockedType } from '../../providers/mocked';
import { vault, type VaultPlace } from '../../providers/vault/mocked';

/** Where each cloud makes things, as far as resources do not say it themselves. */
export interface MockedPlaces {
  readonly alibaba?: Partial<AlibabaPlace>;
  readonly aws?: Partial<AwsPlace>;
  readonly azure?: Partial<AzurePlace>;
  readonly gcp?: Partial<GcpPlace>;
  readonly vault?: Partial<VaultPlace>;
}

/** A cloud's resources, whatever it wants to know of the place. */
export interface MockedCloud {
  readonly place: { readonly [field: string]: string };
  readonly types: { readonly [type: string]: MockedType<never> };
}

/** One line for every provider. */
const ROWS: { readonly [id in ProviderId]: object } = { alibaba, aws, azure, gcp, jwt, vault };

export const CLOUDS = Object.entries(ROWS) as readonly (readonly [string, MockedCloud])[];

interface FoundCloud {
  readonly id: string;
  readonly cloud: MockedCloud;
  readonly row: MockedType<{ readonly [field: string]: string }>;
}

/** The cloud that makes a type of resource, and what the type is to it. */
export function cloudOf(type: string): FoundCloud | undefined {
  const found = CLOUDS.find(([, { types }]) => Object.hasOwn(types, type));
  return found && { id: found[0], cloud: found[1], row: found[1].types[type] as FoundCloud['row'] };
}
