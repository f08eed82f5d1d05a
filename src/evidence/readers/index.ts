import { kubernetes } from './kubernetes';
import { pulumi } from './pulumi';
import { symbolon } from './symbolon';
import { terraform } from './terraform';
import type { Reader } from '../reader';

/** All outputs that are understood; the first reader that takes a document for its own reads it. */
export const READERS: readonly Reader[] = [kubernetes, symbolon, pulumi, terraform];
