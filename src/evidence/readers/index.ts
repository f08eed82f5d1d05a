import { kubernetes } from './kubernetes';
import { symbolon } from './symbolon';
import type { Reader } from '../reader';

/** All outputs that are understood; the first reader that takes a document for its own reads it. */
export const READERS: readonly Reader[] = [kubernetes, symbolon];
