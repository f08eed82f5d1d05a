import type { Admitter } from './admitter';
import { aws } from './aws';
import { azure } from './azure';
import { gcp } from './gcp';

/** The proof's row for each provider. The doors check that none is missing. */
export const ADMITTERS = { aws, azure, gcp } satisfies { readonly [provider: string]: Admitter };
