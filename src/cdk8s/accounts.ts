import type { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Subject } from '../core/claims';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain } from '../core/issues';
import type { AccountHalf, KubernetesHalf } from '../identity/half';

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

/** What is known about the pods that are to run as a service account. */
export interface Wish {
  /** A name, or `<namespace>/<name>`. */
  readonly as?: string;
  readonly namespace?: string | undefined;
}

/** The service account that is meant: the one that is named, else the only one, else the only one in the namespace. */
export function chooseAccount({ accounts, cluster, layout }: KubernetesHalf, wish: Wish, at: string): AccountHalf {
  const nameOf = ({ subject }: AccountHalf): string => `${subject.namespace}/${subject.serviceAccount}`;
  const named = wish.as === undefined ? accounts : accounts.filter(account => wish.as === nameOf(account) || wish.as === account.subject.serviceAccount);
  const near = named.length > 1 ? named.filter(account => account.subject.namespace === wish.namespace) : named;
  const [chosen] = near;
  if (chosen !== undefined && near.length === 1) return chosen;

  const findings = new Findings();
  complain(findings.report, 'workload/choice', at, {
    expected: `one of the service accounts of ${layout.definition.name} in ${cluster.name}: ${accounts.map(nameOf).join(', ') || 'there is none'}`,
    got: wish.as,
    fix: accounts.length === 0 ? 'let the identity run in this cluster (runsAs)' : 'say which one: attachTo(workload, { as: "<namespace>/<name>" })',
  });
  throw new InvalidDefinitionError('service account', findings.all);
}
