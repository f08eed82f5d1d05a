import type { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Subject } from '../core/claims';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain } from '../core/issues';

const makers = new WeakMap<Chart, Map<string, IConstruct>>();

/** Every ServiceAccount once in a chart: of two, the one that is applied last would win, and the other's pods lose their cloud without a word. */
export function claimAccount(maker: IConstruct, chart: Chart, { namespace, serviceAccount }: Subject): void {
  const made = makers.get(chart) ?? new Map<string, IConstruct>();
  makers.set(chart, made);
  const name = `${namespace}/${serviceAccount}`;
  const other = made.get(name);
  if (other === undefined) {
    made.set(name, maker);
    return;
  }
  const findings = new Findings();
  complain(findings.report, 'identity/owned-twice', 'serviceAccount', {
    expected: `one maker of the ServiceAccount ${name}`, got: other.node.path, fix: 'let one of them use what the other makes (create: false), or give them different names',
  });
  throw new InvalidDefinitionError('service account', findings.all);
}
