import { ACCOUNTS } from './accounts';
import { ANNOTATIONS } from './annotations';
import { AUDIENCES } from './audiences';
import { DEAD_FLAGS } from './flags';
import { STATIC_KEYS } from './keys';
import { LABELS } from './labels';
import { LEGACY } from './legacy';
import { NETWORK } from './network';
import { TOKENS } from './tokens';
import type { Rule } from '../rule';

/** All rules, in the order in which they are told. */
export const RULES: readonly Rule[] = [...LEGACY, ...ACCOUNTS, ...LABELS, ...ANNOTATIONS, ...TOKENS, ...AUDIENCES, ...STATIC_KEYS, ...NETWORK, ...DEAD_FLAGS];
