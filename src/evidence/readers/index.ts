import { alibaba } from './alibaba';
import { aws } from './aws';
import { azure } from './azure';
import { clusters } from './clusters';
import { gcp } from './gcp';
import { kubernetes } from './kubernetes';
import { pulumi } from './pulumi';
import { symbolon } from './symbolon';
import { terraform } from './terraform';
import { vault } from './vault';
import type { Reader } from '../reader';

/** All outputs that are understood; the first reader that takes a document for its own reads it. */
export const READERS: readonly Reader[] = [kubernetes, symbolon, aws, azure, gcp, alibaba, vault, clusters, pulumi, terraform];
