import { alibaba } from './alibaba';
import { aws } from './aws';
import { azure } from './azure';
import { gcp } from './gcp';
import type { Habits } from './habits';
import { vault } from './vault';

/** All relying parties whose habits are known. */
export const CLOUDS: readonly Habits[] = [alibaba, aws, azure, gcp, vault];
