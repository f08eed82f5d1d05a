import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const HOME = join(__dirname, 'programs');

/** Every entry of the package at work, and what that prints: the same whatever runs it. */
export const PROGRAMS = {
  library: {
    handles: ['arn:aws:iam::111122223333:role/checkout'],
    verdicts: [true],
    token: 'system:serviceaccount:shop:checkout',
    refused: ['issuer/format'],
  },
  cdk8s: { kinds: ['ServiceAccount', 'Deployment'], account: 'checkout' },
  pulumi: { types: ['symbolon:index:WorkloadIdentity', 'aws:iam/role:Role'], facts: 'object' },
} as const;

export type Program = keyof typeof PROGRAMS;

/** What is printed by `copies.mjs`, given the folders of two packages that have a copy each. */
export const COPIES = {
  apart: true, known: true, same: true, planned: true, admitted: true, error: true, volumes: ['https://api.example.com', 'https://payments.example.com', 'sts.amazonaws.com'],
} as const;

export const MODULE_SYSTEMS = ['cjs', 'mjs'] as const;

export type ModuleSystem = typeof MODULE_SYSTEMS[number];

/** The text of a program: it is written as ESM, and CommonJS says the same by `require`. */
export function programText(program: Program | 'copies', system: ModuleSystem): string {
  const text = readFileSync(join(HOME, `${program}.mjs`), 'utf8');
  return system === 'mjs' ? text : text.replace(/^import (.+) from ('.+');$/gm, 'const $1 = require($2);');
}
