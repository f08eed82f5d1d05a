import { complain, joinPath, type Report } from '../core/issues';
import type { Collision } from '../kubernetes/injection';

/** What to change, where both are tokens or volumes. */
const OWN: { readonly [what: string]: string } = {
  'mount path': 'give one of them another mountPath (/var/run and /run are one place)',
  'env': 'give one of them another env',
  'volume': 'rename one of them: a token\'s own volume is called token-<name of the token>',
};

/** Says that two parts of one pod want the same. */
export function complainOfCollision({ what, name, first, second }: Collision, report: Report): void {
  // Of a mount in or around the place of apiToken its own check has said so.
  if (what === 'mount path' && second === 'apiToken' && isProjected(first)) return;
  complain(report, 'identity/collision', second === 'annotations' ? joinPath(second, name) : second, { expected: `no ${what} that ${first} has too`, got: name, fix: fixOf(what, first, second) });
}

function fixOf(what: string, first: string, second: string): string {
  if (what === 'annotation') return 'take it out of annotations, or set the binding\'s own field';
  const own = OWN[what];
  if (own !== undefined && [first, second].some(isProjected)) return own;
  return 'give one of them another name, or say injection: "none" in one of two bindings of one provider';
}

function isProjected(from: string): boolean {
  return from.startsWith('tokens.') || from.startsWith('volumes.');
}
