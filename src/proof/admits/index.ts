import type { Admitter } from './admitter';
import { alibaba } from './alibaba';
import { aws } from './aws';
import { azure } from './azure';
import { gcp } from './gcp';
import { jwt } from './jwt';
import { vault } from './vault';

/** The proof's row for each provider. The contract suite of the providers does not compile where one is missing. */
export const ADMITTERS = { alibaba, aws, azure, gcp, jwt, vault } satisfies { readonly [provider: string]: Admitter };
