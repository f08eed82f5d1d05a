import { alibaba } from './alibaba';
import { aws } from './aws';
import { azure } from './azure';
import { gcp } from './gcp';
import type { GrantReader } from './grant';
import { vault } from './vault';

export type { Grant, Surroundings } from './grant';

/** Who knows what identities may do, by provider id. Whoever verifies tokens itself says that nowhere. */
export const GRANTS: { readonly [provider: string]: GrantReader | undefined } = { alibaba, aws, azure, gcp, vault };
