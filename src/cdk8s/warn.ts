import type { IConstruct } from 'constructs';
import type { Issue } from '../core/issues';

const told = new WeakMap<IConstruct, Set<string>>();

/**
 * cdk8s has errors that stop a synthesis and no warnings, so that they go the way of Node.js' own: to stderr, or to
 * `process.on('warning')`. Objects are rendered more than once; each warning is given once.
 */
export function warnOnce(construct: IConstruct, { code, message }: Issue): void {
  const before = told.get(construct) ?? new Set<string>();
  told.set(construct, before);
  if (before.has(message)) return;
  before.add(message);
  process.emitWarning(`${construct.node.path}: ${message}`, { type: 'SymbolonWarning', code });
}
